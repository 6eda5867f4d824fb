import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { offerNews } from '../live/offers';
import { useQueues, useTenants } from '../shared/session';
import { useStore } from '../shared/store';
import { showToast } from '../shared/toasts';
import { OfferCard } from './offer-card';
import { useOffers } from './use-offers';
import { useRinging } from './use-ringing';

/** The offer that runs out first, and how many more wait behind it. */
export function OfferStack({ unread }: { unread: number }) {
  const { t } = useTranslation();
  const tenants = useTenants();
  const queues = useQueues();
  const { offers, busy, accept, decline } = useOffers();
  const [first] = offers;
  const tenant = tenants.get(first?.tenantId ?? '');
  useRinging(first, tenant, unread);
  const news = useStore(offerNews);
  useEffect(() => {
    if (!news) return;
    const name = tenants.get(news.offer.tenantId)?.shortName ?? '';
    showToast(t(`offer.news.${news.kind}`, { tenant: name, name: news.takenBy ?? '' }), { tone: news.kind === 'missed' ? 'bad' : 'plain' });
    offerNews.set(null);
  }, [news, t, tenants]);
  const onAccept = useCallback(() => {
    if (first && busy === null) void accept(first);
  }, [first, busy, accept]);
  return (
    <>
      <div className="sr-only" role="status" aria-live="assertive">
        {first ? t('offer.announce', { tenant: tenant?.name ?? '', preview: first.preview }) : ''}
      </div>
      {first ? (
        <OfferCard
          key={first.id}
          offer={first}
          more={offers.length - 1}
          busy={busy !== null}
          tenant={tenant}
          queue={queues.get(first.queueId)}
          onAccept={onAccept}
          onDecline={(reason) => void decline(first, reason)}
        />
      ) : null}
    </>
  );
}
