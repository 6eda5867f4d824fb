import { type DeadLetter, NotDecided } from '@cordboard/event-bus';
import { nameOf, waiting } from './dead';
import type { OpenBus } from './open-bus';
import type { Choice } from './options';
import type { Terminal } from './terminal';

/** Has dead letters tried again; resolves to the exit code: 1 when one of them could not be. */
export function replay(bus: OpenBus, choice: Choice, terminal: Terminal): Promise<number> {
  const when = bus.isRunning ? '' : ' when Cordboard starts';
  return decide(bus, choice, terminal, async (id, letter) => {
    await bus.letters.replay(id);
    terminal.say(`${nameOf(letter, id)}  is tried again${when}`);
  });
}

/** Gives dead letters up, after a question unless `yes`; resolves to the exit code: 1 when one of them could not be. */
export async function skip(bus: OpenBus, choice: Choice, yes: boolean, terminal: Terminal): Promise<number> {
  if (!yes && !(await isSure(bus, choice, terminal))) return 1;
  return decide(bus, choice, terminal, async (id, letter) => {
    await bus.letters.skip(id);
    const what = letter ? `: event ${letter.eventId}, key ${letter.key}, tenant ${letter.tenantId}` : '';
    terminal.say(`${nameOf(letter, id)}  is skipped${what}`);
  });
}

async function isSure({ letters }: OpenBus, choice: Choice, { warn, ask }: Terminal): Promise<boolean> {
  if (!ask) {
    warn('A skipped event is lost to its group, and nobody can be asked here: add --yes.');
    return false;
  }
  const dead = (await letters.list()).filter((letter) => letter.deadAt !== null && isChosen(letter, choice));
  for (const letter of dead) warn(`${nameOf(letter)}  ${waiting(letter.waiting)} behind it`);
  return dead.length === 0 || ask(`Give up ${dead.length === 1 ? 'this event' : `these ${dead.length} events`} for good?`);
}

async function decide(
  { letters }: OpenBus,
  choice: Choice,
  { warn }: Terminal,
  verb: (id: string, letter: DeadLetter | undefined) => Promise<void>,
): Promise<number> {
  const unsettled = await letters.list();
  const chosen = 'ids' in choice ? choice.ids : unsettled.filter((letter) => isChosen(letter, choice)).map(({ id }) => id);
  if ('group' in choice && chosen.length === 0) warn(`Group ${choice.group} has no dead letter.`);
  let code = chosen.length === 0 ? 1 : 0;
  for (const id of chosen) {
    try {
      await verb(
        id,
        unsettled.find((letter) => letter.id === id),
      );
    } catch (error) {
      if (!(error instanceof NotDecided)) throw error;
      warn(error.message);
      code = 1;
    }
  }
  return code;
}

const isChosen = (letter: DeadLetter, choice: Choice) =>
  'ids' in choice ? choice.ids.includes(letter.id) : letter.group === choice.group && letter.deadAt !== null;
