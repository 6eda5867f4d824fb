import type { BusContext, EventOf } from '@cordboard/event-bus';
import { deliveryReported, newEvent, type outboundRequested } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';
import type { ThreadMessage } from '@cordboard/webchat-protocol';
import { z } from 'zod';
import { groupBy } from '../group-by';
import { lockThreads } from '../thread/lock-threads';

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

/** Whether this is for a visitor of the site chat: an identity that is no visitor's id has no thread. */
export const addressedHere = ({ channel, identity }: { channel: string; identity: string }) =>
  channel === 'webchat' && z.uuid().safeParse(identity).success;

/**
 * Puts agents' messages into their visitors' threads and reports them as sent. A message counts once by its timeline
 * entry, whatever event brings it. `onCarried` is called after the commit with what was written, in order.
 *
 * Nearly always all are new and their threads exist: one statement locks, numbers and writes, in one write with the
 * commit. Where that does not hold the transaction fails and comes again with `isCareful`: then the threads are locked
 * first, so that what is looked up stays true.
 */
export async function carryOutbound(
  { tx, isCareful }: Pick<BusContext, 'tx' | 'isCareful'>,
  events: readonly Outbound[],
  onCarried: (carried: Carried[]) => void,
): Promise<void> {
  const wanted = events.filter((event) => event.data.channel === 'webchat');
  const addressed = wanted.filter((event) => addressedHere(event.data));
  const lost = wanted.filter((event) => !addressed.includes(event));
  const { fresh, astray } = isCareful && addressed.length > 0 ? await look(tx, addressed) : { fresh: addressed, astray: [] };
  if (fresh.length > 0) {
    const written = write(tx, fresh);
    tx.onCommitted(() => void written.then((rows) => onCarried(carriedOf(fresh, rows))));
  }
  report(tx, fresh, 'sent');
  report(tx, [...lost, ...astray], 'failed');
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

/** Which are to be carried, each entry once, and which have no thread to go to. */
async function look(tx: Tx, events: readonly Outbound[]): Promise<{ fresh: Outbound[]; astray: Outbound[] }> {
  const [threads, carried] = await Promise.all([
    lockThreads(
      tx,
      events.map(({ tenantid, data }) => ({ tenantId: tenantid, visitorId: data.identity })),
    ),
    tx.query<{ entry_id: string }>({
      text: `select m.entry_id from unnest($1::uuid[], $2::uuid[]) as i(tenant_id, entry_id)
             join message m on m.tenant_id = i.tenant_id and m.entry_id = i.entry_id`,
      values: [events.map((event) => event.tenantid), events.map((event) => event.data.entryId)],
    }),
  ]);
  const seen = new Set(carried.map((row) => row.entry_id));
  const isNew = ({ data }: Outbound) => !seen.has(data.entryId) && seen.add(data.entryId);
  const left = events.filter(isNew);
  return {
    fresh: left.filter((event) => threads.has(event.data.identity)),
    astray: left.filter((event) => !threads.has(event.data.identity)),
  };
}

const writeText = `
  with input as (
    select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::uuid[], $6::text[], $7::text[])
      as i(tenant_id, visitor_id, place, entry_id, conversation_id, text, author_name)
  ), last as (
    select distinct on (tenant_id, visitor_id) tenant_id, visitor_id, place, conversation_id, author_name
    from input order by tenant_id, visitor_id, place desc
  ), threads as (
    select l.* from last l join thread t on t.tenant_id = l.tenant_id and t.visitor_id = l.visitor_id
    order by t.tenant_id, t.visitor_id for no key update of t
  ), bumped as (
    update thread t set last_n = t.last_n + l.place, conversation_id = l.conversation_id, agent_name = coalesce(l.author_name, t.agent_name)
    from threads l where t.tenant_id = l.tenant_id and t.visitor_id = l.visitor_id
    returning t.tenant_id, t.visitor_id, t.last_n - l.place as base
  ), written as (
    insert into message (tenant_id, visitor_id, n, id, direction, text, entry_id, conversation_id, author_name, at)
    select i.tenant_id, i.visitor_id, b.base + i.place, i.entry_id, 'out', i.text, i.entry_id, i.conversation_id, i.author_name, clock_timestamp()
    from input i join bumped b on b.tenant_id = i.tenant_id and b.visitor_id = i.visitor_id
    on conflict do nothing
    returning entry_id, n, at
  )
  select written.* from (select app.must_be((select count(*) from written), cardinality($1)) as ok) every left join written on every.ok`;

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
