import type { ConversationHead } from '@cordboard/events';
import { lockAgent, takeUnits } from '../agent/agent.rows';
import type { Change } from '../change/change';
import { moveOne } from './move-work';
import { lockWork } from './work.rows';

/** A closing was undone: back to the agent who had it when they are there and have room, else in line at its original age. */
export async function reopenWork(change: Change, { tenantId, id }: Pick<ConversationHead, 'tenantId' | 'id'>): Promise<void> {
  const work = await lockWork(change.tx, tenantId, id);
  if (work?.state !== 'done') return;
  const agentId = work.last_agent_id && (await takesBack(change, work.last_agent_id)) ? work.last_agent_id : null;
  await moveOne(change, { work, to: agentId ? 'active' : 'queued', cause: 'reopened', agentId, person: null });
}

async function takesBack(change: Change, agentId: string): Promise<boolean> {
  const agent = await lockAgent(change.tx, agentId);
  if (agent?.attendance !== 'here' || agent.status === 'offline') return false;
  const taken = await takeUnits(change.tx, [{ personId: agentId, units: 1 }], 'assignment');
  change.agent(...taken);
  return taken.length === 1;
}
