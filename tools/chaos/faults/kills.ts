import { pause, until } from '../../drive/wait';
import type { StandaloneHouse } from '../shapes/house';
import { cycles, type Fault, type Scene } from './fault';

const hitWithinMs = 20_000;

/** Any moment, from idle to the middle of a commit. */
export const killed: Fault<StandaloneHouse> = {
  name: '1 killed −9 at random',
  run: (scene) =>
    cycles(scene.isShort ? 2 : 10, async () => {
      await pause(500 + scene.random() * 3000);
      const at = performance.now();
      await killNow(scene);
      await scene.cordboard.start();
      return scene.load.roundTrip(at);
    }),
};

export const killedBeforeWake = atFailpoint('1 killed after commit, before anybody is told', 'after-commit-before-wake', 0.02);
export const killedBeforePosition = atFailpoint(
  '3 killed after a consumer’s effect, before its position',
  'after-effect-before-position',
  0.02,
);

/** The agent has no answer, asks again with the same client id, and has the conversation. */
export const killedBeforeAnswer: Fault<StandaloneHouse> = {
  name: '3 killed after an acceptance, before its answer',
  run: (scene) =>
    cycles(scene.isShort ? 1 : 3, async ({ problems }) => {
      await killNow(scene);
      await scene.cordboard.start({ CORDBOARD_FAILPOINTS: 'after-accept-before-answer' });
      await scene.load.roundTrip(performance.now());
      const newcomer = scene.load.newcomer('shop');
      newcomer.write();
      if (!(await died(scene))) problems.push('The process did not die when an offer was accepted.');
      const at = performance.now();
      await scene.cordboard.start();
      const recovery = await scene.load.roundTrip(at);
      if (!(await until(() => newcomer.conversation !== undefined, 30_000)))
        problems.push('The acceptance was not answered when it was repeated.');
      await newcomer.finish();
      return recovery;
    }),
};

function atFailpoint(name: string, failpoint: string, probability: number): Fault<StandaloneHouse> {
  return {
    name,
    run: (scene) =>
      cycles(scene.isShort ? 1 : 3, async ({ problems }) => {
        await killNow(scene);
        scene.cordboard.launch({ CORDBOARD_FAILPOINTS: `${failpoint}:${probability}` });
        if (!(await died(scene))) problems.push(`The process did not come to ${failpoint}.`);
        const at = performance.now();
        await scene.cordboard.start();
        return scene.load.roundTrip(at);
      }),
  };
}

async function killNow({ cordboard, killed: count }: Scene<StandaloneHouse>): Promise<void> {
  await cordboard.kill();
  count();
}

/** Resolves to whether the process killed itself at its failpoint; otherwise it is killed from here. */
async function died(scene: Scene<StandaloneHouse>): Promise<boolean> {
  const hit = await scene.cordboard.exited(hitWithinMs);
  if (hit) scene.killed();
  else await killNow(scene);
  return hit;
}
