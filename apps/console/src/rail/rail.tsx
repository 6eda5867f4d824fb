import { IconClock, IconHelp, IconMessageCircle, IconUsers } from '@cordboard/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentRoute, go, type Route, useRoute } from '../shared/route';
import { PresenceMenu } from './presence-menu';

function Place({
  to,
  label,
  count,
  children,
}: {
  to: Route;
  label: string;
  count?: { shown: number; words: string };
  children: ReactNode;
}) {
  const route = useRoute();
  const here = route.place === to.place;
  return (
    <button
      type="button"
      className="rail-item"
      aria-current={here ? 'page' : undefined}
      aria-label={count && count.shown > 0 ? `${label}, ${count.words}` : label}
      title={label}
      onClick={() => currentRoute().place !== to.place && go(to)}
    >
      {children}
      {count && count.shown > 0 ? (
        <span className="rail-count" aria-hidden="true">
          {count.shown > 99 ? '99+' : count.shown}
        </span>
      ) : null}
    </button>
  );
}

/** The places of the product, and me at the bottom. */
export function Rail({ unread, waiting, onHelp }: { unread: number; waiting: number; onHelp: () => void }) {
  const { t } = useTranslation();
  return (
    <nav className="rail" aria-label={t('rail.label')}>
      <Place
        to={{ place: 'conversations', tenantId: null, conversationId: null }}
        label={t('rail.conversations')}
        count={{ shown: unread, words: t('list.unread', { count: unread }) }}
      >
        <IconMessageCircle size={20} stroke={1.6} />
      </Place>
      <Place
        to={{ place: 'waiting' }}
        label={t('rail.waiting')}
        count={{ shown: waiting, words: t('rail.waitingCount', { count: waiting }) }}
      >
        <IconClock size={20} stroke={1.6} />
      </Place>
      <Place to={{ place: 'people' }} label={t('rail.people')}>
        <IconUsers size={20} stroke={1.6} />
      </Place>
      <span className="rail-space" />
      <button
        type="button"
        className="rail-item rail-help"
        aria-label={t('rail.keys')}
        title={t('rail.keys')}
        aria-keyshortcuts="?"
        onClick={onHelp}
      >
        <IconHelp size={20} stroke={1.6} />
      </button>
      <PresenceMenu />
    </nav>
  );
}
