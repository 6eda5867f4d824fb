import { Hint, tenantColour } from '@cordboard/ui';
import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeclineReason, Offer, Queue, Tenant } from '../api/types';
import { dialogOpen, useFocused, writesText } from '../shared/focus';
import { localized } from '../shared/names';
import { useNow } from '../shared/use-now';
import { clockText } from '../shared/wait';
import { acceptHint, type Focus, offerKey } from './offer-keys';
import { Ring } from './ring';

const declineReasons: readonly DeclineReason[] = ['BUSY', 'NOT_MY_FIELD', 'TECHNICAL', 'OTHER'];

const focusNow = (card: HTMLElement | null): Focus => {
  const active = document.activeElement;
  const own = card?.contains(active) ?? false;
  const openRow = active?.matches('.row[aria-current="true"]') ?? false;
  const control = active instanceof HTMLElement && active.matches('button, a, summary, [role="separator"], input, select');
  return { typing: writesText(active), onControl: control && !own && !openRow, dialog: dialogOpen() };
};

interface CardProps {
  offer: Offer;
  more: number;
  busy: boolean;
  tenant: Tenant | undefined;
  queue: Queue | undefined;
  onAccept: () => void;
  onDecline: (reason: DeclineReason) => void;
}

/** A conversation held out to this person: who, for whom, how long it waited, and the two answers. */
export function OfferCard({ offer, more, busy, tenant, queue, onAccept, onDecline }: CardProps) {
  const { t, i18n } = useTranslation();
  const card = useRef<HTMLElement>(null);
  const [asking, setAsking] = useState(false);
  const waited = useNow() - Date.parse(offer.enqueuedAt);
  useFocused();
  const hint = acceptHint(focusNow(card.current));

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || event.repeat) return;
      const pressed = { key: event.key, ctrl: event.ctrlKey || event.metaKey, other: event.altKey || event.shiftKey };
      const focus = focusNow(card.current);
      const own = card.current?.contains(document.activeElement) ?? false;
      const answer = offerKey(pressed, focus);
      if (!answer || (own && event.key === 'Enter' && !pressed.ctrl)) return;
      event.preventDefault();
      event.stopPropagation();
      if (answer === 'accept') onAccept();
      else setAsking((now) => !now);
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [onAccept]);

  const colour = tenant ? tenantColour(tenant.colour) : undefined;
  return (
    <section ref={card} className="offer" data-testid="offer-card" data-offer-id={offer.id} role="alertdialog" aria-labelledby="offer-who">
      <div className="offer-top">
        <Ring offer={offer} />
        <div className="offer-facts">
          <h2 id="offer-who" className="one-line">
            <span style={{ color: colour }}>{tenant?.name}</span> · {t(`channel.${offer.channel}`)}
          </h2>
          <div className="small quiet">
            <bdi>{offer.contactName ?? t('customer.visitor')}</bdi>
            {queue ? ` · ${localized(queue.name, i18n.language)}` : ''} · {t('offer.waited', { clock: clockText(waited) })}
          </div>
        </div>
        {more > 0 ? <span className="tag offer-more">{t('offer.more', { count: more })}</span> : null}
      </div>
      <p className="offer-preview" dir="auto">
        “{offer.preview}”
      </p>
      {asking ? (
        <fieldset className="offer-why" aria-label={t('offer.why')}>
          <span className="small quiet">{t('offer.why')}</span>
          {declineReasons.map((reason, index) => (
            <Button key={reason} variant="default" autoFocus={index === 0} onClick={() => onDecline(reason)}>
              {t(`offer.reason.${reason}`)}
            </Button>
          ))}
        </fieldset>
      ) : (
        <div className="offer-acts">
          <Button className="btn-primary" disabled={busy} onClick={onAccept} aria-keyshortcuts="Enter Control+Enter">
            {t('offer.accept')}
            <Hint>{hint}</Hint>
          </Button>
          <Button variant="default" disabled={busy} onClick={() => setAsking(true)} aria-keyshortcuts="Escape">
            {t('offer.decline')}
            <Hint>Esc</Hint>
          </Button>
        </div>
      )}
    </section>
  );
}
