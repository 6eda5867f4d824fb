import { processedTable } from '@cordboard/event-bus';
import { commandTable, type Migration, serviceRole, tenantTable, withoutStatistics } from '@cordboard/persistence';

/**
 * Contacts, conversations and their timelines. Every message updates its conversation, so no index holds a column
 * that a message changes and pages keep room for the new version: the update stays inside its page (HOT). The same
 * holds for an entry's `status` and `rev`, which change with each tick: an index on `rev` made a tick cost 2.4 times as
 * much and no update stayed in its page, while a resume without it reads the entries of one conversation by their key.
 *
 * The role's statements join a handful of rows to an index, never table to table. A plan made while tables are small is
 * kept until the next analyze: hence the low analyze thresholds, and the shapes in `ledger.sql.ts`. Entries grow with every
 * message and are only ever found by their keys: they are looked at again when they have doubled.
 */
export const openTheLedger: Migration = {
  id: '20261123-open-the-ledger',
  up: `
  alter role ${serviceRole('inbox')} set plan_cache_mode = force_generic_plan;
  alter role ${serviceRole('inbox')} set enable_seqscan = off;
  alter role ${serviceRole('inbox')} set enable_hashjoin = off;
  alter role ${serviceRole('inbox')} set enable_mergejoin = off;

  create table inbox.contact (
    tenant_id uuid not null, id uuid not null,
    name text, language text, version int not null default 1,
    last_closed_id uuid,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id)
  ) with (fillfactor = 80, autovacuum_analyze_scale_factor = 0.05);
  ${tenantTable('inbox', 'contact')}

  create table inbox.identity (
    tenant_id uuid not null, id uuid not null,
    channel text not null, value text not null, contact_id uuid not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id),
    unique (tenant_id, channel, value),
    foreign key (tenant_id, contact_id) references inbox.contact (tenant_id, id)
  ) with (autovacuum_analyze_scale_factor = 0.05);
  create index identity_of_contact on inbox.identity (tenant_id, contact_id);
  ${tenantTable('inbox', 'identity')}

  ${['reason', 'outcome']
    .map(
      (table) => `
  create table inbox.${table} (
    tenant_id uuid not null, id uuid not null,
    name jsonb not null, position int not null, archived_at timestamptz,
    primary key (tenant_id, id)
  );
  ${tenantTable('inbox', table)}`,
    )
    .join('')}

  create table inbox.conversation (
    tenant_id uuid not null, id uuid not null, contact_id uuid not null,
    channel text not null, identity text not null,
    state text not null check (state in ('open', 'closed')),
    rev int not null, last_seq int not null,
    inbound_rev int not null, state_rev int not null,
    opened_at timestamptz not null, closed_at timestamptz, reason_id uuid, outcome_id uuid, previous_id uuid,
    last_line text not null, last_author text not null, last_at timestamptz not null,
    unanswered_since timestamptz, inbound_count int not null,
    work_state text not null, work_version int not null, assignee_id uuid, queue_id uuid,
    page_url text, page_title text,
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references inbox.contact (tenant_id, id),
    foreign key (tenant_id, reason_id) references inbox.reason (tenant_id, id),
    foreign key (tenant_id, outcome_id) references inbox.outcome (tenant_id, id)
  ) with (fillfactor = 60, autovacuum_analyze_scale_factor = 0.05);
  create unique index conversation_open_of_contact on inbox.conversation (tenant_id, contact_id) where state = 'open';
  create index conversation_of_contact on inbox.conversation (tenant_id, contact_id, id);
  create index conversation_open on inbox.conversation (tenant_id, id) where state = 'open';
  create index conversation_waiting on inbox.conversation (tenant_id, id)
    where state = 'open' and work_state in ('queued', 'offered');
  create index conversation_of_assignee on inbox.conversation (tenant_id, assignee_id, id);
  ${tenantTable('inbox', 'conversation')}

  create table inbox.entry (
    tenant_id uuid not null, conversation_id uuid not null, seq int not null,
    id uuid not null, rev int not null,
    kind text not null check (kind in ('message', 'note', 'system')),
    author text not null check (author in ('customer', 'agent', 'system')), author_id uuid, author_name text,
    text text not null, client_id uuid, identity_id uuid, external_id text,
    status text, system jsonb,
    occurred_at timestamptz not null, recorded_at timestamptz not null,
    primary key (tenant_id, conversation_id, seq)
  ) with (fillfactor = 80, autovacuum_analyze_scale_factor = 1);
  ${withoutStatistics('inbox.entry', 'author_name', 'text', 'system')}
  create unique index entry_id on inbox.entry (tenant_id, id);
  create unique index entry_client_id on inbox.entry (tenant_id, conversation_id, client_id) where client_id is not null;
  create unique index entry_external_id on inbox.entry (tenant_id, identity_id, external_id) where external_id is not null;
  ${tenantTable('inbox', 'entry')}

  create table inbox.read_mark (
    tenant_id uuid not null, person_id uuid not null, conversation_id uuid not null,
    inbound_count int not null,
    primary key (tenant_id, person_id, conversation_id)
  ) with (fillfactor = 80);
  ${tenantTable('inbox', 'read_mark')}

  ${commandTable('inbox')}
  ${processedTable('inbox')}
`,
};
