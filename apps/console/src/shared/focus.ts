import { useSyncExternalStore } from 'react';
import { partAwaited } from './later';

/** True for an element in which keys write text. */
export const writesText = (element: Element | null): boolean => {
  if (!(element instanceof HTMLElement)) return false;
  if (element.isContentEditable || element instanceof HTMLTextAreaElement) return true;
  return element instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'submit'].includes(element.type);
};

const dialogs = '[role="dialog"][aria-modal="true"], [role="menu"], .mantine-Modal-content';

/** True while a dialog or a menu is open, or on its way. */
export const dialogOpen = (): boolean => document.querySelector(dialogs) !== null || partAwaited();

/** True while the focus is inside the dialog or the menu that is open. */
export const dialogFocused = (): boolean => document.activeElement?.closest(dialogs) != null;

const subscribe = (listener: () => void) => {
  const soon = () => queueMicrotask(listener);
  for (const type of ['focusin', 'focusout'] as const) document.addEventListener(type, soon);
  return () => {
    for (const type of ['focusin', 'focusout'] as const) document.removeEventListener(type, soon);
  };
};

/** Re-renders when the focus moves. */
export const useFocused = (): Element | null => useSyncExternalStore(subscribe, () => document.activeElement);
