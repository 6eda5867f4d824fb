/** Two tenants of the isolation spec: rows belong to `theirs`, the intruder stands in `ours`. */
export const ours = '01900000-0000-7000-8000-00000000000a';
export const theirs = '01900000-0000-7000-8000-00000000000b';

const id = '01900000-0000-7000-8000-0000000000ff';
const at = '2026-01-01T00:00:00Z';
const command = { person_id: id, client_id: id, name: 'any', created_at: at };
const processed = { grp: 'any', event_id: id, at };
const disposition = { id, name: { en: 'any' }, position: 1 };

/** One row for each table that belongs to tenants; a new table needs a line here. */
export const isolationFixtures: Record<string, object> = {
  'identity.tenant': { operator_id: id, slug: 'any', profile: {}, version: 1, created_at: at },
  'inbox.command': command,
  'inbox.contact': { id, version: 1, created_at: at },
  'inbox.conversation': {
    ...{ id, contact_id: id, channel: 'webchat', identity: 'any', state: 'open', rev: 1, last_seq: 1, inbound_rev: 1, state_rev: 1 },
    ...{ opened_at: at, last_line: '', last_author: 'customer', last_at: at, inbound_count: 1, work_state: 'queued', work_version: 1 },
  },
  'inbox.entry': {
    ...{ conversation_id: id, seq: 1, id, rev: 1, kind: 'message', author: 'customer', text: '', occurred_at: at, recorded_at: at },
  },
  'inbox.identity': { id, channel: 'webchat', value: 'any', contact_id: id, created_at: at },
  'inbox.outcome': disposition,
  'inbox.processed': processed,
  'inbox.read_mark': { person_id: id, conversation_id: id, inbound_count: 1 },
  'inbox.reason': disposition,
  'routing.command': command,
  'routing.offer': {
    ...{ id, conversation_id: id, agent_id: id, token: 1, state: 'live', made_at: at, deadline: at, choice: 'any', inputs: {} },
  },
  'routing.processed': processed,
  'routing.queue': { id, operator_id: id, name: {}, target_ms: 2, near_ms: 1, version: 1 },
  'routing.timer': { kind: 'any', key: 'any', version: 1, due_at: at, attempts: 0 },
  'routing.work_item': {
    ...{ conversation_id: id, queue_id: id, state: 'queued', version: 1, priority: 0, enqueued_at: at, rank_at: at },
    ...{ refusals: [], channel: 'webchat', preview: '' },
  },
  'webchat.message': { visitor_id: id, n: 1, id, direction: 'in', text: '', client_msg_id: id, at },
  'webchat.processed': processed,
  'webchat.site': { version: 1, slug: 'any', name: 'any', colour: 'teal', languages: ['en'], greeting: {}, hours_line: {}, sites: [] },
  'webchat.thread': { visitor_id: id, last_n: 0 },
  'webchat.mark': { visitor_id: id, delivered_n: 0, read_n: 0 },
  'webchat.visitor': { id, token_hash: '\\x00', created_at: at },
};
