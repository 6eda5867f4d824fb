import type { RoutingFixture } from './routing-fixture';

type Asks = Pick<RoutingFixture, 'query'>;

/**
 * What must hold at every instant, read by one statement and therefore from one snapshot. Returns the breaches in
 * words; an empty list is good.
 */
export async function breaches(routing: Asks): Promise<string[]> {
  const rows = await routing.query<{ breach: string }>(`
    select 'P1: ' || count(*) || ' live offers of conversation ' || conversation_id as breach
      from routing.offer where state = 'live' group by conversation_id having count(*) > 1
    union all
    select 'P2: agent ' || person_id || ' has load ' || load || ' of ' || capacity from routing.agent where load > capacity
    union all
    select 'P2: agent ' || a.person_id || ' has load ' || a.load || ' but ' || count(w.*) || ' conversations'
      from routing.agent a left join routing.work_item w on w.agent_id = a.person_id group by a.person_id having a.load <> count(w.*)
    union all
    select 'P6: conversation ' || w.conversation_id || ' is ' || w.state || ' and its offer is ' || coalesce(o.state, 'missing')
      from routing.work_item w left join routing.offer o on o.tenant_id = w.tenant_id and o.id = w.offer_id
      where (w.state = 'offered') is distinct from (o.state is not distinct from 'live')
    union all
    select 'P6: offer ' || id || ' rings without a deadline' from routing.offer o
      where o.state = 'live' and not exists (select from routing.timer t where t.kind = 'offer' and t.key = o.id::text)`);
  return rows.map(({ breach }) => breach);
}

/** P3: who is free beside what waits, once a cycle is over and no refusal is fresh. */
export async function idleBesideWaiting(routing: Asks): Promise<string[]> {
  const rows = await routing.query<{ breach: string }>(`
    select distinct 'P3: ' || w.conversation_id || ' waits beside ' || a.person_id as breach
    from routing.work_item w
    join routing.agent a on w.tenant_id = any (a.tenants) and a.load < a.capacity and a.status = 'available' and a.attendance = 'here'
    join routing.lease l on l.person_id = a.person_id and l.expires_at > now()
    where w.state = 'queued'`);
  return rows.map(({ breach }) => breach);
}

interface Told {
  conversationId: string;
  version: number;
  state: string;
  agentId: string | null;
  enqueuedAt: string;
}

/** P9: folding what was published, in order, must give what stands in the tables, with no version missing. */
export async function replayDiffers(routing: Asks): Promise<string[]> {
  const log = await routing.query<{ body: string }>(`select body from bus.log where type = 'work.changed' order by id`);
  const last = new Map<string, Told>();
  const found: string[] = [];
  for (const { body } of log) {
    const told: Told = JSON.parse(body).data;
    const before = last.get(told.conversationId);
    if (told.version !== (before?.version ?? 0) + 1) found.push(`${told.conversationId}: ${told.version} follows ${before?.version}`);
    if (before && before.enqueuedAt !== told.enqueuedAt) found.push(`${told.conversationId}: its age changed`);
    last.set(told.conversationId, told);
  }
  const work = await routing.query<{ conversation_id: string; version: number; state: string; agent_id: string | null }>(
    'select conversation_id, version, state, agent_id from routing.work_item',
  );
  for (const row of work) {
    const told = last.get(row.conversation_id);
    if (told?.version !== row.version || told.state !== row.state || told.agentId !== row.agent_id) {
      found.push(`${row.conversation_id}: told ${JSON.stringify(told)}, stands ${JSON.stringify(row)}`);
    }
  }
  return found;
}
