import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { firstName } from '../shared/names';
import { useSession } from '../shared/session';
import { clockOf, exactTime } from '../shared/time-words';
import { Delivery } from './delivery';
import { RichText } from './rich-text';
import type { Line } from './timeline-items';

/** A message or a note; under the last of a run who, when, and how far it came. The others tell their time on hover and focus. */
export function Bubble({ line, tenantId, customer }: { line: Line; tenantId: string; customer: string }) {
  const { t } = useTranslation();
  const { viewer } = useSession();
  const { entry, pending } = line;
  const note = entry.kind === 'NOTE';
  const ours = entry.author !== 'CUSTOMER';
  const who = !ours
    ? customer
    : entry.authorId === viewer.id
      ? t('list.you')
      : entry.authorName
        ? firstName(entry.authorName)
        : t('timeline.automatic');
  const status = pending?.refusal ? 'FAILED' : pending ? 'PENDING' : (entry.status ?? '');
  const speaksOfTrouble = ours && !note && (status === 'FAILED' || status === 'UNKNOWN');
  return (
    <div
      className={`entry ${note ? 'entry-note' : ours ? 'entry-out' : 'entry-in'}`}
      data-testid="timeline-entry"
      data-entry-id={pending ? undefined : entry.id}
      data-seq={pending ? undefined : entry.seq}
      data-client-id={entry.clientId ?? undefined}
      data-status={status}
      data-author={entry.author}
      data-kind={entry.kind}
      data-last={line.last || undefined}
      data-first={line.first || undefined}
      tabIndex={-1}
    >
      {note ? (
        <div className="small quiet">
          {t('timeline.note')} · {who} · <Time iso={entry.occurredAt} />
          {pending ? <Delivery line={line} tenantId={tenantId} /> : null}
        </div>
      ) : (
        <span className="sr-only">{t('timeline.says', { name: who })}</span>
      )}
      <div className="bubble" dir="auto">
        <RichText text={entry.text} />
      </div>
      {note ? null : (
        <div className="meta" data-quiet={line.last || speaksOfTrouble ? undefined : true} data-trouble={speaksOfTrouble || undefined}>
          {ours ? `${who} · ` : ''}
          <Time iso={entry.occurredAt} />
          {ours ? (
            <>
              {(entry.status || pending) && !speaksOfTrouble ? ' · ' : ''}
              <Delivery line={line} tenantId={tenantId} />
            </>
          ) : null}
        </div>
      )}
    </div>
  );
}

/** The time by the clock; pressed, the exact instant. */
function Time({ iso }: { iso: string }) {
  const { i18n } = useTranslation();
  const [exact, setExact] = useState(false);
  const words = exactTime(iso, i18n.language);
  return (
    <button type="button" className="entry-time" tabIndex={-1} title={words} onClick={() => setExact((now) => !now)}>
      <time dateTime={iso}>{exact ? words : clockOf(iso, i18n.language)}</time>
    </button>
  );
}
