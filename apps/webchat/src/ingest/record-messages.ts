import { inboundReceived, newEvent } from '@cordboard/events';
import { type Database, isUnexpectedCount, type Tx } from '@cordboard/persistence';
import type { PageContext } from '@cordboard/webchat-protocol';
import { v7 as uuidv7 } from 'uuid';
import { lockThreads } from '../thread/lock-threads';

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

/** Locks the threads in the one order (tenant, visitor), numbers and stores: a thread gives as many numbers as it has messages here. */
const storeText = `
  with input as (
    select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::uuid[], $6::text[], $7::timestamptz[])
      as i(tenant_id, visitor_id, place, id, client_msg_id, text, at)
  ), threads as (
    select t.tenant_id, t.visitor_id, c.messages
    from (select tenant_id, visitor_id, max(place) as messages from input group by 1, 2) c
    join thread t on t.tenant_id = c.tenant_id and t.visitor_id = c.visitor_id
    order by t.tenant_id, t.visitor_id for no key update of t
  ), bumped as (
    update thread t set last_n = t.last_n + l.messages from threads l
    where t.tenant_id = l.tenant_id and t.visitor_id = l.visitor_id
    returning t.tenant_id, t.visitor_id, t.last_n - l.messages as base
  ), stored as (
    insert into message (tenant_id, visitor_id, n, id, client_msg_id, direction, text, at)
    select i.tenant_id, i.visitor_id, b.base + i.place, i.id, i.client_msg_id, 'in', i.text, i.at
    from input i join bumped b on b.tenant_id = i.tenant_id and b.visitor_id = i.visitor_id
    on conflict do nothing
    returning visitor_id, client_msg_id, id, n, at
  )
  select stored.* from (select app.must_be((select count(*) from stored), cardinality($1)) as ok) every left join stored on every.ok`;

const knownText = `
  select m.visitor_id, m.client_msg_id, m.id, m.n, m.at
  from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as i(tenant_id, visitor_id, client_msg_id)
  join message m on m.tenant_id = i.tenant_id and m.visitor_id = i.visitor_id and m.client_msg_id = i.client_msg_id`;

const keyOf = (visitorId: string, clientMsgId: string) => `${visitorId} ${clientMsgId}`;

/**
 * Stores messages and publishes `inbound.received` for each, in one transaction, and resolves after its commit to
 * where each stands, in their order; undefined where the thread does not exist. No two may be the same message.
 *
 * Nearly always all are new, and the whole transaction, commit included, goes out in one write: the threads stay locked
 * for as long as the server needs, not for as long as this process is busy elsewhere. Where one is known (a repetition
 * after a lost acknowledgement) or its thread does not exist, that transaction fails as a whole, and a careful one
 * locks the threads first and then looks what is there.
 */
export async function recordMessages(database: Database, messages: readonly Incoming[]): Promise<(Stored | undefined)[]> {
  const tenants = [...new Set(messages.map((message) => message.tenantId))];
  const at = new Date().toISOString();
  try {
    let stored: Promise<StoredRow[]> | undefined;
    await database.batch(tenants, async (tx) => {
      stored = store(tx, messages, at);
    });
    return inOrder(messages, storedBy((await stored) ?? []));
  } catch (error) {
    if (!isUnexpectedCount(error)) throw error;
  }
  return database.batch(tenants, async (tx) => {
    const [exists, known] = await Promise.all([
      lockThreads(tx, messages),
      tx.query<StoredRow>({
        text: knownText,
        values: [
          messages.map((message) => message.tenantId),
          messages.map((message) => message.visitorId),
          messages.map((message) => message.clientMsgId),
        ],
      }),
    ]);
    const stored = storedBy(known);
    const fresh = messages.filter(({ visitorId, clientMsgId }) => exists.has(visitorId) && !stored.has(keyOf(visitorId, clientMsgId)));
    if (fresh.length > 0) for (const [key, value] of storedBy(await store(tx, fresh, at))) stored.set(key, value);
    return inOrder(messages, stored);
  });
}

function store(tx: Tx, messages: readonly Incoming[], at: string): Promise<StoredRow[]> {
  const places = new Map<string, number>();
  for (const message of messages) tx.publish(received(message, at));
  return tx.send<StoredRow>({
    name: 'record-messages',
    text: storeText,
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
      messages.map(() => at),
    ],
  });
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
