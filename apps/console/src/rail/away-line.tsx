import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay, useViewer } from '../shared/session';
import { usePresence } from './use-presence';

/** When an offer ran out unanswered, routing sets a person away: said plainly, with the way back. */
export function AwayLine() {
  const { t } = useTranslation();
  const { presence } = useViewer();
  const mayServe = useMay('presence:set');
  const setPresence = usePresence();
  if (!mayServe || presence.status !== 'AWAY' || presence.reason !== 'MISSED_OFFER') return null;
  return (
    <div className="away-line" role="status">
      <span>{t('presence.missed')}</span>
      <Button variant="default" onClick={() => void setPresence('AVAILABLE')}>
        {t('presence.backAgain')}
      </Button>
    </div>
  );
}
