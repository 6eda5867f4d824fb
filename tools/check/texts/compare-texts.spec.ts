import { compareTexts } from './compare-texts';

const english = {
  send: 'Send',
  waiting: { title: 'Waiting for {name}' },
  count: '{n}',
  item_one: '{{count}} item',
  item_other: '{{count}} items',
};
const russian = {
  send: 'Отправить',
  waiting: { title: 'Ждём: {name}' },
  count: '{n}',
  item_one: '{{count}} запись',
  item_few: '{{count}} записи',
  item_many: '{{count}} записей',
  item_other: '{{count}} записи',
};

describe('texts in several languages', () => {
  it('pass when everything is translated', () => expect(compareTexts('ru', english, russian)).toEqual([]));

  it.each([
    [
      'a text left in English',
      { ...russian, send: 'Send' },
      'ru: send is the English text ("Send"): translate it, or list it in same-in-both.json',
    ],
    ['a missing text', { ...russian, waiting: {} }, 'ru: waiting.title is missing'],
    ['a text English lacks', { ...russian, extra: 'Лишнее' }, 'en: extra is missing'],
    ['a missing plural form', { ...russian, item_few: undefined }, 'ru: item_few is missing'],
    ['another placeholder', { ...russian, waiting: { title: 'Ждём: {who}' } }, 'ru: waiting.title fills in {who}, the English text {name}'],
    ['an empty text', { ...russian, send: '' }, 'ru: send is empty'],
  ])('stop %s', (_offence, translated, offence) => {
    expect(compareTexts('ru', english, JSON.parse(JSON.stringify(translated)))).toEqual([offence]);
  });

  it('let a listed text be the same', () => expect(compareTexts('ru', english, { ...russian, send: 'Send' }, ['send'])).toEqual([]));
  it('stop a listed text that is not the same', () => {
    expect(compareTexts('ru', english, russian, ['send'])).toEqual(['ru: same-in-both.json lists send, which is not the same']);
  });
});
