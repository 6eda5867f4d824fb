import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import en from '../src/i18n/en.json';

/** English texts for component specs. */
export const startTestLanguage = async (): Promise<void> => {
  await i18next
    .use(initReactI18next)
    .init({ lng: 'en', resources: { en: { translation: en } }, interpolation: { escapeValue: false }, showSupportNotice: false });
};
