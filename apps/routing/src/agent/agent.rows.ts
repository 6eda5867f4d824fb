import type { AgentPresence, AwayReason, PresenceStatus } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';

/**
 * A row of agent. `status` is what the agent chose; while `attendance` is not `here` (no live lease) everybody sees
 * them offline. `missing` keeps their chats, `gone` gives them back; `absence` counts the times they went missing.
 */
export interface AgentRow {
  person_id: string;
  operator_id: string;
  name: string;
  tenants: string[];
  capacity: number;
  load: number;
  status: PresenceStatus;
  reason: AwayReason | null;
  since: Date;
  attendance: 'here' | 'missing' | 'gone';
  absence: number;
  version: number;
}

export const agentColumns = ['person_id', 'operator_id', 'name', 'tenants', 'capacity', 'load', 'status', 'reason', 'since']
  .concat(['attendance', 'absence', 'version'])
  .map((column) => `a.${column}`)
  .join(', ');

/** What everybody may see of an agent. */
export function presenceOf(row: AgentRow): AgentPresence {
  const here = row.attendance === 'here';
  return {
    personId: row.person_id,
    status: here ? row.status : 'offline',
    reason: here ? row.reason : null,
    since: row.since.toISOString(),
    load: row.load,
    capacity: row.capacity,
    version: row.version,
  };
}

/** Units of work for agents, in the order they are handed out. */
export interface Units {
  personId: string;
  units: number;
}

/**
 * Takes room for work, all units of an agent or none: the statement itself compares with the capacity, so no two
 * transactions together can take more than there is. Resolves to the agents who had the room. `offers`: only
 * agents who are there and available.
 */
export function takeUnits(tx: Tx, wanted: readonly Units[], kind: 'offers' | 'assignment'): Promise<AgentRow[]> {
  return tx.query<AgentRow>({
    name: 'agent-take-units',
    text: `
      update agent a set load = a.load + t.units, idle_since = now() + t.place * interval '1 microsecond', version = a.version + 1
      from unnest($1::uuid[], $2::int[]) with ordinality as t(person_id, units, place)
      where a.person_id = t.person_id
        and a.load + t.units <= a.capacity
        and ($3 = 'assignment' or (a.status = 'available' and a.attendance = 'here'))
      returning ${agentColumns}`,
    values: [wanted.map(({ personId }) => personId), wanted.map(({ units }) => units), kind],
  });
}

/** Gives back one unit; `missedOffer` also sends an available agent away. */
export function freeUnit(tx: Tx, personId: string, missedOffer = false): Promise<AgentRow | undefined> {
  return tx.first<AgentRow>({
    name: 'agent-free-unit',
    text: `
      update agent a set load = a.load - 1, version = a.version + 1,
        status = case when $2::boolean and a.status = 'available' then 'away' else a.status end,
        reason = case when $2 and a.status = 'available' then 'missed_offer' else a.reason end,
        since = case when $2 and a.status = 'available' then now() else a.since end
      where a.person_id = $1
      returning ${agentColumns}`,
    values: [personId, missedOffer],
  });
}

/** Reads an agent and keeps the row from changing until the transaction ends. */
export function lockAgent(tx: Tx, personId: string): Promise<AgentRow | undefined> {
  return tx.first<AgentRow>({
    name: 'agent-lock',
    text: `select ${agentColumns} from agent a where person_id = $1 for update`,
    values: [personId],
  });
}

/** The same for several, in the order of their ids: two transactions that need the same two agents cannot block each other. */
export async function lockAgents(tx: Tx, personIds: readonly string[]): Promise<void> {
  await tx.execute({
    name: 'agents-lock',
    text: 'select from agent where person_id = any ($1::uuid[]) order by person_id for update',
    values: [[...new Set(personIds)]],
  });
}

export async function agentName(tx: Tx, personId: string | null): Promise<string | null> {
  if (!personId) return null;
  const row = await tx.first<{ name: string }>('select name from agent where person_id = $1', [personId]);
  return row?.name ?? null;
}
