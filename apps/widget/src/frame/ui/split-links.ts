export interface TextPart {
  text: string;
  /** Where in the whole text it begins. */
  at: number;
  /** Present for http and https addresses only: nothing else ever becomes a link. */
  href?: string;
}

const address = /https?:\/\/[^\s<>"'）。，]+/gi;
const trailing = /[.,;:!?)\]}»”]+$/;

/** Cuts a text into plain parts and web addresses; punctuation at an address's end belongs to the sentence. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let at = 0;
  for (const match of text.matchAll(address)) {
    const shown = match[0].replace(trailing, '');
    if (!URL.canParse(shown)) continue;
    if (match.index > at) parts.push({ at, text: text.slice(at, match.index) });
    parts.push({ at: match.index, text: shown, href: shown });
    at = match.index + shown.length;
  }
  if (at < text.length) parts.push({ at, text: text.slice(at) });
  return parts;
}
