import { randomUUID } from 'node:crypto';
import type { DeliveryStatus } from '@cordboard/events';
import fc from 'fast-check';
import { InboxFixture } from '../../testing/inbox-fixture';
import { type EntryRow } from '../ledger/entry.row';
import { writeMessages } from '../message/write-messages';
import { deliveryOrder } from './delivery.states';

describe('delivery reports', () => {
  let inbox: InboxFixture;
  let conversationId: string;

  const send = async (conversation = conversationId): Promise<string> => {
    const [written] = await inbox.database.batch([inbox.tenantId], (tx) =>
      writeMessages(tx, [
        {
          kind: 'message',
          actor: inbox.actor,
          tenantId: inbox.tenantId,
          conversationId: conversation,
          clientId: randomUUID(),
          text: 'Hi',
          traceparent: undefined,
        },
      ]),
    );
    if (!written || !('entry' in written)) throw new Error('Not written.');
    return written.entry.id;
  };
  const entry = async (id: string) => (await inbox.rows<EntryRow>('entry')).find((row) => row.id === id);
  const open = async (identity: string) => {
    await inbox.receive(inbox.anInbound({ identity }));
    const { rows } = await inbox.testing.admin.query('select id from inbox.conversation where identity = $1', [identity]);
    return rows[0].id as string;
  };

  beforeAll(async () => {
    inbox = await InboxFixture.start();
    conversationId = await open('visitor-1');
  });
  afterAll(() => inbox.close());

  it('move a message forward, each move with a rev and an event', async () => {
    const id = await send();
    const before = (await entry(id))?.rev ?? 0;
    await inbox.report(conversationId, [id], 'sent');
    await inbox.report(conversationId, [id], 'read');
    expect(await entry(id)).toMatchObject({ status: 'read', rev: before + 2 });
    const events = (await inbox.published('message.updated')).slice(-2);
    expect(events.map((event) => event.data)).toMatchObject([
      { entry: { id, status: 'sent', rev: before + 1 }, conversation: { rev: before + 1 } },
      { entry: { id, status: 'read', rev: before + 2 }, conversation: { rev: before + 2 } },
    ]);
  });

  it('in one batch come out as one change', async () => {
    const ids = [await send(), await send()];
    const before = (await inbox.published('message.updated')).length;
    await inbox.reportAll([
      { conversationId, entryIds: ids, status: 'sent' },
      { conversationId, entryIds: [ids[1] ?? ''], status: 'delivered' },
    ]);
    const updates = (await inbox.published('message.updated')).slice(before);
    expect(updates.map((event) => event.data)).toMatchObject([{ entry: { status: 'sent' } }, { entry: { status: 'delivered' } }]);
  });

  it('in any order and grouping end with what is furthest, and a status never goes back', async () => {
    const reports = fc.array(fc.array(fc.constantFrom(...deliveryOrder), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(reports, async (batches) => {
        const id = await send();
        const seen: DeliveryStatus[] = ['pending'];
        for (const batch of batches) {
          await inbox.reportAll(batch.map((status) => ({ conversationId, entryIds: [id], status })));
          seen.push((await entry(id))?.status as DeliveryStatus);
        }
        const places = seen.map((status) => deliveryOrder.indexOf(status));
        expect(places).toEqual([...places].sort((a, b) => a - b));
        expect(places.at(-1)).toBe(Math.max(0, ...batches.flat().map((status) => deliveryOrder.indexOf(status))));
      }),
      { numRuns: 25 },
    );
  });

  it('about something that is no outbound message change nothing', async () => {
    const [customers] = await inbox.rows<EntryRow>('entry', 'seq');
    if (!customers) throw new Error('No entry.');
    await inbox.report(customers.conversation_id, [customers.id], 'read');
    expect(await entry(customers.id)).toMatchObject({ status: null, rev: customers.rev });
  });

  it('about an entry that is not there (yet) fail, so that the bus comes again, and change nothing', async () => {
    const id = await send();
    const reports = inbox.reportAll([
      { conversationId, entryIds: [id], status: 'delivered' },
      { conversationId, entryIds: [randomUUID()], status: 'delivered' },
    ]);
    await expect(reports).rejects.toThrow('not in the ledger');
    expect(await entry(id)).toMatchObject({ status: 'pending' });
  });

  it('that name another conversation than the entry’s still reach the entry', async () => {
    const other = await open('visitor-9');
    const id = await send(other);
    await inbox.report(conversationId, [id], 'read');
    expect(await entry(id)).toMatchObject({ status: 'read', conversation_id: other, rev: 3 });
  });

  it('do not reach another tenant’s entry', async () => {
    const id = await send();
    await expect(inbox.report(conversationId, [id], 'read', inbox.otherTenantId)).rejects.toThrow('not in the ledger');
    expect(await entry(id)).toMatchObject({ status: 'pending' });
  });
});
