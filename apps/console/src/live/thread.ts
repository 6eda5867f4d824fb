import type { Entry } from '../api/types';

/**
 * A cached stretch of a timeline. Entries stand by `seq`, which is dense per conversation, so a hole can be seen. Whatever
 * order events, pages and answers arrive in, and however often, the result is the same: of two versions of an entry the one
 * with the higher `rev` stays. `rev` is how far the thread is known complete; `hasMore` says that older entries exist.
 */
export interface Thread {
  entries: readonly Entry[];
  rev: number;
  hasMore: boolean;
}

export interface PageArguments {
  afterRev?: number | null;
  beforeSeq?: number | null;
}

/** Entries of both, one per id, the newest version of each, by seq. */
export const mergeEntries = (known: readonly Entry[], incoming: readonly Entry[]): readonly Entry[] => {
  const byId = new Map(known.map((entry) => [entry.id, entry]));
  let changed = false;
  for (const entry of incoming) {
    const before = byId.get(entry.id);
    if (before && before.rev >= entry.rev) continue;
    byId.set(entry.id, entry);
    changed = true;
  }
  return changed ? [...byId.values()].sort((a, b) => a.seq - b.seq) : known;
};

const lowest = (entries: readonly Entry[]) => entries.reduce((low, entry) => Math.min(low, entry.seq), Number.POSITIVE_INFINITY);
const highest = (entries: readonly Entry[]) => entries.reduce((high, entry) => Math.max(high, entry.seq), 0);

/** An entry older than what is loaded would leave a hole; it comes with its page when somebody scrolls there. */
const withoutHoles = (thread: Thread, incoming: readonly Entry[]) => {
  if (!thread.hasMore) return incoming;
  const floor = lowest(thread.entries);
  return incoming.filter((entry) => entry.seq >= floor);
};

/** A page of the timeline query joined to what is cached. */
export const mergePage = (known: Thread | undefined, page: Thread, args: PageArguments): Thread => {
  if (!known) return { ...page, entries: mergeEntries([], page.entries) };
  if (args.afterRev !== null && args.afterRev !== undefined) {
    const reached = page.hasMore ? page.entries.reduce((rev, entry) => Math.max(rev, entry.rev), known.rev) : page.rev;
    return { ...known, entries: mergeEntries(known.entries, withoutHoles(known, page.entries)), rev: Math.max(known.rev, reached) };
  }
  if (args.beforeSeq !== null && args.beforeSeq !== undefined) {
    return { ...known, entries: mergeEntries(known.entries, page.entries), hasMore: page.hasMore };
  }
  const apart = page.entries.length > 0 && lowest(page.entries) > highest(known.entries) + 1;
  if (apart) return { ...page, entries: mergeEntries([], page.entries) };
  const reachesFurther = lowest(page.entries) <= lowest(known.entries);
  return {
    ...known,
    entries: mergeEntries(known.entries, page.entries),
    rev: Math.max(known.rev, page.rev),
    hasMore: reachesFurther ? page.hasMore : known.hasMore,
  };
};

/** A live entry joined to what is cached; `conversationRev` moves the mark only when nothing can lie between. */
export const mergeLive = (known: Thread, entry: Entry | null, conversationRev: number): Thread => {
  const entries = entry ? mergeEntries(known.entries, withoutHoles(known, [entry])) : known.entries;
  const rev = conversationRev === known.rev + 1 ? conversationRev : known.rev;
  return entries === known.entries && rev === known.rev ? known : { ...known, entries, rev };
};

/** True when an entry between the loaded ones is missing: time to ask again. */
export const hasHole = (thread: Thread): boolean =>
  thread.entries.length > 0 && highest(thread.entries) - lowest(thread.entries) + 1 !== thread.entries.length;
