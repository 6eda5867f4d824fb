import { inboundReceived, newEvent } from '@cordboard/events';
import type { Database, Tx } from '@cordboard/persistence';
import type { PageContext } from '@cordboard/webchat-protocol';
import { v7 as uuidv7 } from 'uuid';
import { threadTurnstile } from '../thread/one-writer';

/** A visitor's message that wants to be stored. */
export interface Incoming {
  tenantId: string;
  visitorId: string;
  clientMsgId: string;
  text: string;
  page: PageContext | null;
  language: string | null;
  traceparent: string;
}

/** Where a message stands; the same for every repetition of it. */
export interface Stored {
  id: string;
  n: number;
  at: string;
}

interface StoredRow {
  visitor_id: string;
  client_msg_id: string;
  id: string;
  n: number;
  at: Date;
}

const columns = `unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::uuid[], $6::text[])
  as i(tenant_id, visitor_id, place, id, client_msg_id, text)`;

/** Numbers and stores in one statement: a thread's row gives as many numbers as it has messages here. */
const insertText = `
  with input as (select * from ${columns}),
  bumped as (
    update thread t set last_n = t.last_n + c.messages
    from (select tenant_id, visitor_id, max(place) as messages from input group by 1, 2) c
    where t.tenant_id = c.tenant_id and t.visitor_id = c.visitor_id
    returning t.tenant_id, t.visitor_id, t.last_n - c.messages as base
  )
  insert into message (tenant_id, visitor_id, n, id, client_msg_id, direction, text, at)
  select i.tenant_id, i.visitor_id, b.base + i.place, i.id, i.client_msg_id, 'in', i.text, clock_timestamp()
  from input i join bumped b on b.tenant_id = i.tenant_id and b.visitor_id = i.visitor_id
  on conflict do nothing
  returning visitor_id, client_msg_id, id, n, at`;

const lockText = `
  select t.visitor_id from thread t
  where (t.tenant_id, t.visitor_id) in (select * from unnest($1::uuid[], $2::uuid[]))
  order by t.tenant_id, t.visitor_id for update`;

const knownText = `
  select m.visitor_id, m.client_msg_id, m.id, m.n, m.at
  from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as i(tenant_id, visitor_id, client_msg_id)
  join message m on m.tenant_id = i.tenant_id and m.visitor_id = i.visitor_id and m.client_msg_id = i.client_msg_id`;

/** Some of the messages were stored before: their numbers must not be drawn again. */
class SomeKnown extends Error {}

const keyOf = (visitorId: string, clientMsgId: string) => `${visitorId} ${clientMsgId}`;

/**
 * Stores messages and publishes `inbound.received` for each, in one transaction, and resolves after its commit to
 * where each stands, in their order; undefined where the thread does not exist. No two may be the same message.
 *
 * Nearly always all are new, and one statement does it. Where the insert finds one known (a repetition after a lost
 * acknowledgement), the numbers drawn for it would leave a gap: the transaction is given up and done again the
 * careful way, which locks the threads first and then looks what is there.
 */
export async function recordMessages(database: Database, messages: readonly Incoming[]): Promise<(Stored | undefined)[]> {
  const tenants = [...new Set(messages.map((message) => message.tenantId))];
  try {
    return await database.batch(tenants, async (tx) => {
      await threadTurnstile.enter(tx);
      const stored = await insert(tx, messages);
      if (stored.size < messages.length) throw new SomeKnown();
      return inOrder(messages, stored);
    });
  } catch (error) {
    if (!(error instanceof SomeKnown)) throw error;
  }
  return database.batch(tenants, async (tx) => {
    await threadTurnstile.enter(tx);
    const threads = messages.map((message) => message.visitorId);
    const tenantIds = messages.map((message) => message.tenantId);
    const [present, known] = await Promise.all([
      tx.query<{ visitor_id: string }>({ text: lockText, values: [tenantIds, threads] }),
      tx.query<StoredRow>({ text: knownText, values: [tenantIds, threads, messages.map((message) => message.clientMsgId)] }),
    ]);
    const stored = storedBy(known);
    const exists = new Set(present.map((row) => row.visitor_id));
    const fresh = messages.filter(({ visitorId, clientMsgId }) => exists.has(visitorId) && !stored.has(keyOf(visitorId, clientMsgId)));
    if (fresh.length > 0) for (const [key, value] of await insert(tx, fresh)) stored.set(key, value);
    return inOrder(messages, stored);
  });
}

async function insert(tx: Tx, messages: readonly Incoming[]): Promise<Map<string, Stored>> {
  const places = new Map<string, number>();
  const rows = await tx.query<StoredRow>({
    name: 'record-messages',
    text: insertText,
    values: [
      messages.map((message) => message.tenantId),
      messages.map((message) => message.visitorId),
      messages.map(({ visitorId }) => {
        const place = (places.get(visitorId) ?? 0) + 1;
        places.set(visitorId, place);
        return place;
      }),
      messages.map(() => uuidv7()),
      messages.map((message) => message.clientMsgId),
      messages.map((message) => message.text),
    ],
  });
  const stored = storedBy(rows);
  for (const message of messages) {
    const at = stored.get(keyOf(message.visitorId, message.clientMsgId))?.at;
    if (at) tx.publish(received(message, at));
  }
  return stored;
}

function received({ tenantId, visitorId, clientMsgId, text, page, language, traceparent }: Incoming, occurredAt: string) {
  return newEvent(
    inboundReceived,
    { source: 'webchat', tenantId, traceparent },
    { channel: 'webchat', identity: visitorId, externalId: clientMsgId, text, profile: { name: null, language }, page, occurredAt },
  );
}

const storedBy = (rows: readonly StoredRow[]) =>
  new Map(rows.map((row) => [keyOf(row.visitor_id, row.client_msg_id), { id: row.id, n: row.n, at: row.at.toISOString() }]));

const inOrder = (messages: readonly Incoming[], stored: ReadonlyMap<string, Stored>) =>
  messages.map(({ visitorId, clientMsgId }) => stored.get(keyOf(visitorId, clientMsgId)));
