import { conversationColumns } from '../conversation/conversation.row';

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

/** The ledger's hot statements: set-wise, named, so that each connection plans them once. */
export const ledgerSql = {
  clock: { name: 'inbox-clock', text: 'select clock_timestamp() as at' },

  /** Locks conversations by ($1 tenants, $2 ids), in the order everybody locks them in. */
  lockConversations: {
    name: 'inbox-lock-conversations',
    text: `select ${conversationColumns}
      from unnest($1::uuid[], $2::uuid[]) as w(tenant_id, id)
      join conversation c on c.tenant_id = w.tenant_id and c.id = w.id
      join contact k on k.tenant_id = c.tenant_id and k.id = c.contact_id
      order by c.tenant_id, c.id
      for no key update of c`,
  },

  insertConversations: {
    name: 'inbox-insert-conversations',
    text: `insert into conversation (${names(conversationTypes)}) select ${names(conversationTypes)} from ${records(conversationTypes)}`,
  },

  updateConversations: {
    name: 'inbox-update-conversations',
    text: `update conversation c set ${Object.keys(conversationTypes)
      .filter((name) => !fixed.has(name))
      .map((name) => `${name} = r.${name}`)
      .join(', ')}
      from ${records(conversationTypes)} where c.tenant_id = r.tenant_id and c.id = r.id`,
  },

  insertEntries: {
    name: 'inbox-insert-entries',
    text: `insert into entry (${names(entryTypes)}) select ${names(entryTypes)} from ${records(entryTypes)}`,
  },

  updateEntries: {
    name: 'inbox-update-entries',
    text: `update entry e set status = r.status, rev = r.rev
      from json_to_recordset($1) as r(tenant_id uuid, conversation_id uuid, seq int, status text, rev int)
      where e.tenant_id = r.tenant_id and e.conversation_id = r.conversation_id and e.seq = r.seq`,
  },
};
