import type { Statement } from '@cordboard/persistence';
import { eventually } from '@cordboard/testing';
import { v7 as uuidv7 } from 'uuid';
import { analyse, planOf } from '../../testing/explain';
import { InboxFixture } from '../../testing/inbox-fixture';
import { contactSql } from '../contact/contact.store';
import { listStatement } from '../conversation/list-conversations';
import { countStatement, ofContactStatement } from '../conversation/read-conversations';
import { selectMarks } from '../conversation/view';
import { selectEntries } from '../delivery/record-delivery';
import { selectWritten } from '../message/write-messages';
import { ledgerSql } from './ledger.sql';
import { timelineStatement } from './read-timeline';

/** The named statements with what each must look its rows up by: a prepared plan stays, so the first one must be right. */
const messagePath: [string, Statement, Record<string, RegExp>][] = [
  ['contacts', contactSql.lock, { identity_tenant_id_channel_value_key: /channel = .* AND \(value = /, contact_pkey: /\(id = / }],
  ['open conversations', contactSql.lockOpenConversations, { conversation_open_of_contact: /contact_id = /, conversation_pkey: /\(id = / }],
  ['recorded messages', contactSql.recorded, { entry_external_id: /identity_id = .* AND \(external_id = / }],
  ['conversations', ledgerSql.lockConversations, { conversation_pkey: /\(id = /, contact_pkey: /\(id = / }],
  ['entries by id', selectEntries, { entry_id: /\(id = / }],
  ['entries by client id', selectWritten, { entry_client_id: /conversation_id = .* AND \(client_id = / }],
  ['read marks', selectMarks, { read_mark_pkey: /person_id = .* AND \(conversation_id = / }],
];

async function expectWholeKeys(inbox: InboxFixture, statement: Statement, conditions: Record<string, RegExp>) {
  const plan = await inbox.database.batch([inbox.tenantId, inbox.otherTenantId], (tx) => planOf(tx, statement));
  expect(plan.scans).not.toContainEqual(expect.stringContaining('Seq Scan'));
  const shapes = Object.entries(conditions).map(([index, shape]) => [index, expect.stringMatching(shape)]);
  expect(plan.conditions).toMatchObject(Object.fromEntries(shapes));
}

describe('with two hundred rows, analysed', () => {
  let inbox: InboxFixture;
  beforeAll(async () => {
    inbox = await InboxFixture.start();
    const visitors = Array.from({ length: 100 }, (_, index) => `visitor-${index}`);
    await inbox.receive(...visitors.map((identity) => inbox.anInbound({ identity })));
    await inbox.receive(...visitors.map((identity) => inbox.anInbound({ identity, tenantId: inbox.otherTenantId })));
    await inbox.testing.admin.query('analyze');
  });
  afterAll(() => inbox.close());

  it.each(messagePath)('the message path finds %s by whole keys', (_, statement, conditions) =>
    expectWholeKeys(inbox, statement, conditions),
  );
});

/** 100,000 conversations of two tenants, one in 200 open, and 100,000 entries, one timeline 2,000 long. */
const seed = `
  insert into inbox.contact (tenant_id, id) select ($1::uuid[])[1 + g % 2], gen_random_uuid() from generate_series(1, 100000) g;
  insert into inbox.identity (tenant_id, id, channel, value, contact_id) select tenant_id, gen_random_uuid(), 'webchat', id::text, id from inbox.contact;
  insert into inbox.conversation (tenant_id, id, contact_id, channel, identity, state, rev, last_seq, inbound_rev, state_rev,
    opened_at, last_line, last_author, last_at, inbound_count, work_state, work_version, assignee_id)
  select tenant_id, uuidv7(), id, 'webchat', 'visitor', case when n % 200 = 0 then 'open' else 'closed' end, 2, 2, 1, 1,
    now(), '', 'customer', now(), 1, case when n % 400 = 0 then 'queued' else 'done' end, 1,
    case when n % 200 = 0 and n % 400 > 0 then $2::uuid else gen_random_uuid() end
  from (select *, row_number() over () as n from inbox.contact) k;
  insert into inbox.entry (tenant_id, conversation_id, seq, id, rev, kind, author, text, occurred_at, recorded_at)
  select tenant_id, id, s, gen_random_uuid(), s, 'message', 'customer', 'Hello', now(), now()
  from (select tenant_id, id from inbox.conversation limit 49000) c, generate_series(1, 2) s;
  insert into inbox.entry (tenant_id, conversation_id, seq, id, rev, kind, author, text, occurred_at, recorded_at)
  select tenant_id, id, s, gen_random_uuid(), s, 'message', 'customer', 'Hello', now(), now()
  from (select tenant_id, id from inbox.conversation where state = 'open' and tenant_id = ($1::uuid[])[1] limit 1) c, generate_series(3, 2000) s;
  analyze inbox.contact, inbox.conversation, inbox.entry, inbox.identity, inbox.read_mark`;

describe('with 100,000 rows, as the application’s role under row-level security', () => {
  let inbox: InboxFixture;
  let both: string[];
  let long: { tenantId: string; conversationId: string };

  beforeAll(async () => {
    inbox = await InboxFixture.start();
    both = [inbox.tenantId, inbox.otherTenantId];
    const tenants = `array['${both.join("','")}']`;
    await inbox.testing.admin.query(seed.replaceAll('$1', tenants).replaceAll('$2', `'${inbox.actor.personId}'`));
    const { rows } = await inbox.testing.admin.query('select tenant_id, conversation_id from inbox.entry where seq = 2000');
    long = { tenantId: rows[0].tenant_id, conversationId: rows[0].conversation_id };
  }, 60_000);
  afterAll(() => inbox.close());

  const list = (filter: object) =>
    listStatement(both, inbox.actor.personId, {
      scope: 'all',
      tenantIds: null,
      state: null,
      assigneeId: null,
      first: 50,
      after: null,
      ...filter,
    });
  const touched = (statement: Statement, tenantIds = both) => inbox.database.viewer(tenantIds, (tx) => analyse(tx, statement));

  it.each([
    ['mine', { scope: 'mine' }, 'conversation_of_assignee'],
    ['waiting', { scope: 'waiting' }, 'conversation_waiting'],
    ['open', { state: 'open' }, 'conversation_open'],
    ['everything', {}, 'conversation_pkey'],
    ['closed', { state: 'closed' }, 'conversation_pkey'],
    ['an agent’s', { assigneeId: uuidv7() }, 'conversation_of_assignee'],
    ['the second page', { after: uuidv7() }, 'conversation_pkey'],
  ])('the list of %s is one short scan per tenant', async (_, filter, index) => {
    const plan = await touched(list(filter));
    expect(plan.scans).toContain(`conversation by ${index}`);
    expect(plan.scans.filter((scan) => scan.includes('Seq Scan'))).toEqual([]);
    // 102 rows of two tenants, their 51 contacts and marks, three or four pages each.
    expect(plan.blocks).toBeLessThan(800);
  });

  it('counting reads the open ones only', async () => {
    const plan = await touched({ ...countStatement, values: [both, inbox.actor.personId] });
    expect(plan.scans.filter((scan) => scan.includes('Seq Scan'))).toEqual([]);
    expect(plan.blocks).toBeLessThan(1500);
  });

  it('a page of a timeline reads its own entries only', async () => {
    const plan = await touched(timelineStatement({ ...long, afterRev: null, beforeSeq: 1000, first: 60 }));
    expect(plan.scans).toEqual(['entry by entry_pkey']);
    expect(plan.conditions.entry_pkey).toMatch(/seq <.*/);
    expect(plan.blocks).toBeLessThan(80);
  });

  it('a resume reads the entries of its conversation only', async () => {
    const plan = await touched(timelineStatement({ ...long, afterRev: 1990, beforeSeq: null, first: 500 }));
    expect(plan.scans).toEqual(['entry by entry_pkey']);
    expect(plan.conditions.entry_pkey).toContain('conversation_id');
    expect(plan.blocks).toBeLessThan(2100);
  });

  it('the conversations of a contact come by the contact', async () => {
    const plan = await touched(ofContactStatement(inbox.tenantId, uuidv7(), 10, inbox.actor.personId));
    expect(plan.conditions.conversation_of_contact).toContain('contact_id');
    expect(plan.scans.filter((scan) => scan.includes('Seq Scan'))).toEqual([]);
  });

  it.each(messagePath)('the message path finds %s by whole keys', (_, statement, conditions) =>
    expectWholeKeys(inbox, statement, conditions),
  );

  it('a message’s update of its conversation stays inside the page', async () => {
    const { admin } = inbox.testing;
    await inbox.receive(inbox.anInbound());
    for (let index = 0; index < 30; index++) await inbox.receive(inbox.anInbound());
    // A session reports what it counted at most once a second, and at the latest when it ends.
    const { updated, hot } = await eventually(
      async () => {
        await inbox.receive(inbox.anInbound());
        const { rows } = await admin.query(
          `select n_tup_upd::int as updated, n_tup_hot_upd::int as hot from pg_stat_user_tables where relname = 'conversation'`,
        );
        return rows[0].updated >= 30 && rows[0];
      },
      { everyMs: 200 },
    );
    expect(hot).toBeGreaterThanOrEqual(updated * 0.9);
  });
});
