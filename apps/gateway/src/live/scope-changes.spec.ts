import { aConversation } from '../../testing/builders';
import { scopeChanges } from './scope-changes';

const queued = aConversation({ workState: 'queued' });
const marias = { ...queued, workState: 'active' as const, assigneeId: 'maria' };
const omars = { ...marias, assigneeId: 'omar' };
const closed = { ...marias, state: 'closed' as const, workState: 'done' as const };
const listening = () => ['mine:maria', 'mine:omar'];

const to = (changes: ReturnType<typeof scopeChanges>) => changes.map(({ channel, left }) => (left ? `left ${channel}` : channel)).sort();

describe('who hears of a change in a conversation', () => {
  it.each([
    ['opened: all and those who wait for work', queued, null, ['all', 'waiting']],
    ['a message while it waits', queued, queued, ['all', 'waiting']],
    ['rings: still waiting', { ...queued, workState: 'offered' as const, assigneeId: 'maria' }, queued, ['all', 'waiting']],
    ['accepted: leaves the waiting', marias, queued, ['all', 'left waiting', 'mine:maria']],
    ['a message to whoever has it', marias, marias, ['all', 'mine:maria']],
    ['transferred: leaves the one, comes to the other', omars, marias, ['all', 'left mine:maria', 'mine:omar']],
    ['back to the queue', queued, marias, ['all', 'left mine:maria', 'waiting']],
    ['closed: leaves whoever had it', closed, marias, ['all', 'left mine:maria']],
    ['reopened', marias, closed, ['all', 'mine:maria']],
    ['not seen before: everybody who is not in it is told', omars, undefined, ['all', 'left mine:maria', 'left waiting', 'mine:omar']],
  ])('%s', (_, now, before, expected) => {
    expect(to(scopeChanges(now, before, listening))).toEqual(expected.sort());
  });
});
