import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Offer, Tenant } from '../api/types';
import { offerSound } from '../shared/settings';
import { playOffer } from './sound';

const ringEveryMs = 3_000;

/** Sound, the window's title and, when the window is hidden, a desktop notification, until the offer is answered. */
export const useRinging = (offer: Offer | undefined, tenant: Tenant | undefined, unread: number): void => {
  const { t } = useTranslation();
  const id = offer?.id;
  const preview = offer?.preview ?? '';
  const title = offer ? t('offer.title', { tenant: tenant?.shortName ?? '' }) : null;

  useEffect(() => {
    document.title = title ? `● ${title}` : unread > 0 ? `(${unread}) Cordboard` : 'Cordboard';
  }, [title, unread]);

  useEffect(() => {
    if (!id) return;
    const ring = () => offerSound.get() && playOffer();
    ring();
    const timer = setInterval(ring, ringEveryMs);
    return () => clearInterval(timer);
  }, [id]);

  useEffect(() => {
    if (!id || !title || typeof Notification === 'undefined') return;
    if (Notification.permission !== 'granted' || document.visibilityState === 'visible') return;
    const notification = new Notification(title, { body: preview, tag: id, requireInteraction: true });
    notification.onclick = () => {
      window.focus();
      notification.close();
    };
    return () => notification.close();
  }, [id, title, preview]);
};
