import { acceptHint, offerKey } from './offer-keys';

const enter = { key: 'Enter', ctrl: false, other: false };
const ctrlEnter = { key: 'Enter', ctrl: true, other: false };
const esc = { key: 'Escape', ctrl: false, other: false };
const free = { typing: false, onControl: false, dialog: false };
const typing = { ...free, typing: true };
const onControl = { ...free, onControl: true };
const dialog = { ...free, dialog: true };

describe('the keys of an offer', () => {
  it('accepts with Enter and declines with Esc when nothing else has the keyboard', () => {
    expect(offerKey(enter, free)).toBe('accept');
    expect(offerKey(esc, free)).toBe('decline');
  });

  it('never takes a key from a text being typed: there it waits for Ctrl+Enter', () => {
    expect(offerKey(enter, typing)).toBeNull();
    expect(offerKey(esc, typing)).toBeNull();
    expect(offerKey(ctrlEnter, typing)).toBe('accept');
    expect(acceptHint(typing)).toBe('Ctrl ↵');
  });

  it('leaves Enter to the button that has the focus', () => {
    expect(offerKey(enter, onControl)).toBeNull();
    expect(offerKey(ctrlEnter, onControl)).toBe('accept');
    expect(acceptHint(onControl)).toBe('Ctrl ↵');
  });

  it('leaves every key to a dialog', () => {
    for (const pressed of [enter, ctrlEnter, esc]) expect(offerKey(pressed, dialog)).toBeNull();
  });

  it('does not mistake Shift+Enter or Alt+Enter for an answer', () => {
    expect(offerKey({ ...enter, other: true }, free)).toBeNull();
  });

  it('says on the button what has to be pressed', () => {
    expect(acceptHint(free)).toBe('↵');
  });
});
