import { pause } from '../../drive/wait';
import { cycles, type Fault, type Scene } from './fault';

/** PostgreSQL is gone at once and comes back through crash recovery, started by whoever keeps it. */
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
