import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { languageChoice } from '../shared/settings';
import en from './en.json';

const others: Record<string, () => Promise<{ default: object }>> = { ru: () => import('./ru.json') };

/** Speaks another language from now on; its texts are fetched when first wanted. */
export const loadLanguage = async (language: string): Promise<void> => {
  const load = others[language];
  if (load && !i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', (await load()).default);
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
};

const known = (tag: string | undefined) => {
  const language = tag?.split('-')[0] ?? '';
  return language === 'en' || language in others ? language : null;
};

/** The language chosen in this browser, else the browser's own, else English. */
export const startLanguage = async (): Promise<void> => {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  });
  await loadLanguage(known(languageChoice.get()) ?? known(navigator.language) ?? 'en').catch(() => undefined);
};

/** A person's own language, unless this browser has been told another. */
export const speakTo = (viewerLanguage: string): void => {
  const language = known(viewerLanguage);
  if (languageChoice.get() === '' && language && language !== i18next.language) void loadLanguage(language).catch(() => undefined);
};
