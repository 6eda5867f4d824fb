import type { Entry } from '../api/types';
import type { Outgoing } from '../outbox/outbox';

/** What the timeline shows, top to bottom: runs of one author grouped, system lines gathered into one quiet line. */
export type Line = { key: string; entry: Entry; pending: Outgoing | null; first: boolean; last: boolean };
export type Item =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'unread'; key: string }
  | { kind: 'system'; key: string; entries: Entry[] }
  | { kind: 'note'; key: string; line: Line }
  | { kind: 'message'; key: string; line: Line };

const runBreakMs = 5 * 60_000;

/** By when it happened, then by arrival; what is still on its way stands last, in the order it was written. */
const byTimeThenSeq = (a: Entry, b: Entry): number => Date.parse(a.occurredAt) - Date.parse(b.occurredAt) || a.seq - b.seq;

const asEntry = (item: Outgoing, viewer: { id: string; name: string }): Entry => {
  const at = new Date(item.createdAt).toISOString();
  return {
    __typename: 'Entry',
    id: item.clientId,
    conversationId: item.conversationId,
    seq: Number.MAX_SAFE_INTEGER,
    rev: 0,
    kind: item.kind,
    author: 'AGENT',
    authorId: viewer.id,
    authorName: viewer.name,
    text: item.text,
    clientId: item.clientId,
    status: item.kind === 'MESSAGE' ? (item.refusal ? 'FAILED' : 'PENDING') : null,
    system: null,
    occurredAt: at,
    recordedAt: at,
  };
};

const together = (a: Entry, b: Entry) =>
  a.kind === b.kind &&
  a.author === b.author &&
  a.authorId === b.authorId &&
  Date.parse(b.occurredAt) - Date.parse(a.occurredAt) < runBreakMs &&
  new Date(a.occurredAt).toDateString() === new Date(b.occurredAt).toDateString();

/**
 * Builds the items; an outgoing message whose entry has arrived is shown once, as the entry, under the same key.
 * Where everything is unread, a line above it would say nothing.
 */
export const buildItems = (
  entries: readonly Entry[],
  outgoing: readonly Outgoing[],
  viewer: { id: string; name: string },
  unreadFrom: string | null,
): Item[] => {
  const arrived = new Set(entries.map((entry) => entry.clientId));
  const waiting = outgoing.filter((item) => !arrived.has(item.clientId));
  const lines = [
    ...[...entries].sort(byTimeThenSeq).map((entry) => ({ entry, pending: null })),
    ...waiting.map((item) => ({ entry: asEntry(item, viewer), pending: item })),
  ];
  const items: Item[] = [];
  let day = '';
  for (const [index, { entry, pending }] of lines.entries()) {
    const today = new Date(entry.occurredAt).toDateString();
    if (today !== day) items.push({ kind: 'day', key: `day ${today}`, at: entry.occurredAt });
    day = today;
    const breaksHere = entry.id === unreadFrom && items.some((item) => item.kind === 'message');
    if (breaksHere) items.push({ kind: 'unread', key: 'unread' });
    const before = lines[index - 1]?.entry;
    const after = lines[index + 1]?.entry;
    const key = entry.clientId ?? entry.id;
    const previous = items.at(-1);
    if (entry.kind === 'SYSTEM') {
      if (previous?.kind === 'system') previous.entries.push(entry);
      else items.push({ kind: 'system', key, entries: [entry] });
      continue;
    }
    const line: Line = {
      key,
      entry,
      pending,
      first: !before || breaksHere || !together(before, entry),
      last: !after || after.id === unreadFrom || !together(entry, after),
    };
    items.push({ kind: entry.kind === 'NOTE' ? 'note' : 'message', key, line });
  }
  return items;
};

/** The first message of the customer that the viewer has not read, counted back from the newest. */
export const firstUnread = (entries: readonly Entry[], unreadCount: number): string | null => {
  if (unreadCount <= 0) return null;
  const theirs = entries.filter((entry) => entry.kind === 'MESSAGE' && entry.author === 'CUSTOMER');
  return theirs[Math.max(0, theirs.length - unreadCount)]?.id ?? null;
};
