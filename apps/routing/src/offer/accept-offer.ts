import { clearTimer } from '@cordboard/persistence';
import type { Actor, OutputOf, routingCalls } from '@cordboard/rpc';
import type { Change } from '../change/change';
import { moveOne } from '../work/move-work';
import { elapsed, lockWorkOfOffer, workView } from '../work/work.rows';
import { answerOffer, tellEnding } from './offer.rows';
import { offerGone } from './offer-gone';

/** The offered agent takes the work; the unit of load the offer held becomes the chat's. Throws OFFER_GONE. */
export async function acceptOffer(
  change: Change,
  actor: Actor,
  input: { tenantId: string; offerId: string; token: number },
): Promise<OutputOf<typeof routingCalls.acceptOffer>> {
  const { tenantId, offerId, token } = input;
  const { tx } = change;
  const [, work] = await Promise.all([clearTimer(tx, { tenantId, kind: 'offer', key: offerId }), lockWorkOfOffer(tx, tenantId, offerId)]);
  const offer = work && (await answerOffer(tx, work, { offerId, token, agentId: actor.personId }, 'accepted'));
  if (!offer) throw await offerGone(tx, tenantId, offerId, actor.personId);
  const active = await moveOne(change, {
    work,
    to: 'active',
    cause: 'accepted',
    agentId: actor.personId,
    person: { id: actor.personId, name: actor.name },
    durationMs: elapsed(work, work.enqueued_at),
  });
  tellEnding(change, work, offer, 'accepted');
  return workView(active);
}
