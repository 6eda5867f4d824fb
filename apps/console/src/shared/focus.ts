import { useSyncExternalStore } from 'react';

/** True for an element in which keys write text. */
export const writesText = (element: Element | null): boolean => {
  if (!(element instanceof HTMLElement)) return false;
  if (element.isContentEditable || element instanceof HTMLTextAreaElement) return true;
  return element instanceof HTMLInputElement && !['radio', 'checkbox', 'button', 'submit'].includes(element.type);
};

/** True while a dialog or a menu is open. */
export const dialogOpen = (): boolean =>
  document.querySelector('[role="dialog"][aria-modal="true"], [role="menu"], .mantine-Modal-content') !== null;

const subscribe = (listener: () => void) => {
  const soon = () => queueMicrotask(listener);
  for (const type of ['focusin', 'focusout'] as const) document.addEventListener(type, soon);
  return () => {
    for (const type of ['focusin', 'focusout'] as const) document.removeEventListener(type, soon);
  };
};

/** Re-renders when the focus moves. */
export const useFocused = (): Element | null => useSyncExternalStore(subscribe, () => document.activeElement);
