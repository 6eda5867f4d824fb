import type { DeadLetter } from '@cordboard/event-bus';
import type { OpenBus } from './open-bus';
import type { Terminal } from './terminal';

const longestError = 200;

/** The dead letters of a group or of all; resolves to the exit code. */
export async function tellDead(
  { letters }: OpenBus,
  { group, json, body }: { group: string | undefined; json: boolean; body: boolean },
  { say, warn }: Terminal,
): Promise<number> {
  const unsettled = (await letters.list()).filter((letter) => group === undefined || letter.group === group);
  const dead = unsettled.filter(({ deadAt }) => deadAt !== null);
  if (body && dead.length > 0) warn('What people wrote follows. It is theirs: keep it no longer than you need it.');
  const bodies = new Map<string, string>();
  if (body) for (const { id } of dead) bodies.set(id, (await letters.body(id)) ?? '');
  if (json) {
    say(
      JSON.stringify(
        dead.map((letter) => ({ ...letter, error: inOneLine(letter.error), ...bodyOf(bodies, letter) })),
        null,
        2,
      ),
    );
    return 0;
  }
  for (const letter of dead) say(text(letter, bodies.get(letter.id)));
  if (dead.length === 0) say(group === undefined ? 'There is no dead letter.' : `Group ${group} has no dead letter.`);
  if (unsettled.length > dead.length) say(`${unsettled.length - dead.length} more failed and are tried again.`);
  return 0;
}

/** Which letter it is. */
export const nameOf = (letter: DeadLetter | undefined, id = letter?.id) => (letter ? `${id}  ${letter.group}  ${letter.type}` : `${id}`);

export const waiting = (events: number) => (events === 1 ? '1 event waits' : `${events} events wait`);

function text(letter: DeadLetter, body: string | undefined): string {
  const lines = [
    `${nameOf(letter)}  dead since ${letter.deadAt?.toISOString()} after ${letter.tries} tries, ${waiting(letter.waiting)} behind it`,
    `  key     ${letter.key}`,
    `  event   ${letter.eventId}`,
    `  tenant  ${letter.tenantId}`,
    `  error   ${inOneLine(letter.error)}`,
  ];
  if (body !== undefined) lines.push(`  body    ${body}`);
  return lines.join('\n');
}

/** Its message; the stack below it stands in the log. */
function inOneLine(error: string): string {
  const [line = ''] = error.split('\n');
  return line.length > longestError ? `${line.slice(0, longestError)}…` : line;
}

function bodyOf(bodies: ReadonlyMap<string, string>, { id }: DeadLetter): { body?: unknown } {
  const body = bodies.get(id);
  return body ? { body: JSON.parse(body) } : {};
}
