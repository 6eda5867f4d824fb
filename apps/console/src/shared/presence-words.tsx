import { useTranslation } from 'react-i18next';
import type { Presence } from '../api/types';
import { ageWords } from './time-words';
import { useNow } from './use-now';

/** “Available”, “Away, lunch”, “Offline”. */
export function PresenceWords({ presence, since }: { presence: Presence; since?: boolean }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const reason = presence.status === 'AWAY' && presence.reason ? `, ${t(`presence.reason.${presence.reason}`)}` : '';
  return (
    <span>
      <b>{t(`presence.${presence.status}`)}</b>
      {reason}
      {since ? ` · ${ageWords(presence.since, now, t, i18n.language)}` : ''}
    </span>
  );
}

/** Places in use, as small bars and in words. */
export function Load({ presence }: { presence: Presence }) {
  const { t } = useTranslation();
  return (
    <span className="load" title={t('presence.load', { load: presence.load, capacity: presence.capacity })}>
      <span className="sr-only">{t('presence.load', { load: presence.load, capacity: presence.capacity })}</span>
      <span className="small quiet" aria-hidden="true">
        {presence.load}/{presence.capacity}
      </span>
      {Array.from({ length: presence.capacity }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place is its number
        <i key={place} data-taken={place < presence.load || undefined} />
      ))}
    </span>
  );
}
