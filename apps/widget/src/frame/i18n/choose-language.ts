import { en } from './en';
import { ru } from './ru';
import type { Texts } from './texts';
import { zh } from './zh';

const known: Record<string, Texts> = { en, ru, zh };
const base = (tag: string) => tag.toLowerCase().split('-')[0] ?? '';

/**
 * The language to speak: what the page asks for, then what the browser prefers, as far as the tenant serves it and
 * we have words for it; else the tenant's first.
 */
export function chooseLanguage(asked: string | null, browser: readonly string[], tenant: readonly string[]): string {
  const served = tenant.filter((tag) => known[base(tag)]);
  for (const wish of [asked ?? '', ...browser]) {
    const match = served.find((tag) => base(tag) === base(wish));
    if (match) return match;
  }
  return served[0] ?? 'en';
}

export function textsFor(language: string): Texts {
  return known[base(language)] ?? en;
}

/** A tenant's own text in the language, or in the first it has. */
export function localized(text: Record<string, string>, language: string): string {
  return text[language] ?? text[base(language)] ?? Object.values(text)[0] ?? '';
}

/** The language as the visitor's region writes it, where the browser tells: `en-GB` for `en`. */
export function regional(language: string, browser: readonly string[]): string {
  return browser.find((tag) => base(tag) === base(language)) ?? language;
}
