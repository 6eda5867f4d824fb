/** How numbers and dates are written for a language: as the browser has it when it speaks that language, else the usual way. */
export const localeOf = (language: string): string => {
  if (navigator.language.startsWith(language)) return navigator.language;
  return language === 'en' ? 'en-GB' : language;
};
