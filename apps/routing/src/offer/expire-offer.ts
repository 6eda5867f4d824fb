import type { Timer } from '@cordboard/persistence';
import { freeUnit } from '../agent/agent.rows';
import type { Change } from '../change/change';
import { moveOne } from '../work/move-work';
import { elapsed, lockWorkOfOffer } from '../work/work.rows';
import { endLiveOffer } from './offer.rows';

/** An offer rang out: the agent is set away, the work goes to the next at its original age. The timer's key is the offer. */
export async function expireOffer(change: Change, timer: Timer): Promise<void> {
  const work = await lockWorkOfOffer(change.tx, timer.tenantId, timer.key);
  if (work?.offer_id !== timer.key) return;
  const offer = await endLiveOffer(change, work, 'expired');
  if (!offer) return;
  const agent = await freeUnit(change.tx, offer.agent_id, true);
  if (!agent) throw new Error(`Agent ${offer.agent_id} had an offer but is not known to routing.`);
  change.agent(agent);
  await moveOne(change, {
    work,
    to: 'queued',
    cause: 'expired',
    agentId: null,
    person: { id: agent.person_id, name: agent.name },
    durationMs: elapsed(work, offer.made_at),
    refusal: { agentId: agent.person_id, at: work.now.getTime(), how: 'expired' },
  });
}
