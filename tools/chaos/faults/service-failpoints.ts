import { isAlive } from '../../drive/is-alive';
import { pickIndex } from '../../drive/random';
import { until } from '../../drive/wait';
import type { DistributedHouse } from '../shapes/distributed';
import { cycles, type Fault } from './fault';

const hitWithinMs = 20_000;
const outWithinMs = 5000;
const probability = 0.05;

export const relayKilledBeforePublish = atFailpoint('2 the relay killed before it publishes', ['relay'], 'before-publish', outWithinMs);
export const relayKilledAfterPublish = atFailpoint(
  '2 the relay killed after it has published, before its position',
  ['relay'],
  'after-publish-before-position',
  outWithinMs,
);
export const publisherKilled = atFailpoint(
  '2 a publisher killed after its commit',
  ['webchat', 'inbox', 'routing'],
  'after-commit-before-wake',
  outWithinMs,
);
export const consumerKilled = atFailpoint(
  '3 a consumer killed after its effect, before its position',
  ['inbox', 'webchat', 'routing'],
  'after-effect-before-position',
);

/** The agent has no answer, asks again with the same client id, and has the conversation. */
export const answererKilled: Fault<DistributedHouse> = {
  name: '3 routing killed after an acceptance, before its answer',
  run: (scene) =>
    cycles(scene.isShort ? 1 : 2, async ({ problems }) => {
      const { cordboard, load, killed } = scene;
      killed(await cordboard.rearm('routing', 'after-accept-before-answer'));
      const armed = cordboard.instancesOf('routing').map((instance) => cordboard.pidOf(instance));
      const newcomer = load.newcomer('shop');
      newcomer.write();
      if (await until(() => armed.some((pid) => !isAlive(pid)), hitWithinMs)) killed();
      else problems.push('Routing did not die when an offer was accepted.');
      const at = performance.now();
      const recovery = await load.roundTrip(at);
      if (!(await until(() => newcomer.conversation !== undefined, 30_000)))
        problems.push('The acceptance was not answered when it was repeated.');
      await newcomer.finish();
      return recovery;
    }),
};

/** Kills an instance of one of the services, in turn, by its failpoint. What was committed must be out in time after it has been started again. */
function atFailpoint(name: string, services: readonly string[], failpoint: string, outMs?: number): Fault<DistributedHouse> {
  return {
    name,
    run: ({ cordboard, load, random, killed, isShort }) => {
      const first = pickIndex(random, services.length);
      return cycles(isShort ? 1 : services.length, async ({ problems, notes, cycles: done }) => {
        const instances = cordboard.instancesOf(services[(first + done) % services.length] ?? '');
        const instance = instances[pickIndex(random, instances.length)] ?? '';
        const { pid, isHit } = await cordboard.diesOf(`${failpoint}:${probability}`, instance, hitWithinMs);
        killed(2);
        if (!isHit) problems.push(`${instance} did not come to ${failpoint}.`);
        const at = performance.now();
        await cordboard.restarted(instance, pid);
        const restartedAt = performance.now();
        const recovery = await load.roundTrip(at);
        const out = performance.now() - restartedAt;
        if (outMs && out > outMs) problems.push(`Events were out only ${out.toFixed(0)} ms after the restart.`);
        notes.push(`${instance}: ${(out / 1000).toFixed(1)} s after its restart`);
        return recovery;
      });
    },
  };
}
