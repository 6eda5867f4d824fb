import { isAlive } from '@cordboard/persistence';
import { pickIndex, type Random } from '../../drive/random';
import { until } from '../../drive/wait';
import type { DistributedHouse } from '../shapes/house';
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
  ['webchat', 'inbox'],
  'after-commit-before-wake',
  outWithinMs,
);
export const consumerKilled = atFailpoint(
  '3 a consumer killed after its effect, before its position',
  ['inbox', 'webchat'],
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
        const service = services[(first + done) % services.length] ?? '';
        const instances = victimsOf(cordboard.instancesOf(service), service, random);
        const isHit = await cordboard.diesOf(`${failpoint}:${probability}`, instances, hitWithinMs);
        killed(2 * instances.length);
        if (!isHit) problems.push(`${service} did not come to ${failpoint}.`);
        const recovery = await load.roundTrip(performance.now());
        if (outMs && recovery > outMs)
          problems.push(`Events were out only ${recovery.toFixed(0)} ms after ${service} had been started again.`);
        notes.push(`${instances.join(' and ')}: ${(recovery / 1000).toFixed(1)} s after the restart`);
        return recovery;
      });
    },
  };
}

/** One of those that share their work; of relays only one works, and it cannot be seen which. */
function victimsOf(instances: string[], service: string, random: Random): string[] {
  return service === 'relay' ? instances : instances.splice(pickIndex(random, instances.length), 1);
}
