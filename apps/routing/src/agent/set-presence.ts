import type { AgentPresence, AwayReason, PresenceStatus } from '@cordboard/events';
import { type Actor, UserError } from '@cordboard/rpc';
import type { Change } from '../change/change';
import { type AgentRow, agentColumns, presenceOf } from './agent.rows';
import { ensureAgent } from './ensure-agent';

/** The agent says whether they can be offered work. Becoming available puts them at the end of the idle line. */
export async function setPresence(
  change: Change,
  actor: Actor,
  { status, reason }: { status: PresenceStatus; reason: AwayReason | null },
): Promise<AgentPresence> {
  if (status === 'away' && !reason) throw new UserError('REASON_MISSING', 'Say why you are away: choose a reason.');
  if (reason === 'missed_offer') throw new UserError('REASON_NOT_YOURS', 'This reason is set when an offer was missed. Choose another.');
  await ensureAgent(change.tx, actor);
  const row = await change.tx.first<AgentRow>(
    `update agent a set status = $2, reason = $3, version = a.version + 1,
       since = case when a.status = $2 and a.reason is not distinct from $3 then a.since else now() end,
       idle_since = case when a.status <> 'available' and $2 = 'available' then now() else a.idle_since end
     where person_id = $1 returning ${agentColumns}`,
    [actor.personId, status, status === 'away' ? reason : null],
  );
  if (!row) throw new Error(`Agent ${actor.personId} is gone although the row was just made sure of.`);
  change.agent(row);
  return presenceOf(row);
}
