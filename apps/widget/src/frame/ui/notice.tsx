import { useEffect, useState } from 'preact/hooks';
import type { Texts } from '../i18n/texts';
import type { SessionState } from '../store/session-state';

/** A break shorter than this is nobody's concern. */
const patienceMs = 1_500;

/** One line on the state of the connection, only when there is something to know. */
export function Notice({ state, texts }: { state: SessionState; texts: Texts }) {
  const troubled = state.phase === 'waiting' || state.phase === 'connecting';
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!troubled) return setLate(false);
    const timer = setTimeout(() => setLate(true), patienceMs);
    return () => clearTimeout(timer);
  }, [troubled]);

  const text = noticeText(state, texts, troubled && late);
  return (
    <div role="status" class={text ? 'notice' : 'notice empty'} data-kind={state.refused ? 'refused' : state.busy ? 'busy' : 'connection'}>
      {text}
    </div>
  );
}

function noticeText(state: SessionState, texts: Texts, late: boolean): string {
  if (state.refused) return texts.refusedSite;
  if (late && !navigator.onLine) return texts.offline;
  if (late) return state.wasOnline ? texts.reconnecting : texts.connecting;
  if (state.busy) return texts.busy;
  return state.lasting ? '' : texts.keptInMemory;
}
