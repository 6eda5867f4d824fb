import fc from 'fast-check';
import type { Entry } from '../api/types';
import { hasHole, mergeEntries, mergeLive, mergePage, type Thread } from './thread';

const anEntry = (seq: number, rev: number): Entry => ({
  __typename: 'Entry',
  id: `e${seq}`,
  conversationId: 'c',
  seq,
  rev,
  kind: 'MESSAGE',
  author: 'CUSTOMER',
  authorId: null,
  authorName: null,
  text: `text ${seq} at rev ${rev}`,
  clientId: null,
  status: null,
  system: null,
  occurredAt: new Date(seq * 1000).toISOString(),
  recordedAt: new Date(seq * 1000).toISOString(),
});

/** A conversation's history: each step inserts the next entry or changes one that is there; the step's number is its rev. */
const histories = fc.array(fc.nat(), { minLength: 1, maxLength: 40 }).map((picks) => {
  const events: Entry[] = [];
  let count = 0;
  for (const [index, pick] of picks.entries()) {
    const insert = count === 0 || pick % 3 > 0;
    if (insert) count += 1;
    events.push(anEntry(insert ? count : (pick % count) + 1, index + 1));
  }
  return events;
});

const finalOf = (events: readonly Entry[]) => {
  const newest = new Map<number, Entry>();
  for (const event of events) newest.set(event.seq, event);
  return [...newest.values()].sort((a, b) => a.seq - b.seq);
};
const empty: Thread = { entries: [], rev: 0, hasMore: false };

describe('a cached thread', () => {
  it('is the same whatever order events come in, and however often', () => {
    fc.assert(
      fc.property(
        histories.chain((events) =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray(events, { minLength: events.length }),
            fc.array(fc.nat({ max: events.length - 1 }), { maxLength: 20 }),
          ),
        ),
        ([events, shuffled, again]) => {
          const arriving = [...shuffled, ...again.flatMap((index) => events[index] ?? [])];
          const thread = arriving.reduce((known, event) => mergeLive(known, event, event.rev), empty);
          expect(thread.entries).toEqual(finalOf(events));
          expect(hasHole(thread)).toBe(false);
        },
      ),
    );
  });

  it('is complete after a resume by rev, whichever events were missed', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (events, seen) => {
        const live = events.filter((_, index) => seen[index]).reduce((known, event) => mergeLive(known, event, event.rev), empty);
        const missed = finalOf(events).filter((entry) => entry.rev > live.rev);
        const resumed = mergePage(live, { entries: missed, rev: events.length, hasMore: false }, { afterRev: live.rev });
        expect(resumed.entries).toEqual(finalOf(events));
        expect(resumed.rev).toBe(events.length);
      }),
    );
  });

  it('never goes back to an older version of an entry', () => {
    expect(mergeEntries([anEntry(1, 7)], [anEntry(1, 3)])[0]?.rev).toBe(7);
  });

  it('keeps what was known when an event changes nothing, so that nothing is drawn again', () => {
    const known: Thread = { entries: [anEntry(1, 1)], rev: 1, hasMore: false };
    expect(mergeLive(known, anEntry(1, 1), 1)).toBe(known);
  });

  it('joins an older page below, and says whether there is more', () => {
    const known: Thread = { entries: [anEntry(5, 5), anEntry(6, 6)], rev: 6, hasMore: true };
    const joined = mergePage(known, { entries: [anEntry(3, 3), anEntry(4, 4)], rev: 9, hasMore: true }, { beforeSeq: 5 });
    expect(joined.entries.map((entry) => entry.seq)).toEqual([3, 4, 5, 6]);
    expect(joined).toMatchObject({ rev: 6, hasMore: true });
  });

  it('does not tear a hole when an entry older than the loaded ones changes', () => {
    const known: Thread = { entries: [anEntry(5, 5), anEntry(6, 6)], rev: 6, hasMore: true };
    expect(mergeLive(known, anEntry(2, 7), 7).entries.map((entry) => entry.seq)).toEqual([5, 6]);
  });

  it('starts anew when the newest page does not touch what is cached', () => {
    const known: Thread = { entries: [anEntry(1, 1)], rev: 1, hasMore: false };
    const page: Thread = { entries: [anEntry(8, 9), anEntry(9, 10)], rev: 10, hasMore: true };
    expect(mergePage(known, page, {})).toEqual(page);
  });

  it('sees a hole', () => {
    expect(hasHole({ entries: [anEntry(1, 1), anEntry(3, 3)], rev: 3, hasMore: false })).toBe(true);
  });
});
