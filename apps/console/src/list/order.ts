import type { Conversation, Queue } from '../api/types';

/** When a conversation has to be answered, in ms since the epoch; infinite when nothing waits for an answer. */
const dueAt = (conversation: Conversation, queues: ReadonlyMap<string, Pick<Queue, 'targetMs'>>): number => {
  if (conversation.state === 'CLOSED' || conversation.unansweredSince === null) return Number.POSITIVE_INFINITY;
  return Date.parse(conversation.unansweredSince) + (queues.get(conversation.queueId ?? '')?.targetMs ?? 0);
};

/** What must be answered next comes first; then the newest talk; closed ones last. */
export const byNextToAnswer =
  (queues: ReadonlyMap<string, Pick<Queue, 'targetMs'>>) =>
  (a: Conversation, b: Conversation): number => {
    if (a.state !== b.state) return a.state === 'OPEN' ? -1 : 1;
    const [dueA, dueB] = [dueAt(a, queues), dueAt(b, queues)];
    if (dueA !== dueB) return dueA - dueB;
    return Date.parse(b.lastAt) - Date.parse(a.lastAt) || (a.id < b.id ? -1 : 1);
  };

/** The order shown before, with gone rows dropped and new ones at the end: nothing moves under a pointer. */
export const holdOrder = (shown: readonly string[], wanted: readonly string[]): string[] => {
  const there = new Set(wanted);
  const before = new Set(shown);
  return [...shown.filter((id) => there.has(id)), ...wanted.filter((id) => !before.has(id))];
};
