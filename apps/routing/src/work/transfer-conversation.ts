import { type Actor, type OutputOf, type routingCalls, UserError } from '@cordboard/rpc';
import { type AgentRow, freeUnit } from '../agent/agent.rows';
import type { Change } from '../change/change';
import { endLiveOffer } from '../offer/offer.rows';
import { assignWork } from './assign-work';
import { lockExpected } from './expect-version';
import { moveOne } from './move-work';
import { type WorkRow, workView } from './work.rows';

/** Hands a conversation to an agent who is there, serves the tenant and has room, or (null) back to its place in line. */
export async function transferConversation(
  change: Change,
  actor: Actor,
  input: { tenantId: string; conversationId: string; expectedVersion: number; toAgentId: string | null },
): Promise<OutputOf<typeof routingCalls.transferConversation>> {
  const work = await lockExpected(change, actor, input);
  const row = input.toAgentId ? await toAgent(change, actor, work, input.toAgentId) : await toQueue(change, actor, work);
  return workView(row);
}

async function toAgent(change: Change, actor: Actor, work: WorkRow, agentId: string): Promise<WorkRow> {
  if (work.state === 'active' && work.agent_id === agentId) return work;
  const agent = await change.tx.first<Pick<AgentRow, 'name' | 'status' | 'attendance'>>(
    'select name, status, attendance from agent where person_id = $1 and operator_id = $2 and $3 = any (tenants)',
    [agentId, actor.operatorId, work.tenant_id],
  );
  if (!agent) throw new UserError('AGENT_NOT_SERVING', 'This agent does not serve the tenant of this conversation. Choose another.');
  if (agent.attendance !== 'here' || agent.status === 'offline') {
    throw new UserError('AGENT_OFFLINE', `${agent.name} is offline. Choose somebody who is there, or send it back to the queue.`);
  }
  const person = { id: actor.personId, name: actor.name };
  const move = { cause: 'transferred' as const, person, detail: agent.name };
  return assignWork(change, work, { id: agentId, name: agent.name }, move);
}

async function toQueue(change: Change, actor: Actor, work: WorkRow): Promise<WorkRow> {
  if (work.state === 'queued' || !work.agent_id) return work;
  await endLiveOffer(change, work, 'withdrawn', 'transferred');
  change.agent(await freeUnit(change.tx, work.agent_id));
  const row = await moveOne(change, {
    work,
    to: 'queued',
    cause: 'transferred',
    agentId: null,
    person: { id: actor.personId, name: actor.name },
    refusal: { agentId: work.agent_id, at: work.now.getTime(), how: 'transferred' },
  });
  return row;
}
