import { chooseLanguage, localized, regional } from './choose-language';

describe('the language of the widget', () => {
  it.each([
    ['what the page asks for', 'en', ['ru-RU'], ['ru', 'en'], 'en'],
    ['the browser’s, without its region', null, ['zh-CN', 'en'], ['en', 'zh'], 'zh'],
    ['the tenant’s first when none fits', null, ['fr'], ['ru', 'en'], 'ru'],
    ['never one the tenant does not serve', 'zh', ['zh'], ['ru', 'en'], 'ru'],
    ['never one without words', 'sq', [], ['sq', 'en'], 'en'],
  ])('is %s', (_what, asked, browser, tenant, expected) => {
    expect(chooseLanguage(asked, browser, tenant)).toBe(expected);
  });

  it('of a tenant’s text is the nearest there is', () => {
    expect(localized({ ru: 'Да', en: 'Yes' }, 'ru-RU')).toBe('Да');
    expect(localized({ en: 'Yes' }, 'zh')).toBe('Yes');
    expect(regional('en', ['ru', 'en-GB'])).toBe('en-GB');
  });
});
