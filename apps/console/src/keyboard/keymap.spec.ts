import en from '../i18n/en.json';
import { actOf, type KeyPress, sheet } from './keymap';

const press = (over: Partial<KeyPress>): KeyPress => ({
  key: '',
  code: '',
  ctrl: false,
  alt: false,
  shift: false,
  typing: false,
  dialog: false,
  ...over,
});

describe('the keyboard', () => {
  it.each([
    ['j', 'next-row'],
    ['k', 'previous-row'],
    ['r', 'reply'],
    ['n', 'note'],
    ['t', 'transfer'],
    ['e', 'close'],
    ['a', 'take'],
    ['?', 'sheet'],
    ['Escape', 'back'],
    ['ArrowDown', 'next-row'],
  ] as const)('%s means %s', (key, act) => {
    expect(actOf(press({ key, shift: key === '?' }), false)).toBe(act);
  });

  it('reads letters by their place on a keyboard that is not Latin', () => {
    expect(actOf(press({ key: 'о', code: 'KeyJ' }), false)).toBe('next-row');
    expect(actOf(press({ key: 'л', code: 'KeyK', ctrl: true }), false)).toBe('palette');
  });

  it('takes a letter at its word where the layout is Latin but placed otherwise', () => {
    expect(actOf(press({ key: 'j', code: 'KeyC' }), false)).toBe('next-row');
  });

  it('goes somewhere with g and a letter', () => {
    expect(actOf(press({ key: 'g' }), false)).toBe('go');
    expect(actOf(press({ key: 'm' }), true)).toBe('go-mine');
    expect(actOf(press({ key: 'w' }), true)).toBe('go-waiting');
  });

  it('leaves every plain key to a text being typed, Esc aside', () => {
    for (const key of ['j', 'k', 'r', 'n', 't', 'e', 'g', '?', 'ArrowDown', 'ArrowUp', 'Enter']) {
      expect(actOf(press({ key, typing: true }), false)).toBeNull();
    }
    expect(actOf(press({ key: 'Escape', typing: true }), false)).toBe('back');
  });

  it('hears keys with Ctrl and Alt while one types', () => {
    expect(actOf(press({ key: 'k', ctrl: true, typing: true }), false)).toBe('palette');
    expect(actOf(press({ key: '.', ctrl: true, typing: true }), false)).toBe('presence');
    expect(actOf(press({ key: '3', code: 'Digit3', alt: true, typing: true }), false)).toBe('conversation-3');
    expect(actOf(press({ key: 'ArrowDown', alt: true, typing: true }), false)).toBe('next-unread');
  });

  it('leaves the keyboard to a dialog', () => {
    for (const key of ['j', 'e', 'Escape', '?']) expect(actOf(press({ key, dialog: true }), false)).toBeNull();
  });

  it('leaves the browser its own keys', () => {
    expect(actOf(press({ key: 'r', ctrl: true }), false)).toBeNull();
    expect(actOf(press({ key: 'T', ctrl: true, shift: true }), false)).toBeNull();
  });

  it('has words for every row of the sheet', () => {
    const words: Record<string, string> = en.keys.act;
    for (const { rows } of sheet) for (const { act } of rows) expect(words[act]).toEqual(expect.any(String));
  });
});
