import type { Texts } from '../i18n/texts';
import { LinkedText } from './linked-text';
import type { LogRow } from './log-rows';

interface BubbleProps {
  row: LogRow;
  texts: Texts;
  clock: Intl.DateTimeFormat;
  connected: boolean;
  /** The site's chat takes nothing from this page. */
  refused: boolean;
  onRetry: (clientMsgId: string) => void;
}

/** A message with, at the end of a run, who and when, and for one's own how far it has come. */
export function Bubble({ row, texts, clock, connected, refused, onRetry }: BubbleProps) {
  const mine = row.from === 'visitor';
  const stranded = refused && row.delivery === 'waiting';
  const time = <time dateTime={row.at}>{clock.format(new Date(row.at))}</time>;
  return (
    <div class={mine ? 'row mine' : 'row theirs'} data-delivery={row.delivery}>
      <div class="bubble" dir="auto">
        <span class="sr">{mine ? `${texts.you}: ` : row.authorName ? `${row.authorName}: ` : ''}</span>
        <span>
          <LinkedText text={row.text} />
        </span>
      </div>
      {row.endsRun && (
        <div class="meta">
          {!mine && (
            <>
              {row.authorName && (
                <>
                  <bdi>{row.authorName}</bdi> ·{' '}
                </>
              )}
              {time}
            </>
          )}
          {mine && row.delivery === 'committed' && (
            <>
              {time} · {texts.sent}
            </>
          )}
          {mine && row.delivery === 'waiting' && !stranded && (connected ? texts.sending : texts.waitsForConnection)}
          {mine && (row.delivery === 'failed' || stranded) && <span class="failed">{texts.notSent}</span>}
          {mine && !refused && row.clientMsgId !== null && (row.delivery === 'failed' || (row.delivery === 'waiting' && !connected)) && (
            <>
              {' · '}
              <button type="button" class="again" onClick={() => row.clientMsgId && onRetry(row.clientMsgId)}>
                {texts.tryAgain}
              </button>
            </>
          )}
        </div>
      )}
    </div>
  );
}
