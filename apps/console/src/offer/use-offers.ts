import { useQuery } from '@apollo/client/react';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { perform } from '../api/perform';
import type { DeclineReason, Offer, Refusal } from '../api/types';
import { offersQuery } from '../live/live.graphql';
import { offerNews } from '../live/offers';
import { newClientId } from '../shared/client-id';
import { refusalWords } from '../shared/refusal-words';
import { openConversation } from '../shared/route';
import { useSession } from '../shared/session';
import { showToast } from '../shared/toasts';
import { useNow } from '../shared/use-now';
import { acceptOffer, declineOffer } from './offer.graphql';

/** Offers that ring now, the next to run out first, and what can be answered. */
export const useOffers = () => {
  const { client, live } = useSession();
  const { t } = useTranslation();
  const now = useNow();
  const [busy, setBusy] = useState<string | null>(null);
  // The screen follows a key; the next key may be faster.
  const answering = useRef(false);
  const { data } = useQuery(offersQuery, { fetchPolicy: 'cache-only' });
  const offers = ((data?.offers ?? []) as Offer[]).filter((offer) => Date.parse(offer.deadline) > now - 1000);

  const answers = useMemo(() => {
    const gone = (offer: Offer, refusal: Refusal) => {
      if (refusal.takenBy) offerNews.set({ kind: 'taken', offer, takenBy: refusal.takenBy });
      else showToast(refusalWords(refusal, t), { tone: 'bad' });
    };
    const accept = async (offer: Offer, repeated?: string): Promise<void> => {
      if (answering.current || (!repeated && !live.offers.rings(offer.id))) return;
      const clientId = repeated ?? newClientId();
      answering.current = true;
      setBusy(offer.id);
      const input = { clientId, tenantId: offer.tenantId, offerId: offer.id, token: offer.token };
      const outcome = await perform(client, acceptOffer, input);
      answering.current = false;
      setBusy(null);
      if (outcome.kind === 'failed') {
        showToast(t('common.unreachable'), { tone: 'bad', action: { label: t('common.retry'), run: () => void accept(offer, clientId) } });
        return;
      }
      live.offers.drop(offer.id);
      if (outcome.kind === 'refused') return gone(offer, outcome.refusal);
      live.accept(outcome.payload.conversation, null);
      openConversation(offer.tenantId, offer.conversationId);
    };
    const decline = async (offer: Offer, reason: DeclineReason): Promise<void> => {
      if (!live.offers.rings(offer.id)) return;
      live.offers.drop(offer.id);
      const input = { clientId: newClientId(), tenantId: offer.tenantId, offerId: offer.id, token: offer.token, reason };
      const outcome = await perform(client, declineOffer, input);
      if (outcome.kind === 'failed') {
        live.offers.restore(offer);
        showToast(t('common.unreachable'), { tone: 'bad' });
      }
    };
    return { accept, decline };
  }, [client, live, t]);
  return { offers, busy, ...answers };
};
