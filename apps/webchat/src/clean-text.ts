/** What PostgreSQL and JSON can both keep: NUL goes, halves of a surrogate pair become U+FFFD. */
export const cleanText = (text: string) => text.replaceAll('\u0000', '').replace(/\p{Surrogate}/gu, '\uFFFD');
