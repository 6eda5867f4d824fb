import type { SiteFace } from '@cordboard/webchat-protocol';
import { Fragment } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { localized, regional } from '../i18n/choose-language';
import { fill, type Texts } from '../i18n/texts';
import type { Session } from '../store/session';
import type { SessionState } from '../store/session-state';
import { Bubble } from './bubble';
import { dayName } from './day-name';
import { logRows } from './log-rows';
import { useStickyScroll } from './use-sticky-scroll';

interface LogProps {
  state: SessionState;
  site: SiteFace;
  texts: Texts;
  language: string;
  session: Session;
}

/** The conversation. Read out as it grows; stays at the newest unless the visitor has scrolled up. */
export function Log({ state, site, texts, language, session }: LogProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => logRows(state.messages, state.outbox), [state.messages, state.outbox]);
  const clock = useMemo(
    () => new Intl.DateTimeFormat(regional(language, navigator.languages), { hour: 'numeric', minute: '2-digit' }),
    [language],
  );
  const { away, toNewest } = useStickyScroll(scroller, rows[0]?.key);
  const hasEarlier = (state.messages[0]?.n ?? 1) > 1;
  const greeting = localized(site.greeting, language);

  return (
    <div class="log-frame">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <div class="log" ref={scroller} role="log" aria-live="polite" aria-label={texts.log} tabIndex={0}>
        <div class="spring" />
        {hasEarlier ? (
          <button type="button" class="earlier" disabled={state.loadingEarlier} onClick={() => session.loadEarlier()}>
            {texts.earlier}
          </button>
        ) : (
          greeting && (
            <div class="row theirs">
              <div class="bubble" dir="auto">
                {greeting}
              </div>
            </div>
          )
        )}
        {rows.map((row) => (
          <Fragment key={row.key}>
            {row.newDay && <div class="day">{dayName(row.newDay, language, texts)}</div>}
            <Bubble
              row={row}
              texts={texts}
              clock={clock}
              connected={state.phase === 'online'}
              refused={state.refused !== null}
              onRetry={(id) => session.retry(id)}
            />
          </Fragment>
        ))}
        {state.typing && (
          <div class="row theirs typing">
            <div class="bubble">
              <span class="dots" aria-hidden="true">
                <i />
                <i />
                <i />
              </span>
              <span class="sr">{fill(texts.typing, { name: state.typing })}</span>
            </div>
          </div>
        )}
      </div>
      {away && (
        <button type="button" class="newest" onClick={toNewest}>
          ↓ {texts.toNewest}
        </button>
      )}
    </div>
  );
}
