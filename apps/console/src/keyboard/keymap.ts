/**
 * The keyboard of the window. Letters are matched by the letter when it is a Latin one and by the key's place otherwise, so
 * that `j` works on a Russian layout too. Nothing here fires while one types, the keys with Ctrl or Alt aside.
 */
export type Act =
  | 'next-row'
  | 'previous-row'
  | 'open-row'
  | 'back'
  | 'reply'
  | 'note'
  | 'transfer'
  | 'close'
  | 'take'
  | 'context'
  | 'go-mine'
  | 'go-waiting'
  | 'go-all'
  | 'go-board'
  | 'go-people'
  | 'palette'
  | 'presence'
  | 'next-unread'
  | 'sheet'
  | `conversation-${number}`;

export interface KeyPress {
  key: string;
  code: string;
  ctrl: boolean;
  alt: boolean;
  shift: boolean;
  /** The caret is in a text field. */
  typing: boolean;
  /** A dialog or a menu is open: it has the keyboard. */
  dialog: boolean;
}

const letters: Record<string, Act> = {
  j: 'next-row',
  k: 'previous-row',
  r: 'reply',
  n: 'note',
  t: 'transfer',
  e: 'close',
  a: 'take',
  i: 'context',
};
const afterG: Record<string, Act> = { m: 'go-mine', w: 'go-waiting', a: 'go-all', b: 'go-board', p: 'go-people' };
const named: Record<string, Act> = { ArrowDown: 'next-row', ArrowUp: 'previous-row', Escape: 'back', '?': 'sheet' };

const letterOf = ({ key, code }: KeyPress): string => {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : '';
};

/** What a key does; `afterGo` says that `g` was pressed just before. */
export const actOf = (press: KeyPress, afterGo: boolean): Act | 'go' | null => {
  const letter = letterOf(press);
  if (press.ctrl) {
    if (press.alt || press.shift) return null;
    if (letter === 'k') return press.dialog ? null : 'palette';
    return press.key === '.' || press.code === 'Period' ? 'presence' : null;
  }
  if (press.dialog) return null;
  if (press.alt) {
    if (press.key === 'ArrowDown') return 'next-unread';
    const digit = /^Digit([1-9])$/.exec(press.code)?.[1];
    return digit ? `conversation-${Number(digit)}` : null;
  }
  if (press.typing) return press.key === 'Escape' ? 'back' : null;
  if (press.key in named) return named[press.key] ?? null;
  if (press.shift) return null;
  if (afterGo) return afterG[letter] ?? null;
  return letter === 'g' ? 'go' : (letters[letter] ?? null);
};

/** The sheet's rows: keys and the i18n key of what they do. */
export const sheet: readonly { group: string; rows: readonly { keys: string[]; act: string }[] }[] = [
  {
    group: 'move',
    rows: [
      { keys: ['J', '↓'], act: 'nextRow' },
      { keys: ['K', '↑'], act: 'previousRow' },
      { keys: ['Enter'], act: 'openRow' },
      { keys: ['Esc'], act: 'back' },
      { keys: ['G M'], act: 'goMine' },
      { keys: ['G W'], act: 'goWaiting' },
      { keys: ['G A'], act: 'goAll' },
      { keys: ['G B'], act: 'goBoard' },
      { keys: ['G P'], act: 'goPeople' },
      { keys: ['Alt 1 … 9'], act: 'openMine' },
      { keys: ['Alt ↓'], act: 'nextUnread' },
    ],
  },
  {
    group: 'act',
    rows: [
      { keys: ['R'], act: 'reply' },
      { keys: ['N'], act: 'note' },
      { keys: ['A'], act: 'take' },
      { keys: ['T'], act: 'transfer' },
      { keys: ['E'], act: 'close' },
      { keys: ['I'], act: 'context' },
      { keys: ['Enter'], act: 'send' },
      { keys: ['Shift Enter'], act: 'break' },
    ],
  },
  {
    group: 'always',
    rows: [
      { keys: ['Enter', 'Ctrl Enter'], act: 'accept' },
      { keys: ['Esc'], act: 'decline' },
      { keys: ['Ctrl K'], act: 'palette' },
      { keys: ['Ctrl .'], act: 'presence' },
      { keys: ['?'], act: 'sheet' },
    ],
  },
];
