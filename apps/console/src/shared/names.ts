import type { TFunction } from 'i18next';
import type { LocalizedText } from '../api/types';

/** The text in the reader's language, else English, else whatever there is. */
export const localized = (texts: readonly LocalizedText[], language: string): string =>
  (texts.find((each) => each.language === language) ?? texts.find((each) => each.language === 'en') ?? texts[0])?.text ?? '';

const pageName = (page: { url: string; title: string } | null): string | null => {
  if (!page) return null;
  if (page.title.trim()) return page.title.trim();
  try {
    const { pathname, host } = new URL(page.url);
    return pathname === '/' ? host : pathname;
  } catch {
    return null;
  }
};

/** The customer's name as they wrote it, or “Visitor · page”. */
export const customerName = (
  customer: { contactName: string | null; page?: { url: string; title: string } | null },
  t: TFunction,
): string => {
  if (customer.contactName) return customer.contactName;
  const page = pageName(customer.page ?? null);
  return page ? `${t('customer.visitor')} · ${page}` : t('customer.visitor');
};

/** First word of a person's name. */
export const firstName = (name: string): string => name.split(/\s+/)[0] ?? name;
