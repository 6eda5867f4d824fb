/** The texts of one language: keys may be nested. */
export interface Texts {
  [key: string]: string | Texts;
}

/** Keys whose text is rightly the same as the English one (names, abbreviations), by language. */
export type SameInBoth = Record<string, readonly string[]>;

const plural = /_(zero|one|two|few|many|other)$/;
const placeholders = (text: string) =>
  [...new Set(text.match(/\{\{?\s*[\w.]+(?=[^}]*\}\}?)/g)?.map((each) => each.replace(/[{\s]/g, '')))].sort().join(', ');
const hasWords = (text: string) => /\p{L}/u.test(text.replace(/\{\{?[^}]*\}\}?/g, ''));

/**
 * Offences of a language against the English texts: a key missing or too many, a plural form missing, other placeholders,
 * an empty text, a text equal to the English one that is not listed, a listed one that is not equal.
 */
export function compareTexts(language: string, english: Texts, translated: Texts, sameInBoth: readonly string[] = []): string[] {
  const from = flat(english);
  const to = flat(translated);
  const offences = [
    ...missingKeys('en', to, from),
    ...missingKeys(language, from, to),
    ...missingForms(language, to),
    ...missingForms('en', from),
  ];
  for (const [key, text] of to) {
    const original = from.get(key) ?? from.get(key.replace(plural, '_other'));
    if (text.trim() === '') offences.push(`${language}: ${key} is empty`);
    if (original === undefined) continue;
    const equal = text === original;
    if (equal && hasWords(text) && !sameInBoth.includes(key))
      offences.push(`${language}: ${key} is the English text (${JSON.stringify(text)}): translate it, or list it in same-in-both.json`);
    if (!plural.test(key) && placeholders(text) !== placeholders(original)) {
      offences.push(`${language}: ${key} fills in {${placeholders(text)}}, the English text {${placeholders(original)}}`);
    }
  }
  for (const key of sameInBoth)
    if (to.get(key) === undefined || to.get(key) !== from.get(key))
      offences.push(`${language}: same-in-both.json lists ${key}, which is not the same`);
  return offences;
}

function flat(texts: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string' ? [[`${prefix}${key}`, value]] : [...flat(value, `${prefix}${key}.`)],
    ),
  );
}

/** Keys of `wanted` that `present` has not, whatever their plural forms. */
function missingKeys(language: string, wanted: Map<string, string>, present: Map<string, string>): string[] {
  const stems = (texts: Map<string, string>) => new Set([...texts.keys()].map((key) => key.replace(plural, '')));
  const there = stems(present);
  return [...stems(wanted)].filter((key) => !there.has(key)).map((key) => `${language}: ${key} is missing`);
}

/** Plural keys must have every form their language has (https://www.i18next.com/translation-function/plurals). */
function missingForms(language: string, texts: Map<string, string>): string[] {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  const stems = new Set([...texts.keys()].filter((key) => plural.test(key)).map((key) => key.replace(plural, '')));
  return [...stems]
    .flatMap((stem) => forms.map((form) => `${stem}_${form}`).filter((key) => !texts.has(key)))
    .map((key) => `${language}: ${key} is missing`);
}
