import { anEntry } from '../../testing/builders';
import type { Outgoing } from '../outbox/outbox';
import { buildItems, firstUnread } from './timeline-items';

const viewer = { id: 'me', name: 'Maria Kern' };
const at = (minutes: number) => new Date(2026, 10, 23, 10, minutes).toISOString();
const outgoing = (over: Partial<Outgoing> = {}): Outgoing => ({
  clientId: 'x1',
  tenantId: 't1',
  conversationId: 'c1',
  kind: 'MESSAGE',
  text: 'On its way',
  createdAt: Date.parse(at(30)),
  refusal: null,
  ...over,
});

describe('the items of a timeline', () => {
  it('stand by when they happened, then by arrival', () => {
    const late = anEntry({ id: 'late', seq: 3, occurredAt: at(1) });
    const entries = [anEntry({ id: 'a', seq: 1, occurredAt: at(0) }), anEntry({ id: 'b', seq: 2, occurredAt: at(2) }), late];
    const items = buildItems(entries, [], viewer, null);
    expect(items.map((item) => item.key.replace(/^day.*/, 'day'))).toEqual(['day', 'a', 'late', 'b']);
  });

  it('show an outgoing message at once, and once only when its entry has arrived, under the same key', () => {
    const before = buildItems([], [outgoing()], viewer, null).at(-1);
    expect(before).toMatchObject({ kind: 'message', key: 'x1', line: { entry: { status: 'PENDING', text: 'On its way' } } });
    const arrived = anEntry({ id: 'e9', seq: 9, author: 'AGENT', authorId: 'me', clientId: 'x1', status: 'SENT', occurredAt: at(30) });
    const after = buildItems([arrived], [outgoing()], viewer, null).filter((item) => item.kind === 'message');
    expect(after).toHaveLength(1);
    expect(after[0]).toMatchObject({ key: 'x1', line: { pending: null, entry: { status: 'SENT' } } });
  });

  it('say that a refused message failed', () => {
    const refused = outgoing({ refusal: { code: 'CONVERSATION_CLOSED', message: 'Closed.' } });
    expect(buildItems([], [refused], viewer, null).at(-1)).toMatchObject({ line: { entry: { status: 'FAILED' } } });
  });

  it('group a run of one author and gather system lines', () => {
    const system = { kind: 'SYSTEM' as const, author: 'SYSTEM' as const };
    const entries = [
      anEntry({ id: 'a', seq: 1, occurredAt: at(0) }),
      anEntry({ id: 'b', seq: 2, occurredAt: at(1) }),
      anEntry({ id: 's1', seq: 3, occurredAt: at(2), ...system }),
      anEntry({ id: 's2', seq: 4, occurredAt: at(2), ...system }),
      anEntry({ id: 'c', seq: 5, occurredAt: at(3), author: 'AGENT', authorId: 'me' }),
    ];
    const items = buildItems(entries, [], viewer, null);
    expect(items.map((item) => item.kind)).toEqual(['day', 'message', 'message', 'system', 'message']);
    expect(items[1]).toMatchObject({ line: { first: true, last: false } });
    expect(items[2]).toMatchObject({ line: { first: false, last: true } });
    expect(items[3]).toMatchObject({ entries: [{ id: 's1' }, { id: 's2' }] });
  });

  it('draw the unread line before the first unread message of the customer', () => {
    const entries = [1, 2, 3].map((seq) => anEntry({ id: `e${seq}`, seq, occurredAt: at(seq) }));
    const from = firstUnread(entries, 2);
    expect(from).toBe('e2');
    expect(buildItems(entries, [], viewer, from).map((item) => item.kind)).toEqual(['day', 'message', 'unread', 'message', 'message']);
  });

  it('draw none when everything is read', () => {
    expect(firstUnread([anEntry()], 0)).toBeNull();
  });
});
