import type { ThreadMessage } from '@cordboard/webchat-protocol';

/** Both lists as one, by number, each number once. */
export function mergeMessages(held: readonly ThreadMessage[], more: readonly ThreadMessage[]): ThreadMessage[] {
  const byN = new Map(held.map((message) => [message.n, message]));
  for (const message of more) byN.set(message.n, message);
  return [...byN.values()].sort((a, b) => a.n - b.n);
}

/** The last number before the first gap; null when nothing is held. What comes after a gap has to be asked for. */
export function lastWithoutGap(messages: readonly ThreadMessage[]): number | null {
  let last: number | null = null;
  for (const { n } of messages) {
    if (last !== null && n !== last + 1) break;
    last = n;
  }
  return last;
}

/** The newest number an agent's message has, 0 without one. */
export function newestFromAgent(messages: readonly ThreadMessage[]): number {
  return messages.findLast((message) => message.from === 'agent')?.n ?? 0;
}

/** Agents' messages after `readN`. */
export function countUnread(messages: readonly ThreadMessage[], readN: number): number {
  return messages.filter((message) => message.from === 'agent' && message.n > readN).length;
}
