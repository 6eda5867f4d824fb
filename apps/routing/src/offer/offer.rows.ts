import { type OfferShape, offerEnded } from '@cordboard/events';
import type { Tx } from '@cordboard/persistence';
import type { Change } from '../change/change';
import type { WorkRow } from '../work/work.rows';

/** A row of offer, without what the choice saw. */
export interface OfferRow {
  tenant_id: string;
  id: string;
  conversation_id: string;
  agent_id: string;
  token: string;
  made_at: Date;
  deadline: Date;
}

export type OfferEnding = 'accepted' | 'declined' | 'expired' | 'withdrawn';

export const offerColumns = ['tenant_id', 'id', 'conversation_id', 'agent_id', 'token', 'made_at', 'deadline']
  .map((column) => `o.${column}`)
  .join(', ');

export function offerShape(
  work: Pick<WorkRow, 'queue_id' | 'channel' | 'contact_name' | 'preview' | 'enqueued_at'>,
  offer: OfferRow,
): OfferShape {
  return {
    id: offer.id,
    tenantId: offer.tenant_id,
    conversationId: offer.conversation_id,
    queueId: work.queue_id,
    agentId: offer.agent_id,
    channel: work.channel,
    token: Number(offer.token),
    contactName: work.contact_name,
    preview: work.preview,
    enqueuedAt: work.enqueued_at.toISOString(),
    madeAt: offer.made_at.toISOString(),
    deadline: offer.deadline.toISOString(),
  };
}

/** What an agent answers an offer with. */
export interface Answer {
  offerId: string;
  token: number;
  agentId: string;
}

/**
 * Ends an offer by its agent's answer. Fenced: it counts only for the newest offer of the conversation, with its
 * token, before its deadline. Resolves to undefined when the answer came too late.
 */
export function answerOffer(tx: Tx, work: WorkRow, answer: Answer, ending: 'accepted' | 'declined', detail?: string) {
  return tx.first<OfferRow>({
    name: 'offer-answer',
    text: `
      update offer o set state = $5, ended_at = now(), detail = $6
      where o.tenant_id = $1 and o.id = $2 and o.agent_id = $3 and o.state = 'live'
        and o.token = $4
        and o.deadline > now()
      returning ${offerColumns}`,
    values: [work.tenant_id, answer.offerId, answer.agentId, answer.token, ending, detail ?? null],
  });
}

/** Ends the live offer of a work item without its agent. Resolves to undefined when there is none. */
export async function endLiveOffer(change: Change, work: WorkRow, ending: OfferEnding, detail?: string): Promise<OfferRow | undefined> {
  if (!work.offer_id) return undefined;
  const offer = await change.tx.first<OfferRow>({
    name: 'offer-end',
    text: `
      update offer o set state = $3, ended_at = now(), detail = $4 where o.tenant_id = $1 and o.id = $2 and o.state = 'live'
      returning ${offerColumns}`,
    values: [work.tenant_id, work.offer_id, ending, detail ?? null],
  });
  if (offer) tellEnding(change, work, offer, ending);
  return offer;
}

export function tellEnding(change: Change, work: WorkRow, offer: OfferRow, ending: OfferEnding): void {
  change.tell(offerEnded, work.tenant_id, work.traceparent, { ...offerShape(work, offer), ending });
}
