import { useEffect, useRef } from 'react';
import { dialogFocused, dialogOpen, writesText } from '../shared/focus';
import { type Act, actOf } from './keymap';

const goWithinMs = 1_200;

/** Keys that write, send or press. */
const acts = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent) =>
  !ctrlKey && !altKey && !metaKey && (key.length === 1 || key === 'Enter' || key === 'Backspace' || key === 'Delete');

/**
 * Listens to the window's keys and calls back with what they mean; `handle` returns false to leave a key alone. Whether
 * a dialog has the key is asked on its way down: on its way up the dialog may just have been closed by it. A key that
 * comes before an opening dialog has the focus is lost, rather than written into, or sent from, what lies under it.
 */
export const useKeyboard = (handle: (act: Act) => boolean): void => {
  const latest = useRef(handle);
  latest.current = handle;
  useEffect(() => {
    let goAt = 0;
    let inDialog = false;
    const onWayDown = (event: KeyboardEvent) => {
      inDialog = dialogOpen();
      if (!inDialog || dialogFocused() || !acts(event)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const press = {
        key: event.key,
        code: event.code,
        ctrl: event.ctrlKey || event.metaKey,
        alt: event.altKey,
        shift: event.shiftKey,
        typing: writesText(document.activeElement),
        dialog: inDialog,
      };
      const act = actOf(press, Date.now() - goAt < goWithinMs);
      goAt = act === 'go' ? Date.now() : 0;
      if (act && act !== 'go' && latest.current(act)) event.preventDefault();
    };
    window.addEventListener('keydown', onWayDown, true);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onWayDown, true);
      window.removeEventListener('keydown', onKey);
    };
  }, []);
};
