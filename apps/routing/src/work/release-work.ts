import { freeUnit, lockAgent } from '../agent/agent.rows';
import type { Change } from '../change/change';
import { moveOne } from './move-work';
import { lockWork } from './work.rows';

/** Puts a vanished agent's chat back in line at its original age; nothing when they came back in the meantime. */
export async function releaseStrandedWork(change: Change, tenantId: string, conversationId: string): Promise<void> {
  const { tx } = change;
  const work = await lockWork(tx, tenantId, conversationId);
  if (work?.state !== 'active' || !work.agent_id) return;
  const agent = await lockAgent(tx, work.agent_id);
  if (agent?.attendance !== 'gone') return;
  change.agent(await freeUnit(tx, agent.person_id));
  await moveOne(change, { work, to: 'queued', cause: 'released', agentId: null, person: { id: agent.person_id, name: agent.name } });
}
