/**
 * What PostgreSQL and JSON can both keep: NUL and halves of a surrogate pair are taken out, so that one odd
 * character does not refuse a whole group of messages.
 */
export function cleanText(text: string): string {
  return text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');
}

/** The first 160 characters of a text in one line, as lists show it. */
export function oneLine(text: string): string {
  const line = text.slice(0, 640).replace(/\s+/g, ' ').trim();
  return [...line].slice(0, 160).join('');
}
