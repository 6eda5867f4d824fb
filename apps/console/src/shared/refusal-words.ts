import type { TFunction } from 'i18next';
import type { Refusal } from '../api/types';
import { lengthWords } from './time-words';

type Said = Pick<Refusal, 'code' | 'message'> & Partial<Refusal>;

/** A refusal in the reader's language; a code without words of its own falls back to what the server said. */
export const refusalWords = (refusal: Said, t: TFunction): string =>
  t(`refusal.${refusal.code}`, {
    defaultValue: refusal.message,
    name: refusal.takenBy ?? refusal.assigneeName ?? t('refusal.colleague'),
    wait: lengthWords(refusal.retryAfterMs ?? 60_000, t),
  });
