import type { EventOf } from '@cordboard/event-bus';
import { deliveryReported, newEvent, type outboundRequested } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';
import type { ThreadMessage } from '@cordboard/webchat-protocol';
import { z } from 'zod';
import { groupBy } from '../group-by';
import { threadTurnstile } from '../thread/one-writer';

type Outbound = EventOf<typeof outboundRequested>;

/** An agent's message where it stands in a visitor's thread. */
export interface Carried {
  tenantId: string;
  visitorId: string;
  message: ThreadMessage;
}

interface WrittenRow {
  entry_id: string;
  n: number;
  at: Date;
}

const isUuid = (value: string) => z.uuid().safeParse(value).success;

/**
 * Puts agents' messages into their visitors' threads and reports them as sent. A message counts once by its timeline
 * entry, whatever event brings it. The threads are locked first, so that what is then looked up stays true; one
 * statement more numbers and writes them all, in one write with the commit. `onCarried` is called after it with what
 * was written, in order.
 */
export async function carryOutbound(tx: Tx, events: readonly Outbound[], onCarried: (carried: Carried[]) => void): Promise<void> {
  const wanted = events.filter((event) => event.data.channel === 'webchat');
  if (wanted.length === 0) return;
  const addressed = wanted.filter((event) => isUuid(event.data.identity));
  await threadTurnstile.enter(tx);
  const { threads, carried } = await look(tx, addressed);
  const seen = new Set(carried);
  const fresh: Outbound[] = [];
  const undeliverable = wanted.filter((event) => !addressed.includes(event));
  for (const event of addressed) {
    if (seen.has(event.data.entryId)) continue;
    seen.add(event.data.entryId);
    if (threads.has(event.data.identity)) fresh.push(event);
    else undeliverable.push(event);
  }
  if (fresh.length > 0) {
    const written = write(tx, fresh);
    tx.onCommitted(() => void written.then((rows) => onCarried(carriedOf(fresh, rows))));
  }
  report(tx, fresh, 'sent');
  report(tx, undeliverable, 'failed');
}

function carriedOf(events: readonly Outbound[], rows: readonly WrittenRow[]): Carried[] {
  const places = new Map(rows.map((row) => [row.entry_id, row]));
  return events.flatMap(({ tenantid: tenantId, data: { identity: visitorId, entryId: id, text, authorName } }) => {
    const place = places.get(id);
    if (!place) return [];
    const message: ThreadMessage = { id, n: place.n, from: 'agent', text, clientMsgId: null, authorName, at: place.at.toISOString() };
    return [{ tenantId, visitorId, message }];
  });
}

async function look(tx: Tx, events: readonly Outbound[]): Promise<{ threads: Set<string>; carried: string[] }> {
  const tenants = events.map((event) => event.tenantid);
  const [threads, carried] = await Promise.all([
    tx.query<{ visitor_id: string }>({
      name: 'lock-threads',
      text: `select t.visitor_id from thread t where (t.tenant_id, t.visitor_id) in (select * from unnest($1::uuid[], $2::uuid[]))
             order by t.tenant_id, t.visitor_id for update`,
      values: [tenants, events.map((event) => event.data.identity)],
    }),
    tx.query<{ entry_id: string }>({
      name: 'carried-entries',
      text: `select m.entry_id from unnest($1::uuid[], $2::uuid[]) as i(tenant_id, entry_id)
             join message m on m.tenant_id = i.tenant_id and m.entry_id = i.entry_id`,
      values: [tenants, events.map((event) => event.data.entryId)],
    }),
  ]);
  return { threads: new Set(threads.map((row) => row.visitor_id)), carried: carried.map((row) => row.entry_id) };
}

const writeText = `
  with input as (
    select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::uuid[], $6::text[], $7::text[])
      as i(tenant_id, visitor_id, place, entry_id, conversation_id, text, author_name)
  ), last as (
    select distinct on (tenant_id, visitor_id) tenant_id, visitor_id, place, conversation_id, author_name
    from input order by tenant_id, visitor_id, place desc
  ), bumped as (
    update thread t set last_n = t.last_n + l.place, conversation_id = l.conversation_id, agent_name = coalesce(l.author_name, t.agent_name)
    from last l where t.tenant_id = l.tenant_id and t.visitor_id = l.visitor_id
    returning t.tenant_id, t.visitor_id, t.last_n - l.place as base
  )
  insert into message (tenant_id, visitor_id, n, id, direction, text, entry_id, conversation_id, author_name, at)
  select i.tenant_id, i.visitor_id, b.base + i.place, i.entry_id, 'out', i.text, i.entry_id, i.conversation_id, i.author_name, clock_timestamp()
  from input i join bumped b on b.tenant_id = i.tenant_id and b.visitor_id = i.visitor_id
  returning entry_id, n, at`;

function write(tx: Tx, events: readonly Outbound[]): Promise<WrittenRow[]> {
  const places = new Map<string, number>();
  return tx.send<WrittenRow>({
    name: 'carry-outbound',
    text: writeText,
    values: [
      events.map((event) => event.tenantid),
      events.map((event) => event.data.identity),
      events.map(({ data }) => {
        const place = (places.get(data.identity) ?? 0) + 1;
        places.set(data.identity, place);
        return place;
      }),
      events.map((event) => event.data.entryId),
      events.map((event) => event.data.conversationId),
      events.map((event) => event.data.text),
      events.map((event) => event.data.authorName),
    ],
  });
}

/** One report per conversation; a batch has at most 200 messages, as many as a report may name. */
function report(tx: Tx, events: readonly Outbound[], status: 'sent' | 'failed'): void {
  const occurredAt = new Date().toISOString();
  const byConversation = groupBy(events, (event) => `${event.tenantid} ${event.data.identity} ${event.data.conversationId}`);
  for (const group of byConversation.values()) {
    const [first] = group;
    if (!first) continue;
    const { channel, identity, conversationId } = first.data;
    const origin = { source: 'webchat', tenantId: first.tenantid, traceparent: first.traceparent };
    tx.publish(
      newEvent(deliveryReported, origin, {
        channel,
        identity,
        conversationId,
        entryIds: group.map((event) => event.data.entryId),
        status,
        occurredAt,
      }),
    );
  }
}
