import fc from 'fast-check';
import { aConversation } from '../../testing/builders';
import type { Conversation } from '../api/types';
import { byNextToAnswer, holdOrder } from './order';

const queues = new Map([
  ['slow', { targetMs: 600_000 }],
  ['fast', { targetMs: 30_000 }],
]);
const at = (seconds: number) => new Date(Date.UTC(2026, 10, 23) + seconds * 1000).toISOString();
const sorted = (...rows: Conversation[]) => rows.toSorted(byNextToAnswer(queues)).map((row) => row.id);

describe('the order of rows', () => {
  it('puts first what must be answered next, by the target of its queue and not by age alone', () => {
    const old = aConversation({ id: 'old', queueId: 'slow', unansweredSince: at(0) });
    const urgent = aConversation({ id: 'urgent', queueId: 'fast', unansweredSince: at(60) });
    expect(sorted(old, urgent)).toEqual(['urgent', 'old']);
  });

  it('puts answered ones below, the newest talk first, and closed ones last', () => {
    const waiting = aConversation({ id: 'waiting', unansweredSince: at(9000) });
    const talked = aConversation({ id: 'talked', lastAt: at(200) });
    const quiet = aConversation({ id: 'quiet', lastAt: at(100) });
    const closed = aConversation({ id: 'closed', state: 'CLOSED', unansweredSince: at(0), lastAt: at(99_999) });
    expect(sorted(closed, quiet, talked, waiting)).toEqual(['waiting', 'talked', 'quiet', 'closed']);
  });

  it('is a total order: no two arrangements of the same rows', () => {
    const rows = fc.array(fc.record({ seconds: fc.nat({ max: 5 }), answered: fc.boolean(), closed: fc.boolean() }), {
      minLength: 2,
      maxLength: 8,
    });
    fc.assert(
      fc.property(rows, (shapes) => {
        const all = shapes.map((shape, index) =>
          aConversation({
            id: `c${index}`,
            lastAt: at(shape.seconds),
            unansweredSince: shape.answered ? null : at(shape.seconds),
            state: shape.closed ? 'CLOSED' : 'OPEN',
          }),
        );
        expect(sorted(...all.toReversed())).toEqual(sorted(...all));
      }),
    );
  });

  it('keeps every row where it is under a pointer: gone ones leave, new ones come last', () => {
    expect(holdOrder(['a', 'b', 'c'], ['new', 'c', 'a'])).toEqual(['a', 'c', 'new']);
  });
});
