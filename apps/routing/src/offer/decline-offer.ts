import { clearTimer } from '@cordboard/persistence';
import type { Actor } from '@cordboard/rpc';
import { freeUnit } from '../agent/agent.rows';
import type { Change } from '../change/change';
import { moveOne } from '../work/move-work';
import { elapsed, lockWorkOfOffer } from '../work/work.rows';
import { answerOffer, tellEnding } from './offer.rows';
import { offerGone } from './offer-gone';

/** The offered agent passes; the work goes back to its place in line. Throws OFFER_GONE. */
export async function declineOffer(
  change: Change,
  actor: Actor,
  input: { tenantId: string; offerId: string; token: number; reason: string },
): Promise<Record<string, never>> {
  const { tenantId, offerId, token, reason } = input;
  const { tx } = change;
  const agentId = actor.personId;
  const [, work] = await Promise.all([clearTimer(tx, { tenantId, kind: 'offer', key: offerId }), lockWorkOfOffer(tx, tenantId, offerId)]);
  const offer = work && (await answerOffer(tx, work, { offerId, token, agentId }, 'declined', reason));
  if (!offer) throw await offerGone(tx, tenantId, offerId, agentId);
  await moveOne(change, {
    work,
    to: 'queued',
    cause: 'declined',
    agentId: null,
    person: { id: agentId, name: actor.name },
    durationMs: elapsed(work, offer.made_at),
    detail: reason,
    refusal: { agentId, at: work.now.getTime(), how: 'declined' },
  });
  change.agent(await freeUnit(tx, agentId));
  tellEnding(change, work, offer, 'declined');
  return {};
}
