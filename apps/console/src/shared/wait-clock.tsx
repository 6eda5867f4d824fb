import { useTranslation } from 'react-i18next';
import { useNow } from './use-now';
import { clockText, waitState } from './wait';

const shapes = { ok: '', near: '▲', breached: '■' } as const;

/** How long somebody waits, with its meaning in colour, shape and words. */
export function WaitClock({ since, queue }: { since: string; queue?: { targetMs: number; nearMs: number } | undefined }) {
  const { t } = useTranslation();
  const waited = useNow() - Date.parse(since);
  const state = waitState(waited, queue);
  return (
    <span className="clock" data-state={state} title={t(`wait.${state}`)}>
      {shapes[state] ? <i aria-hidden="true">{shapes[state]}</i> : null}
      {clockText(waited)}
      <span className="sr-only">{t(`wait.${state}`)}</span>
    </span>
  );
}
