import { InboxFixture } from '../../testing/inbox-fixture';
import { contactSql, lockContacts } from '../contact/contact.store';
import type { ConversationRow } from '../conversation/conversation.row';
import type { EntryRow } from '../ledger/entry.row';

describe('messages of customers', () => {
  let inbox: InboxFixture;
  beforeAll(async () => {
    inbox = await InboxFixture.start();
  });
  afterAll(() => inbox.close());
  beforeEach(() =>
    inbox.testing.admin.query('truncate inbox.contact, inbox.identity, inbox.conversation, inbox.entry, inbox.read_mark, bus.log cascade'),
  );

  it('open a conversation, stand in order and are told to everybody', async () => {
    await inbox.receive(inbox.anInbound({ text: 'one' }), inbox.anInbound({ text: 'two' }), inbox.anInbound({ text: 'three' }));
    await inbox.receive(inbox.anInbound({ text: 'four' }));
    const entries = await inbox.rows<EntryRow>('entry', 'seq');
    expect(entries.map(({ seq, rev, text }) => ({ seq, rev, text }))).toEqual([
      { seq: 1, rev: 1, text: 'one' },
      { seq: 2, rev: 2, text: 'two' },
      { seq: 3, rev: 3, text: 'three' },
      { seq: 4, rev: 4, text: 'four' },
    ]);
    const [conversation] = await inbox.rows<ConversationRow>('conversation');
    expect(conversation).toMatchObject({ rev: 4, last_seq: 4, inbound_count: 4, last_line: 'four', state: 'open', work_state: 'queued' });
    const events = await inbox.published();
    expect(events.map((event) => event.type)).toEqual([
      'contact.changed',
      'conversation.opened',
      'message.recorded',
      'message.recorded',
      'message.recorded',
      'message.recorded',
    ]);
    expect(events[1]?.data).toMatchObject({ conversation: { lastLine: 'one', inboundCount: 1, rev: 1 } });
    expect(events[3]?.data).toMatchObject({ conversation: { lastLine: 'two', rev: 2 }, entry: { seq: 2, author: 'customer' } });
  });

  it('of a new contact, five webhooks in parallel, make one conversation', async () => {
    await Promise.all(Array.from({ length: 5 }, (_, index) => inbox.receive(inbox.anInbound({ text: `picture ${index}` }))));
    expect(await inbox.rows('contact')).toHaveLength(1);
    expect(await inbox.rows('conversation')).toHaveLength(1);
    const entries = await inbox.rows<EntryRow>('entry', 'seq');
    expect(entries.map((entry) => entry.seq)).toEqual([1, 2, 3, 4, 5]);
    expect(await inbox.published('conversation.opened')).toHaveLength(1);
    expect(await inbox.published('contact.changed')).toHaveLength(1);
  });

  it('of a contact made in the middle of another’s look do not give that one a conversation without its contact', async () => {
    const sender = { tenantId: inbox.tenantId, channel: 'webchat', value: 'visitor-1' };
    await inbox.database.batch([inbox.tenantId], async (tx) => {
      expect(await lockContacts(tx, [sender])).toEqual([]);
      await inbox.receive(inbox.anInbound());
      expect(await tx.query(contactSql.lockOpenConversations)).toEqual([]);
      expect(await lockContacts(tx, [sender])).toHaveLength(1);
      expect(await tx.query(contactSql.lockOpenConversations)).toHaveLength(1);
    });
  });

  it('of a known contact with nothing open, several in parallel, make one conversation', async () => {
    for (let round = 1; round <= 5; round++) {
      await inbox.receive(inbox.anInbound());
      await inbox.testing.admin.query(`update inbox.conversation set state = 'closed'`);
      await Promise.all(Array.from({ length: 6 }, () => inbox.receive(inbox.anInbound())));
      expect((await inbox.rows<ConversationRow>('conversation')).filter((row) => row.state === 'open')).toHaveLength(1);
      await inbox.testing.admin.query(`update inbox.conversation set state = 'closed'`);
    }
  });

  it('of the same webhook ten times in parallel make one entry', async () => {
    await Promise.all(Array.from({ length: 10 }, () => inbox.receive(inbox.anInbound({ externalId: 'the same' }))));
    expect(await inbox.rows('entry')).toHaveLength(1);
    expect(await inbox.published('message.recorded')).toHaveLength(1);
  });

  it('twice in one batch, or again in a later one, count once', async () => {
    await inbox.receive(inbox.anInbound({ externalId: 'a' }), inbox.anInbound({ externalId: 'a' }), inbox.anInbound({ externalId: 'b' }));
    await inbox.receive(inbox.anInbound({ externalId: 'b' }), inbox.anInbound({ externalId: 'c' }));
    const entries = await inbox.rows<EntryRow>('entry', 'seq');
    expect(entries.map((entry) => entry.seq)).toEqual([1, 2, 3]);
    expect((await inbox.rows<ConversationRow>('conversation'))[0]).toMatchObject({ inbound_count: 3, last_seq: 3, rev: 3 });
  });

  it('of the same id from two visitors, or to two tenants, are two messages', async () => {
    await inbox.receive(
      inbox.anInbound({ externalId: 'a' }),
      inbox.anInbound({ externalId: 'a', identity: 'visitor-2' }),
      inbox.anInbound({ externalId: 'a', tenantId: inbox.otherTenantId }),
    );
    expect(await inbox.rows('entry')).toHaveLength(3);
    expect(await inbox.rows('conversation')).toHaveLength(3);
  });

  it('of many visitors at once keep seq and rev dense in every conversation', async () => {
    const visitors = Array.from({ length: 7 }, (_, index) => `visitor-${index}`);
    const batches = Array.from({ length: 12 }, (_, batch) =>
      visitors.flatMap((identity) => [inbox.anInbound({ identity, text: `${batch}a` }), inbox.anInbound({ identity, text: `${batch}b` })]),
    );
    await Promise.all(batches.map((events, index) => inbox.receive(...(index % 2 ? events.reverse() : events))));
    for (const { id, last_seq, rev, inbound_count } of await inbox.rows<ConversationRow>('conversation')) {
      const seqs = (await inbox.rows<EntryRow>('entry', 'seq')).filter((entry) => entry.conversation_id === id).map((entry) => entry.seq);
      expect(seqs).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
      expect({ last_seq, rev, inbound_count }).toEqual({ last_seq: 24, rev: 24, inbound_count: 24 });
    }
  });

  it('fill what is not known of the contact, and leave what is', async () => {
    await inbox.receive(inbox.anInbound({ profile: { name: null, language: 'ru' } }));
    await inbox.receive(inbox.anInbound({ profile: { name: 'Anna', language: 'en' } }));
    await inbox.receive(inbox.anInbound({ profile: { name: 'Somebody else', language: null } }));
    const changes = await inbox.published('contact.changed');
    expect(changes.map(({ data }) => data)).toMatchObject([
      { name: null, language: 'ru', version: 1, identities: [{ channel: 'webchat', value: 'visitor-1' }] },
      { name: 'Anna', language: 'ru', version: 2, identities: [{ channel: 'webchat', value: 'visitor-1' }] },
    ]);
    const recorded = await inbox.published('message.recorded');
    expect(recorded[1]?.data).toMatchObject({ conversation: { contactName: 'Anna' }, entry: { authorName: 'Anna' } });
  });

  it('keep their own time but never one later than the recording, and a late one does not become the last line', async () => {
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    await inbox.receive(inbox.anInbound({ text: 'from the future', occurredAt: new Date(Date.now() + 3_600_000).toISOString() }));
    await inbox.receive(inbox.anInbound({ text: 'late', occurredAt: hourAgo }));
    const [early, late] = await inbox.rows<EntryRow>('entry', 'seq');
    expect(early?.occurred_at).toEqual(early?.recorded_at);
    expect(late?.occurred_at.toISOString()).toBe(hourAgo);
    expect((await inbox.rows<ConversationRow>('conversation'))[0]).toMatchObject({
      last_line: 'from the future',
      unanswered_since: early?.occurred_at,
    });
  });

  it('with characters that neither PostgreSQL nor JSON can keep are recorded without them', async () => {
    await inbox.receive(inbox.anInbound({ text: 'a\u0000b\uD83Dc 😀' }));
    expect((await inbox.rows<EntryRow>('entry'))[0]?.text).toBe('ab\uFFFDc 😀');
  });

  it('carry the page the customer is on, and keep the last one known', async () => {
    await inbox.receive(inbox.anInbound({ page: { url: 'https://shop.example/a', title: 'A' } }), inbox.anInbound({ page: null }));
    expect((await inbox.rows<ConversationRow>('conversation'))[0]).toMatchObject({ page_url: 'https://shop.example/a', page_title: 'A' });
  });
});
