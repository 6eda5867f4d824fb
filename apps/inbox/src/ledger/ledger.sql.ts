/** Types of the columns a conversation is written by, in the order of the table. */
const conversationTypes = {
  tenant_id: 'uuid',
  id: 'uuid',
  contact_id: 'uuid',
  channel: 'text',
  identity: 'text',
  state: 'text',
  rev: 'int',
  last_seq: 'int',
  inbound_rev: 'int',
  state_rev: 'int',
  opened_at: 'timestamptz',
  closed_at: 'timestamptz',
  reason_id: 'uuid',
  outcome_id: 'uuid',
  previous_id: 'uuid',
  last_line: 'text',
  last_author: 'text',
  last_at: 'timestamptz',
  unanswered_since: 'timestamptz',
  inbound_count: 'int',
  work_state: 'text',
  work_version: 'int',
  assignee_id: 'uuid',
  queue_id: 'uuid',
  page_url: 'text',
  page_title: 'text',
};

const entryTypes = {
  tenant_id: 'uuid',
  conversation_id: 'uuid',
  seq: 'int',
  id: 'uuid',
  rev: 'int',
  kind: 'text',
  author: 'text',
  author_id: 'uuid',
  author_name: 'text',
  text: 'text',
  client_id: 'uuid',
  identity_id: 'uuid',
  external_id: 'text',
  status: 'text',
  system: 'jsonb',
  occurred_at: 'timestamptz',
  recorded_at: 'timestamptz',
};

/** Set once when the conversation opens. */
const fixed = new Set(['tenant_id', 'id', 'contact_id', 'channel', 'identity', 'opened_at', 'previous_id']);

const names = (types: Record<string, string>) => Object.keys(types).join(', ');
const records = (types: Record<string, string>) =>
  `json_to_recordset($1) as r(${Object.entries(types)
    .map(([name, type]) => `${name} ${type}`)
    .join(', ')})`;

/**
 * The ledger's hot statements: set-wise, named, so that each connection plans them once. Such a plan stays until the next
 * analyze, however much the tables grow meanwhile, and for small tables PostgreSQL prefers to join by reading all of a
 * tenant. So the shape leaves it no choice: a look-up is a `lateral … limit 1`, which can only be carried out row by row
 * with the key, and a change goes in as an insert that conflicts with the row that stands there, which is found by its
 * primary key without any join. `plans.int-spec.ts` holds them to it.
 */
export const ledgerSql = {
  clock: { name: 'inbox-clock', text: 'select clock_timestamp() as at' },

  /** Locks conversations by ($1 tenants, $2 ids), in the order everybody locks them in. */
  lockConversations: {
    name: 'inbox-lock-conversations',
    text: `select c.*, k.name as contact_name
      from (select distinct tenant_id, id from unnest($1::uuid[], $2::uuid[]) as w(tenant_id, id) order by tenant_id, id) w
      cross join lateral (
        select * from conversation c where c.tenant_id = w.tenant_id and c.id = w.id limit 1 for no key update
      ) c
      cross join lateral (select k.name from contact k where k.tenant_id = c.tenant_id and k.id = c.contact_id limit 1) k`,
  },

  /** Conversations that are new, and locked ones as they shall stand. */
  writeConversations: {
    name: 'inbox-write-conversations',
    text: `insert into conversation (${names(conversationTypes)}) select ${names(conversationTypes)} from ${records(conversationTypes)}
      on conflict (tenant_id, id) do update set ${Object.keys(conversationTypes)
        .filter((name) => !fixed.has(name))
        .map((name) => `${name} = excluded.${name}`)
        .join(', ')}`,
  },

  insertEntries: {
    name: 'inbox-insert-entries',
    text: `insert into entry (${names(entryTypes)}) select ${names(entryTypes)} from ${records(entryTypes)}`,
  },

  /** Entries of locked conversations, whole; only what may change of them is written. */
  amendEntries: {
    name: 'inbox-amend-entries',
    text: `insert into entry (${names(entryTypes)}) select ${names(entryTypes)} from ${records(entryTypes)}
      on conflict (tenant_id, conversation_id, seq) do update set status = excluded.status, rev = excluded.rev`,
  },
};
