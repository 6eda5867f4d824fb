import { IconCloudOff } from '@cordboard/ui';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '../api/socket';
import { useStore } from '../shared/store';
import { clockOf } from '../shared/time-words';

const quietForMs = 1_200;

/** Tells when the live connection is gone, and since when what is shown may be stale; says nothing about a blink. */
export function ConnectionLine() {
  const { t, i18n } = useTranslation();
  const { state, since } = useStore(connection);
  const [late, setLate] = useState(false);
  useEffect(() => {
    setLate(false);
    if (state === 'connected') return;
    const timer = setTimeout(() => setLate(true), quietForMs);
    return () => clearTimeout(timer);
  }, [state]);
  const told = late && state !== 'connected';
  return (
    <div className="connection" data-testid="connection-state" data-state={state} data-told={told || undefined} role="status">
      {told ? (
        <>
          <IconCloudOff size={16} aria-hidden="true" />
          <span>{t(state === 'connecting' ? 'connection.connecting' : 'connection.reconnecting')}</span>
          {state === 'reconnecting' ? (
            <span className="connection-since">{t('connection.since', { time: clockOf(since, i18n.language) })}</span>
          ) : null}
        </>
      ) : (
        <span className="sr-only">{state === 'connected' ? t('connection.connected') : ''}</span>
      )}
    </div>
  );
}
