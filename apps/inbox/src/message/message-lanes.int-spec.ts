import { randomUUID } from 'node:crypto';
import { Metrics } from '@cordboard/service-kit';
import { InboxFixture } from '../../testing/inbox-fixture';
import { closeConversation } from '../conversation/close-conversation';
import type { ConversationRow } from '../conversation/conversation.row';
import { InboxConfig } from '../inbox.config';
import type { EntryRow } from '../ledger/entry.row';
import { MessageLanes } from './message-lanes';
import type { WriteCommand } from './write-messages';

describe('messages and notes of agents', () => {
  let inbox: InboxFixture;
  let conversationId: string;

  const lanesOf = (settings: Partial<InboxConfig> = {}) =>
    new MessageLanes(inbox.database, Object.assign(new InboxConfig(), settings), new Metrics('inbox', false));
  const aMessage = (overrides: Partial<WriteCommand> = {}): WriteCommand => ({
    kind: 'message',
    actor: inbox.actor,
    tenantId: inbox.tenantId,
    conversationId,
    clientId: randomUUID(),
    text: 'Good day',
    traceparent: undefined,
    ...overrides,
  });
  const openConversation = async (identity: string) => {
    await inbox.receive(inbox.anInbound({ identity }));
    const rows = await inbox.rows<ConversationRow>('conversation');
    const found = rows.find((row) => row.identity === identity);
    if (!found) throw new Error('No conversation.');
    return found.id;
  };
  const close = (id: string) =>
    inbox.database.tenant(inbox.tenantId, (tx) =>
      closeConversation(tx, inbox.actor, {
        tenantId: inbox.tenantId,
        conversationId: id,
        clientId: randomUUID(),
        expectedRev: 1000,
        reasonId: inbox.reasonId,
        outcomeId: inbox.outcomeId,
      }),
    );

  beforeAll(async () => {
    inbox = await InboxFixture.start();
  });
  afterAll(() => inbox.close());
  beforeEach(async () => {
    await inbox.testing.admin.query('truncate inbox.contact, inbox.identity, inbox.conversation, inbox.entry, bus.log cascade');
    conversationId = await openConversation('visitor-1');
  });

  it('are recorded as pending, asked to be carried, and answer the customer', async () => {
    const written = await lanesOf().write(aMessage({ text: 'Good\nday' }));
    expect(written).toMatchObject({
      entry: { seq: 2, rev: 2, status: 'pending', author: 'agent', authorName: 'Maria Kern', text: 'Good\nday' },
      conversation: { rev: 2, unansweredSince: null, lastLine: 'Good day', lastAuthor: 'agent', readCount: 0, inboundCount: 1 },
    });
    const [request] = await inbox.published('outbound.requested');
    expect(request?.data).toMatchObject({ identity: 'visitor-1', entryId: written.entry.id, text: 'Good\nday', authorName: 'Maria' });
  });

  it('as notes stay inside: no last line, no answer, nothing to carry', async () => {
    const { entry, conversation } = await lanesOf().write(aMessage({ kind: 'note', text: 'She is in a hurry' }));
    expect(entry).toMatchObject({ kind: 'note', status: null });
    expect(conversation).toMatchObject({ lastLine: 'Hello', lastAuthor: 'customer', rev: 2 });
    expect(conversation.unansweredSince).not.toBeNull();
    expect(await inbox.published('outbound.requested')).toEqual([]);
  });

  it('with the same client id are one, at the same moment, in one group, in several processes and later', async () => {
    const clientId = randomUUID();
    const processes = [lanesOf(), lanesOf(), lanesOf()];
    const written = await Promise.all(
      processes.flatMap((lanes) => [lanes.write(aMessage({ clientId })), lanes.write(aMessage({ clientId }))]),
    );
    const later = await lanesOf().write(aMessage({ clientId }));
    expect(new Set([...written, later].map(({ entry }) => entry.id)).size).toBe(1);
    expect(await inbox.rows('entry')).toHaveLength(2);
    expect(await inbox.published('outbound.requested')).toHaveLength(1);
  });

  it('with a colleague’s client id are refused', async () => {
    const clientId = randomUUID();
    await lanesOf().write(aMessage({ clientId }));
    await expect(lanesOf().write(aMessage({ clientId, actor: inbox.anActor() }))).rejects.toMatchObject({ code: 'CLIENT_ID_REUSED' });
    await expect(lanesOf().write(aMessage({ clientId, kind: 'note' }))).rejects.toMatchObject({ code: 'CLIENT_ID_REUSED' });
  });

  it('keep the order they were sent in', async () => {
    const lanes = lanesOf();
    await Promise.all(Array.from({ length: 180 }, (_, index) => lanes.write(aMessage({ text: String(index) }))));
    const texts = (await inbox.rows<EntryRow>('entry', 'seq')).slice(1).map((entry) => entry.text);
    expect(texts).toEqual(Array.from({ length: 180 }, (_, index) => String(index)));
  });

  it('to a closed conversation are refused with the conversation, the others of the group go through', async () => {
    const closedId = await openConversation('visitor-2');
    await close(closedId);
    const lanes = lanesOf({ lanes: 1 });
    const outcomes = await Promise.allSettled([
      lanes.write(aMessage({ text: 'one' })),
      lanes.write(aMessage({ conversationId: closedId })),
      lanes.write(aMessage({ conversationId: randomUUID() })),
      lanes.write(aMessage({ text: 'two' })),
      lanes.write(aMessage({ kind: 'note', conversationId: closedId, text: 'he called back' })),
    ]);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({
      reason: { code: 'CONVERSATION_CLOSED', details: { conversation: { id: closedId, state: 'closed' } } },
    });
    expect(outcomes[2]).toMatchObject({ reason: { code: 'NOT_FOUND' } });
    const texts = (await inbox.rows<EntryRow>('entry', 'seq'))
      .filter((entry) => entry.conversation_id === conversationId)
      .map(({ text }) => text);
    expect(texts).toEqual(['Hello', 'one', 'two']);
  });

  it('that the database refuses for their content fail alone', async () => {
    await inbox.testing.admin.query(`alter table inbox.entry add constraint poison check (text <> 'poison')`);
    const lanes = lanesOf({ lanes: 1 });
    const outcomes = await Promise.allSettled(['one', 'poison', 'two'].map((text) => lanes.write(aMessage({ text }))));
    await inbox.testing.admin.query('alter table inbox.entry drop constraint poison');
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await inbox.rows<EntryRow>('entry', 'seq')).map((entry) => [entry.seq, entry.text])).toEqual([
      [1, 'Hello'],
      [2, 'one'],
      [3, 'two'],
    ]);
  });

  it('over what a lane can hold are told when to come back, and the rest is recorded', async () => {
    const lanes = lanesOf({ lanes: 1, laneQueue: 5 });
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => lanes.write(aMessage())));
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(3);
    expect(refused[0]).toMatchObject({ reason: { code: 'BUSY', retryAfterMs: 1000 } });
    expect(await inbox.rows('entry')).toHaveLength(6);
    await expect(lanes.write(aMessage())).resolves.toBeDefined();
  });

  it('under way are recorded before the service goes', async () => {
    const lanes = lanesOf();
    const written = lanes.write(aMessage());
    await lanes.onApplicationShutdown();
    expect(await inbox.rows('entry')).toHaveLength(2);
    await written;
  });

  it('for another client’s conversation find nothing, and a foreign id in the group harms nobody', async () => {
    await inbox.receive(inbox.anInbound({ tenantId: inbox.otherTenantId, identity: 'stranger' }));
    const foreign = (await inbox.rows<ConversationRow>('conversation')).find((row) => row.tenant_id === inbox.otherTenantId);
    if (!foreign) throw new Error('No foreign conversation.');
    const lanes = lanesOf({ lanes: 1 });
    const outcomes = await Promise.allSettled([
      lanes.write(aMessage({ conversationId: foreign.id })),
      lanes.write(aMessage({ conversationId: foreign.id, tenantId: inbox.otherTenantId })),
    ]);
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { code: 'NOT_FOUND' } });
    expect(outcomes[1]?.status).toBe('fulfilled');
  });

  it('and a customer’s at the same time keep seq dense and lose nothing', async () => {
    const lanes = [lanesOf(), lanesOf()];
    await Promise.all([
      ...Array.from({ length: 40 }, (_, index) => lanes[index % 2]?.write(aMessage())),
      ...Array.from({ length: 20 }, () => inbox.receive(inbox.anInbound(), inbox.anInbound())),
    ]);
    const entries = await inbox.rows<EntryRow>('entry', 'seq');
    expect(entries.map((entry) => entry.seq)).toEqual(Array.from({ length: 81 }, (_, index) => index + 1));
    expect((await inbox.rows<ConversationRow>('conversation'))[0]).toMatchObject({ rev: 81, last_seq: 81, inbound_count: 41 });
  });
});
