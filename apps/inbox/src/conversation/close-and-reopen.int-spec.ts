import { randomUUID } from 'node:crypto';
import type { ConversationView } from '@cordboard/rpc';
import { eventually } from '@cordboard/testing';
import { InboxFixture } from '../../testing/inbox-fixture';
import type { EntryRow } from '../ledger/entry.row';
import { writeMessages } from '../message/write-messages';
import { type CloseCommand, closeConversation } from './close-conversation';
import type { ConversationRow } from './conversation.row';
import { markRead } from './mark-read';
import { reopenConversation } from './reopen-conversation';

describe('closing and reopening', () => {
  let inbox: InboxFixture;
  let id: string;

  const conversations = () => inbox.rows<ConversationRow>('conversation');
  const close = (overrides: Partial<CloseCommand> = {}, actor = inbox.actor): Promise<ConversationView> => {
    const { tenantId, reasonId, outcomeId } = inbox;
    const command = { tenantId, conversationId: id, clientId: randomUUID(), expectedRev: 1, reasonId, outcomeId, ...overrides };
    return inbox.database.tenant(command.tenantId, (tx) => closeConversation(tx, actor, command));
  };
  const reopen = (conversationId = id, clientId: string = randomUUID()): Promise<ConversationView> =>
    inbox.database.tenant(inbox.tenantId, (tx) =>
      reopenConversation(tx, inbox.actor, { tenantId: inbox.tenantId, conversationId, clientId }),
    );
  const reply = async (kind: 'message' | 'note' = 'message') => {
    const command = { kind, actor: inbox.actor, tenantId: inbox.tenantId, conversationId: id, clientId: randomUUID(), text: 'Hi' };
    const [written] = await inbox.database.batch([inbox.tenantId], (tx) => writeMessages(tx, [{ ...command, traceparent: undefined }]));
    if (!written || !('entry' in written)) throw new Error('Not written.');
    return written.entry;
  };

  beforeAll(async () => {
    inbox = await InboxFixture.start();
  });
  afterAll(() => inbox.close());
  beforeEach(async () => {
    await inbox.testing.admin.query(
      'truncate inbox.contact, inbox.identity, inbox.conversation, inbox.entry, inbox.command, bus.log cascade',
    );
    await inbox.receive(inbox.anInbound());
    id = (await conversations())[0]?.id ?? '';
  });

  it('closes with reason and outcome, says so in the timeline and to everybody', async () => {
    const view = await close();
    expect(view).toMatchObject({
      id,
      state: 'closed',
      reasonId: inbox.reasonId,
      outcomeId: inbox.outcomeId,
      rev: 2,
      lastLine: 'Hello',
      readCount: 0,
    });
    expect(view.closedAt).not.toBeNull();
    const last = (await inbox.rows<EntryRow>('entry', 'seq')).at(-1);
    expect(last).toMatchObject({ kind: 'system', system: { code: 'closed', personId: inbox.actor.personId, personName: 'Maria Kern' } });
    const events = (await inbox.published()).slice(-2);
    expect(events.map((event) => event.type)).toEqual(['message.recorded', 'conversation.closed']);
    expect(events[1]?.data).toMatchObject({ conversation: { id, state: 'closed', rev: 2 } });
  });

  it('is refused when the customer wrote what the agent had not seen', async () => {
    await inbox.receive(inbox.anInbound({ text: 'one more thing' }));
    await expect(close({ expectedRev: 1 })).rejects.toMatchObject({
      code: 'CONVERSATION_MOVED_ON',
      details: { conversation: { id, lastLine: 'one more thing', rev: 2 } },
    });
    expect((await conversations())[0]?.state).toBe('open');
    await expect(close({ expectedRev: 2 })).resolves.toMatchObject({ state: 'closed' });
  });

  it('is not refused because of a tick, a note, a reply or a move of the work', async () => {
    const sent = await reply();
    await inbox.report(id, [sent.id], 'read');
    await reply('note');
    await inbox.work(inbox.aWorkChange(id, { cause: 'accepted', state: 'active' }));
    await expect(close({ expectedRev: 1 })).resolves.toMatchObject({ state: 'closed', rev: 6 });
  });

  it('is refused when somebody else has closed it, or closed and reopened it, meanwhile', async () => {
    await close();
    await expect(close({ expectedRev: 2 })).rejects.toMatchObject({
      code: 'CONVERSATION_MOVED_ON',
      details: { conversation: { state: 'closed' } },
    });
    await reopen();
    await expect(close({ expectedRev: 1 })).rejects.toMatchObject({
      code: 'CONVERSATION_MOVED_ON',
      details: { conversation: { state: 'open' } },
    });
  });

  it('of two agents closing at once one does, the other is told', async () => {
    const outcomes = await Promise.allSettled([close(), close({}, inbox.anActor())]);
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('with the same client id is done once, also at the same moment, and answers alike', async () => {
    const clientId = randomUUID();
    const [first, second] = await Promise.all([close({ clientId }), close({ clientId })]);
    expect(second).toEqual(first);
    expect(await close({ clientId })).toEqual(first);
    expect(await inbox.published('conversation.closed')).toHaveLength(1);
  });

  it('takes reasons and outcomes of the tenant’s own lists only', async () => {
    await expect(close({ reasonId: inbox.outcomeId })).rejects.toMatchObject({ code: 'UNKNOWN_REASON' });
    await expect(close({ outcomeId: randomUUID() })).rejects.toMatchObject({ code: 'UNKNOWN_OUTCOME' });
    await inbox.testing.admin.query('update inbox.reason set archived_at = now()');
    await expect(close()).rejects.toMatchObject({ code: 'UNKNOWN_REASON' });
    await inbox.testing.admin.query('update inbox.reason set archived_at = null');
  });

  it('of another tenant’s conversation finds nothing', async () => {
    await inbox.receive(inbox.anInbound({ tenantId: inbox.otherTenantId }));
    const foreign = (await conversations()).find((row) => row.tenant_id === inbox.otherTenantId);
    await expect(close({ conversationId: foreign?.id ?? '' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is followed by the next conversation when the customer writes again, linked to the last', async () => {
    await close();
    await inbox.receive(inbox.anInbound({ text: 'hello again' }));
    const next = (await conversations()).find((row) => row.id !== id);
    expect(next).toMatchObject({ state: 'open', previous_id: id, last_seq: 1, inbound_count: 1 });
    const opened = (await inbox.published('conversation.opened')).at(-1);
    expect(opened?.data).toMatchObject({ conversation: { id: next?.id, previousId: id } });
  });

  it('does not let a message that was recorded before the closing in again after it', async () => {
    await inbox.receive(inbox.anInbound({ externalId: 'kept' }));
    await close({ expectedRev: 2 });
    await inbox.receive(inbox.anInbound({ externalId: 'kept' }));
    expect(await conversations()).toHaveLength(1);
  });

  it('and a message at the same moment: before it the close is refused, after it a new conversation stands', async () => {
    for (let round = 0; round < 15; round++) {
      const identity = `racer-${round}`;
      await inbox.receive(inbox.anInbound({ identity }));
      const racer = (await conversations()).find((row) => row.identity === identity);
      if (!racer) throw new Error('No conversation.');
      const [, closing] = await Promise.allSettled([
        inbox.receive(inbox.anInbound({ identity, text: 'wait' }), inbox.anInbound({ identity, text: 'please' })),
        close({ conversationId: racer.id }),
      ]);
      const all = (await conversations()).filter((row) => row.identity === identity);
      const entries = (await inbox.rows<EntryRow>('entry', 'seq')).filter((entry) => all.some((row) => row.id === entry.conversation_id));
      expect(entries.filter((entry) => entry.author === 'customer')).toHaveLength(3);
      expect(all.filter((row) => row.state === 'open')).toHaveLength(1);
      if (closing.status === 'rejected') expect(all).toHaveLength(1);
      else expect(all.find((row) => row.state === 'open')).toMatchObject({ previous_id: racer.id, inbound_count: 2 });
    }
  });

  it('takes the contact before the conversation, as a message does, so that the two never wait for each other', async () => {
    let closing: Promise<unknown> = Promise.resolve();
    await inbox.database.tenant(inbox.tenantId, async (tx) => {
      await tx.query('select from contact for update');
      closing = close();
      await eventually(async () => {
        const { rowCount } = await inbox.testing.admin.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rowCount === 1;
      });
      await tx.query('select from conversation for update nowait');
    });
    await closing;
  });

  it('is taken back by reopening', async () => {
    await close();
    const view = await reopen();
    expect(view).toMatchObject({ id, state: 'open', closedAt: null, reasonId: null, outcomeId: null, rev: 3 });
    expect((await inbox.published()).slice(-2).map((event) => event.type)).toEqual(['message.recorded', 'conversation.reopened']);
    await inbox.receive(inbox.anInbound({ text: 'back' }));
    expect(await conversations()).toHaveLength(1);
  });

  it('twice at the same moment is taken back once', async () => {
    await close();
    await Promise.all([reopen(), reopen()]);
    expect(await inbox.published('conversation.reopened')).toHaveLength(1);
  });

  it('is not taken back when a newer conversation of the contact is open', async () => {
    await close();
    await inbox.receive(inbox.anInbound({ text: 'something new' }));
    await expect(reopen()).rejects.toMatchObject({
      code: 'CONVERSATION_MOVED_ON',
      details: { conversation: { state: 'open', lastLine: 'something new', previousId: id } },
    });
  });

  it('and a message at the same moment leave one open conversation', async () => {
    for (let round = 0; round < 10; round++) {
      const identity = `returner-${round}`;
      await inbox.receive(inbox.anInbound({ identity }));
      const first = (await conversations()).find((row) => row.identity === identity)?.id ?? '';
      await close({ conversationId: first });
      await Promise.allSettled([reopen(first), inbox.receive(inbox.anInbound({ identity }))]);
      const all = (await conversations()).filter((row) => row.identity === identity);
      expect(all.filter((row) => row.state === 'open')).toHaveLength(1);
    }
  });

  it('keeps how far each person has read: never back, never past the end', async () => {
    await inbox.receive(inbox.anInbound(), inbox.anInbound());
    const mark = (inboundCount: number, personId = inbox.actor.personId, conversationId = id) =>
      inbox.database.tenant(inbox.tenantId, (tx) => markRead(tx, { tenantId: inbox.tenantId, personId, conversationId, inboundCount }));
    expect(await mark(2)).toBe(2);
    expect(await mark(1)).toBe(2);
    expect(await mark(99)).toBe(3);
    expect(await mark(1, inbox.anActor().personId)).toBe(1);
    await expect(mark(1, inbox.actor.personId, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await close({ expectedRev: 3 })).toMatchObject({ readCount: 3 });
  });
});
