import { type WorkState, workChanged } from '@cordboard/events';
import type { Change } from '../change/change';
import type { Refusal } from '../choice/choose';
import { type WorkRow, workColumns } from './work.rows';
import { assertMove, type WorkCause } from './work.states';

/** One work item's next step. `work` was locked by this transaction. */
export interface Move {
  work: WorkRow;
  to: WorkState;
  cause: WorkCause;
  /** Who is offered it or has it from now on. */
  agentId: string | null;
  offerId?: string;
  /** Who caused the move. */
  person: Person | null;
  durationMs?: number;
  detail?: string;
  /** Somebody who is not to be asked again at once. */
  refusal?: Refusal;
}

export interface Person {
  id: string;
  name: string;
}

/** Refusals kept with a work item; older ones no longer matter to the choice. */
const refusalsKept = 10;

const text = `
  update work_item w set state = m.state, version = w.version + 1, agent_id = m.agent_id, offer_id = m.offer_id,
    last_agent_id = case when m.state = 'active' then m.agent_id else w.last_agent_id end, refusals = m.refusals::jsonb
  from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[], $5::uuid[], $6::uuid[], $7::text[])
    as m(tenant_id, conversation_id, version, state, agent_id, offer_id, refusals)
  where w.tenant_id = m.tenant_id and w.conversation_id = m.conversation_id and w.version = m.version
  returning ${workColumns}`;

/** The only way a work item changes: checks the table of moves, counts the version up, tells everybody. */
export async function moveWork(change: Change, moves: readonly Move[]): Promise<WorkRow[]> {
  for (const { work, cause, to } of moves) assertMove(work.state, cause, to);
  const rows = await change.tx.query<WorkRow>({
    name: 'work-move',
    text,
    values: [
      moves.map(({ work }) => work.tenant_id),
      moves.map(({ work }) => work.conversation_id),
      moves.map(({ work }) => work.version),
      moves.map(({ to }) => to),
      moves.map(({ agentId }) => agentId),
      moves.map(({ offerId }) => offerId ?? null),
      moves.map(({ work, refusal }) => JSON.stringify([...work.refusals, ...(refusal ? [refusal] : [])].slice(-refusalsKept))),
    ],
  });
  const byId = new Map(rows.map((row) => [row.conversation_id, row]));
  return moves.map((move) => {
    const row = byId.get(move.work.conversation_id);
    if (!row) throw new Error(`Work item ${move.work.conversation_id} changed although this transaction had locked it.`);
    tellWork(change, row, move);
    return row;
  });
}

export async function moveOne(change: Change, move: Move): Promise<WorkRow> {
  const [row] = await moveWork(change, [move]);
  if (!row) throw new Error('A move gives one row for each work item.');
  return row;
}

/** Publishes where a work item stands now. */
export function tellWork(change: Change, row: WorkRow, move: Pick<Move, 'cause' | 'person' | 'durationMs' | 'detail'>): void {
  change.tell(workChanged, row.tenant_id, row.traceparent, {
    conversationId: row.conversation_id,
    tenantId: row.tenant_id,
    state: row.state,
    version: row.version,
    queueId: row.queue_id,
    agentId: row.agent_id,
    enqueuedAt: row.enqueued_at.toISOString(),
    cause: move.cause,
    personId: move.person?.id ?? null,
    personName: move.person?.name ?? null,
    durationMs: move.durationMs ?? null,
    detail: move.detail ?? null,
    occurredAt: row.now.toISOString(),
  });
}
