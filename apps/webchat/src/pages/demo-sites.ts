/** The demo sites with their languages, the first as fallback. */
export const demoSites: Record<string, readonly string[]> = {
  clinic: ['ru', 'en'],
  shop: ['en', 'zh'],
  insurer: ['en', 'zh'],
};

/** The language asked for in the address, else the browser's first that the site has, else the site's first. */
export function pickLanguage(languages: readonly string[], asked: unknown, accepted: string | undefined): string | undefined {
  const wishes = (accepted ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return [asked, ...wishes].map((wish) => languages.find((language) => language === wish)).find((match) => match) ?? languages[0];
}
