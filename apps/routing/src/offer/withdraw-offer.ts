import { freeUnit, lockAgent } from '../agent/agent.rows';
import type { Change } from '../change/change';
import { moveOne } from '../work/move-work';
import { elapsed, lockWork } from '../work/work.rows';
import { endLiveOffer } from './offer.rows';

/** Takes an offer back from an agent who is no longer there; nothing when they came back in the meantime. */
export async function withdrawStrandedOffer(change: Change, tenantId: string, conversationId: string): Promise<void> {
  const { tx } = change;
  const work = await lockWork(tx, tenantId, conversationId);
  if (work?.state !== 'offered' || !work.agent_id) return;
  const agent = await lockAgent(tx, work.agent_id);
  if (!agent || (agent.attendance === 'here' && agent.status !== 'offline')) return;
  const offer = await endLiveOffer(change, work, 'withdrawn', 'agent lost');
  if (!offer) return;
  change.agent(await freeUnit(tx, agent.person_id));
  await moveOne(change, {
    work,
    to: 'queued',
    cause: 'withdrawn',
    agentId: null,
    person: { id: agent.person_id, name: agent.name },
    durationMs: elapsed(work, offer.made_at),
  });
}
