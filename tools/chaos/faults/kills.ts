import { pause, until } from '../../drive/wait';
import { cycles, type Fault, type Scene } from './fault';

const hitWithinMs = 20_000;

/** Any moment, from idle to the middle of a commit. */
export const killed: Fault = {
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
export const killedBeforeAnswer: Fault = {
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

function atFailpoint(name: string, failpoint: string, probability: number): Fault {
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

async function killNow({ cordboard, killed: count }: Scene): Promise<void> {
  await cordboard.kill();
  count();
}

/** Resolves to whether the process killed itself at its failpoint; otherwise it is killed from here. */
async function died(scene: Scene): Promise<boolean> {
  const hit = await scene.cordboard.exited(hitWithinMs);
  if (hit) scene.killed();
  else await killNow(scene);
  return hit;
}

/** PostgreSQL is gone at once and comes back through crash recovery, started by Cordboard itself. */
export const postmasterKilled: Fault = {
  name: '4 PostgreSQL killed −9',
  run: (scene) =>
    cycles(scene.isShort ? 1 : 4, async ({ problems, notes }) => {
      await pause(500 + scene.random() * 1500);
      const { cordboard, load } = scene;
      const before = cordboard.postmaster?.pid;
      if (before === undefined) throw new Error('The embedded PostgreSQL does not run.');
      const at = performance.now();
      process.kill(before, 'SIGKILL');
      scene.killed();
      const answers = await askMeanwhile(scene);
      const recovery = await load.roundTrip(at);
      if (cordboard.postmaster?.pid === before) problems.push('PostgreSQL was not started again.');
      if (cordboard.pid === undefined) problems.push('Cordboard ended with its database.');
      notes.push(`answers meanwhile: ${answers.join('; ')}`);
      if (answers.some((answer) => answer.startsWith('503') && !answer.includes('Retry-After')))
        problems.push('A 503 came without Retry-After.');
      return recovery;
    }),
};

/** How Cordboard answers in the first moments: a session cannot be looked up, nothing can be promised. */
async function askMeanwhile({ load }: Scene): Promise<string[]> {
  const seen = new Set<string>();
  const agent = load.agents[1];
  for (let tries = 0; tries < 10; tries++) {
    const error = await agent?.ask('offers', {}).then(
      () => undefined,
      (reason: { message: string; status?: number; retryAfter?: string }) => reason,
    );
    seen.add(error ? `${error.status} ${error.retryAfter ? `Retry-After ${error.retryAfter}` : error.message.slice(0, 120)}` : 'as usual');
    await pause(20);
  }
  return [...seen];
}
