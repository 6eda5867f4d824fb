import type { Texts } from '../i18n/texts';
import { sameDay } from './log-rows';

/** Today, yesterday, or the date as the language writes it. */
export function dayName(day: Date, language: string, texts: Texts, now = new Date()): string {
  if (sameDay(day, now)) return texts.today;
  const before = new Date(now);
  before.setDate(now.getDate() - 1);
  if (sameDay(day, before)) return texts.yesterday;
  const sameYear = day.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(day);
}
