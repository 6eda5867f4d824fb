import { IconAlertTriangle, IconCheck, IconChecks, IconClock, IconHelp } from '@cordboard/ui';
import { UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { refusalWords } from '../shared/refusal-words';
import { useSession } from '../shared/session';
import type { Line } from './timeline-items';

const glyphs = {
  PENDING: IconClock,
  SENT: IconCheck,
  DELIVERED: IconChecks,
  READ: IconChecks,
  FAILED: IconAlertTriangle,
  UNKNOWN: IconHelp,
} as const;

/** How far our message has come, in a glyph and in words; what failed offers to be sent again. */
export function Delivery({ line, tenantId }: { line: Line; tenantId: string }) {
  const { t } = useTranslation();
  const { outbox } = useSession();
  const { entry, pending } = line;
  if (!entry.status && !pending) return null;
  const status = entry.status ?? (pending?.refusal ? 'FAILED' : 'PENDING');
  const Glyph = glyphs[status];
  const again = () => {
    if (pending) outbox.retry(pending.clientId);
    else outbox.add({ tenantId, conversationId: entry.conversationId, kind: 'MESSAGE', text: entry.text });
  };
  const repeatable = pending ? pending.refusal !== null : status === 'FAILED' || status === 'UNKNOWN';
  return (
    <span className="delivery" data-status={status}>
      <Glyph size={14} aria-hidden="true" />
      <span>{pending?.refusal ? refusalWords(pending.refusal, t) : t(`delivery.${status}`)}</span>
      {repeatable ? (
        <UnstyledButton className="text-button" onClick={again}>
          {pending ? t('common.retry') : t('delivery.again')}
        </UnstyledButton>
      ) : null}
      {pending?.refusal ? (
        <UnstyledButton className="text-button" onClick={() => outbox.discard(pending.clientId)}>
          {t('delivery.discard')}
        </UnstyledButton>
      ) : null}
    </span>
  );
}
