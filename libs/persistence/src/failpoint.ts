import { readFileSync } from 'node:fs';

/**
 * Named points at which a chaos run kills the process: `CORDBOARD_FAILPOINTS=after-commit-before-wake:0.01,…` (name
 * and probability, 1 when not given), or at which it cannot digest a text: `inbox-poison:the text`. `@FILE`
 * names a file that says so and is read at start: one of many processes is armed by starting it alone meanwhile.
 * Without the variable a point costs one look into an empty map.
 */
const armed = new Map(
  given(process.env.CORDBOARD_FAILPOINTS ?? '')
    .split(',')
    .filter((entry) => entry.trim() !== '')
    .map((entry) => {
      const [name = '', argument = '1'] = entry.trim().split(':');
      return [name, argument] as const;
    }),
);

function given(text: string): string {
  return text.startsWith('@') ? readFileSync(text.slice(1), 'utf8') : text;
}

/** Ends the process at once, as kill −9 does, when the point is armed and the dice say so. */
export function failpoint(name: FailpointName): void {
  if (armed.size > 0 && Math.random() < Number(armed.get(name) ?? 0)) process.kill(process.pid, 'SIGKILL');
}

/** Throws for a text that holds what the point is armed with: a message that cannot be handled, however often it is tried. */
export function poison(name: PoisonName, text: string): void {
  const poisonous = armed.size > 0 ? armed.get(name) : undefined;
  if (poisonous !== undefined && text.includes(poisonous)) throw new Error(`The failpoint ${name} refuses this text.`);
}

/** Where a process may be told to choke: the inbox's handler of customers' messages. */
export type PoisonName = 'inbox-poison';

/** Where a process may be told to die. */
export type FailpointName =
  /** The transaction is durable, nobody in the process has been told. */
  | 'after-commit-before-wake'
  /** A group's handler has done its work, the position still stands before its events; nothing is committed. */
  | 'after-effect-before-position'
  /** The relay has read committed events, none of them is at the brokers. */
  | 'before-publish'
  /** All copies of a batch are acknowledged by the brokers, the relay's position still stands before it. */
  | 'after-publish-before-position'
  /** The log is carried to Kafka, no group has left it. */
  | 'before-groups-move'
  /** An accepted offer is committed, the agent has no answer. */
  | 'after-accept-before-answer';
