import type { TFunction } from 'i18next';
import type { Entry } from '../api/types';
import { firstName } from '../shared/names';
import { lengthWords } from '../shared/time-words';
import { clockText } from '../shared/wait';

const declineReasons = new Set(['busy', 'not_my_field', 'technical', 'other']);

/** A system entry in the reader's language: “Olga declined after 6 s”, “Accepted by you, waited 0:31”. */
export const systemWords = (entry: Entry, viewerId: string, t: TFunction): string => {
  const { system } = entry;
  if (!system) return entry.text;
  const who = system.personId === viewerId ? 'you' : system.personName ? 'name' : 'nobody';
  const detail = system.detail ?? '';
  const reason = declineReasons.has(detail.toLowerCase()) ? t(`offer.reason.${detail.toUpperCase()}`) : detail;
  const code = system.code === 'TRANSFERRED' && !detail ? 'TO_QUEUE' : system.code;
  const words = t(`system.${code}.${who}`, {
    name: system.personName ? firstName(system.personName) : '',
    detail: system.code === 'TRANSFERRED' ? firstName(detail) : reason,
  });
  if (system.durationMs === null) return words;
  const waits = system.code === 'ACCEPTED' || system.code === 'TAKEN';
  return waits
    ? t('system.waited', { words, length: clockText(system.durationMs) })
    : t('system.after', { words, length: lengthWords(system.durationMs, t) });
};
