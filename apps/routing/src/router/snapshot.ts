import type { Tx } from '@cordboard/persistence';
import { type ChoiceRules, type FreeAgent, type Refusal, type Snapshot, type WaitingItem } from '../choice/choose';

interface AgentFree {
  person_id: string;
  tenants: string[];
  load: number;
  capacity: number;
  idle_since: number;
  at: number;
}

interface Waiting {
  tenant_id: string;
  conversation_id: string;
  version: number;
  enqueued_at: number;
  priority: number;
  refusals: Refusal[];
}

/** Milliseconds since 1970 with microseconds as fractions: what JavaScript's Date would cut off decides who is idle longest. */
const epochMs = (expression: string) => `extract(epoch from ${expression})::float8 * 1000`;

/**
 * Who is free and, for the tenants they serve, what waits longest; undefined when another router has the operator just
 * now. The lock is held to the end of the transaction and taken before anything is read: what the choice sees cannot
 * be offered by another router meanwhile.
 */
export async function takeSnapshot(
  tx: Tx,
  operatorId: string,
  tenantIds: readonly string[],
  rules: ChoiceRules,
  perTenant: number,
): Promise<Snapshot | undefined> {
  const [lock, free] = await Promise.all([
    tx.first<{ mine: boolean }>({
      name: 'router-lock',
      text: 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine',
      values: [`routing ${operatorId}`],
    }),
    freeAgents(tx, operatorId, tenantIds),
  ]);
  if (!lock?.mine) return undefined;
  const [first] = free;
  if (!first) return { at: 0, items: [], agents: [], rules };
  const served = tenantIds.filter((id) => free.some((agent) => agent.tenants.includes(id)));
  const items = await waitingOf(tx, served, perTenant);
  return { at: first.at, items: items.map(itemOf), agents: free.map(agentOf), rules };
}

function freeAgents(tx: Tx, operatorId: string, tenantIds: readonly string[]): Promise<AgentFree[]> {
  return tx.query<AgentFree>({
    name: 'router-agents',
    text: `
      select person_id, tenants, load, capacity, ${epochMs('idle_since')} as idle_since, ${epochMs('now()')} as at
      from agent a
      where operator_id = $1 and status = 'available' and attendance = 'here' and load < capacity and tenants && $2::uuid[]
        and exists (select from lease l where l.person_id = a.person_id and l.expires_at > now())
      order by person_id`,
    values: [operatorId, tenantIds],
  });
}

function waitingOf(tx: Tx, tenantIds: readonly string[], perTenant: number): Promise<Waiting[]> {
  return tx.query<Waiting>({
    name: 'router-waiting',
    text: `
      select w.tenant_id, w.conversation_id, w.version, ${epochMs('w.enqueued_at')} as enqueued_at, w.priority, w.refusals
      from unnest($1::uuid[]) as t(id)
      cross join lateral (
        select * from work_item where tenant_id = t.id and state = 'queued' order by tenant_id, rank_at, conversation_id limit $2
      ) w`,
    values: [tenantIds, perTenant],
  });
}

const itemOf = (row: Waiting): WaitingItem => ({
  tenantId: row.tenant_id,
  conversationId: row.conversation_id,
  version: row.version,
  enqueuedAt: row.enqueued_at,
  priority: row.priority,
  refusals: row.refusals,
});

const agentOf = (row: AgentFree): FreeAgent => ({
  personId: row.person_id,
  tenants: row.tenants,
  load: row.load,
  capacity: row.capacity,
  idleSince: row.idle_since,
});
