import { pause, until } from '../../drive/wait';
import type { Fault, Outcome, Scene } from './fault';

const words = 'a message that nobody can digest';
const deadWithinMs = 20_000;

interface Letter {
  id: string;
  tries: number;
  dead_at: Date | null;
  waiting: string;
}

/**
 * One message cannot be handled. After its tries it is dead and its key waits; everybody else's messages flow. When the cause is mended (the process runs without the
 * failpoint) and the letter replayed, it and what waited behind it arrive in order.
 */
export const poisonMessage: Fault = {
  name: '20 a poison message',
  run: async (scene) => {
    const { cordboard, operator, load } = scene;
    const outcome: Outcome = { cycles: 1, recoveryMs: 0, problems: [], notes: [] };
    scene.killed(await cordboard.rearm('inbox', `inbox-poison:${words}`));
    await load.roundTrip(performance.now());
    const lane = load.lanes[1];
    if (!lane) throw new Error('There is nobody to write.');
    const before = lane.write('Before it.');
    await until(() => lane.agentSaw >= before, 10_000);
    const poison = lane.write(`Here is ${words}.`);
    lane.write('Waits behind it.');
    const last = lane.write('Waits too.');
    const dead = await deadLetter(scene);
    if (!dead) outcome.problems.push(`The message was not dead ${deadWithinMs} ms after.`);
    outcome.recoveryMs = await load.roundTrip(performance.now());
    if (lane.agentSaw >= poison) outcome.problems.push('The poison or a message behind it was shown.');
    if (dead && Number(dead.waiting) < 2) outcome.problems.push(`${dead.waiting} events wait behind it, not two or more.`);
    scene.killed(await cordboard.rearm('inbox', ''));
    const admin = await operator.superuser();
    await admin.query('select bus.replay($1)', [dead?.id ?? 0]).finally(() => admin.end());
    const isShown = await waitShown(lane, last);
    if (!isShown) outcome.problems.push('After the replay the messages were not shown.');
    outcome.notes.push(`dead after ${dead?.tries} tries, ${dead?.waiting} events waited behind it`);
    return outcome;
  },
};

async function waitShown(lane: Scene['load']['lanes'][number], seq: number): Promise<boolean> {
  for (let tries = 0; tries < 60 && lane.agentSaw < seq; tries++) {
    await lane.refresh().catch(() => undefined);
    await pause(250);
  }
  return lane.agentSaw >= seq;
}

async function deadLetter({ operator }: Scene): Promise<Letter | undefined> {
  const admin = await operator.superuser();
  try {
    for (let waited = 0; waited < deadWithinMs; waited += 200) {
      const { rows } = await admin.query<Letter>(`select id, tries, dead_at, waiting from bus.dead_letters() where dead_at is not null`);
      if (rows[0]) return rows[0];
      await pause(200);
    }
    return undefined;
  } finally {
    await admin.end();
  }
}
