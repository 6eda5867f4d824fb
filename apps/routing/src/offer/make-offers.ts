import { offerMade } from '@cordboard/events';
import { setTimer } from '@cordboard/persistence';
import { v7 as uuidv7 } from 'uuid';
import { type AgentRow, lockAgents, takeUnits, type Units } from '../agent/agent.rows';
import type { Change } from '../change/change';
import type { Decision } from '../choice/choose';
import { moveWork } from '../work/move-work';
import { elapsed, type WorkRow, workColumns } from '../work/work.rows';
import { type OfferRow, offerColumns, offerShape } from './offer.rows';

interface Pending {
  id: string;
  token: number;
  work: WorkRow;
  agent: AgentRow;
  decision: Decision;
}

/**
 * Turns decisions into offers, set-wise: locks what still waits as the choice saw it (whatever somebody else is
 * touching is left for the next cycle), takes the room of the agents, moves the work, writes offers and deadlines.
 * Resolves to how long each had waited, in
 * milliseconds.
 */
export async function makeOffers(change: Change, decisions: readonly Decision[]): Promise<number[]> {
  const { offerTimeoutMs } = change.config;
  const pending = await claim(change, decisions);
  if (pending.length === 0) return [];
  const [, offers] = await Promise.all([
    moveWork(change, pending.map(moveOf)),
    insertOffers(change, pending, offerTimeoutMs),
    ...pending.map(({ id, token, decision }) =>
      setTimer(change.tx, { tenantId: decision.tenantId, kind: 'offer', key: id, version: token }, offerTimeoutMs),
    ),
  ]);
  const byId = new Map(offers.map((offer) => [offer.id, offer]));
  for (const { id, work } of pending) {
    const offer = byId.get(id);
    if (offer) change.tell(offerMade, work.tenant_id, work.traceparent, offerShape(work, offer));
  }
  return pending.map(({ work }) => elapsed(work, work.enqueued_at));
}

async function claim(change: Change, decisions: readonly Decision[]): Promise<Pending[]> {
  const { tx } = change;
  const waiting = new Map((await lockWaiting(change, decisions)).map((row) => [row.conversation_id, row]));
  const possible = decisions.filter((decision) => waiting.has(decision.conversationId));
  if (possible.length === 0) return [];
  const [, agents, tokens] = await Promise.all([
    lockAgents(
      tx,
      possible.map(({ agentId }) => agentId),
    ),
    takeUnits(tx, unitsOf(possible), 'offers'),
    tx.query<{ token: string }>(`select nextval('fence') as token from generate_series(1, $1::int)`, [possible.length]),
  ]);
  change.agent(...agents);
  const ready = new Map(agents.map((agent) => [agent.person_id, agent]));
  return possible.flatMap((decision, index) => {
    const work = waiting.get(decision.conversationId);
    const agent = ready.get(decision.agentId);
    return work && agent ? [{ id: uuidv7(), token: Number(tokens[index]?.token), work, agent, decision }] : [];
  });
}

function lockWaiting(change: Change, decisions: readonly Decision[]): Promise<WorkRow[]> {
  return change.tx.query<WorkRow>({
    name: 'work-lock-waiting',
    text: `
      select ${workColumns} from work_item w
      join unnest($1::uuid[], $2::uuid[], $3::int[]) as d(tenant_id, conversation_id, version) using (tenant_id, conversation_id, version)
      where w.state = 'queued' order by w.tenant_id, w.conversation_id for update of w skip locked`,
    values: [
      decisions.map(({ tenantId }) => tenantId),
      decisions.map(({ conversationId }) => conversationId),
      decisions.map(({ version }) => version),
    ],
  });
}

/** Units per agent, agents in the order of their last decision: so they stand in line for the next. */
function unitsOf(decisions: readonly Decision[]): Units[] {
  const units = new Map<string, number>();
  for (const { agentId } of decisions) {
    const held = units.get(agentId) ?? 0;
    units.delete(agentId);
    units.set(agentId, held + 1);
  }
  return [...units].map(([personId, count]) => ({ personId, units: count }));
}

const moveOf = ({ id, work, agent }: Pending) => ({
  work,
  to: 'offered' as const,
  cause: 'offered' as const,
  agentId: agent.person_id,
  offerId: id,
  person: { id: agent.person_id, name: agent.name },
});

function insertOffers(change: Change, pending: readonly Pending[], timeoutMs: number): Promise<OfferRow[]> {
  return change.tx.query<OfferRow>({
    name: 'offer-insert',
    text: `
      insert into offer as o (tenant_id, id, conversation_id, agent_id, token, state, deadline, choice, inputs)
      select p.tenant_id, p.id, p.conversation_id, p.agent_id, p.token, 'live', now() + $8 * interval '1 ms', p.choice, p.inputs::jsonb
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::bigint[], $6::text[], $7::text[])
        as p(tenant_id, id, conversation_id, agent_id, token, choice, inputs)
      returning ${offerColumns}`,
    values: [
      pending.map(({ work }) => work.tenant_id),
      pending.map(({ id }) => id),
      pending.map(({ work }) => work.conversation_id),
      pending.map(({ agent }) => agent.person_id),
      pending.map(({ token }) => token),
      pending.map(({ decision }) => decision.reason),
      pending.map(({ decision }) => JSON.stringify(decision.inputs)),
      timeoutMs,
    ],
  });
}
