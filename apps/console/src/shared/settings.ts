import { isBoolean, isNumber, isString, recall, remember } from './storage';
import { createStore, type Store } from './store';

const kept = <T>(key: string, isIt: (value: unknown) => value is T, first: T): Store<T> => {
  const store = createStore(recall(key, isIt) ?? first);
  store.subscribe(() => remember(key, store.get()));
  return store;
};

/** What a person has set for this browser. */
export type ThemeChoice = 'system' | 'light' | 'dark';
const isTheme = (value: unknown): value is ThemeChoice => value === 'system' || value === 'light' || value === 'dark';

export const themeChoice = kept<ThemeChoice>('theme', isTheme, 'system');
export const languageChoice = kept<string>('language', isString, '');
export const listWidth = kept<number>('pane.list', isNumber, 328);
export const contextWidth = kept<number>('pane.context', isNumber, 340);
/** Null until the person folds or unfolds: then the width of the window decides. */
export const contextShown = kept<boolean | null>(
  'pane.context-shown',
  (value): value is boolean | null => value === null || isBoolean(value),
  null,
);
export const offerSound = kept<boolean>('sound.offer', isBoolean, true);
export const messageSound = kept<boolean>('sound.message', isBoolean, true);
