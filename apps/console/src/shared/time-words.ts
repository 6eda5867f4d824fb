import type { TFunction } from 'i18next';
import { localeOf } from './locale';

const sameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** Under an hour relative, today by the clock, else the date. */
export const ageWords = (iso: string, now: number, t: TFunction, locale: string): string => {
  const minutes = Math.floor((now - Date.parse(iso)) / 60_000);
  if (minutes < 1) return t('time.now');
  if (minutes < 60) return t('time.minutes', { count: minutes });
  return sameDay(new Date(iso), new Date(now)) ? clockOf(iso, locale) : dateOf(iso, now, locale);
};

/** 10:03 */
export const clockOf = (iso: string | number, locale: string): string =>
  new Intl.DateTimeFormat(localeOf(locale), { hour: '2-digit', minute: '2-digit', hour12: false }).format(new Date(iso));

/** 3 Sep, with the year when it is another one. */
export const dateOf = (iso: string, now: number, locale: string): string => {
  const date = new Date(iso);
  const year = date.getFullYear() === new Date(now).getFullYear() ? undefined : ('numeric' as const);
  return new Intl.DateTimeFormat(localeOf(locale), { day: 'numeric', month: 'short', year }).format(date);
};

/** The exact instant, for hover and for readers. */
export const exactTime = (iso: string | number, locale: string): string =>
  new Intl.DateTimeFormat(localeOf(locale), { dateStyle: 'medium', timeStyle: 'medium', hour12: false }).format(new Date(iso));

/** “Today, 22 November”, “Yesterday, 21 November”, “Monday, 3 March 2025”. */
export const dayWords = (iso: string | number, now: number, t: TFunction, locale: string): string => {
  const date = new Date(iso);
  const today = new Date(now);
  const yesterday = new Date(now - 86_400_000);
  const near = sameDay(date, today) ? t('time.today') : sameDay(date, yesterday) ? t('time.yesterday') : null;
  const year = date.getFullYear() === today.getFullYear() ? undefined : ('numeric' as const);
  const words = new Intl.DateTimeFormat(localeOf(locale), { day: 'numeric', month: 'long', year }).format(date);
  if (near) return `${near}, ${words}`;
  return new Intl.DateTimeFormat(localeOf(locale), { weekday: 'long', day: 'numeric', month: 'long', year }).format(date);
};

/** 6 s, 4 min, 1 h 20 min: for sentences. */
export const lengthWords = (ms: number, t: TFunction): string => {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return t('time.seconds', { count: seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t('time.minutes', { count: minutes });
  return t('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
};
