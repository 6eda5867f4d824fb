import { useEffect, useRef } from 'react';
import { dialogOpen, writesText } from '../shared/focus';
import { type Act, actOf } from './keymap';

const goWithinMs = 1_200;

/**
 * Listens to the window's keys and calls back with what they mean; `handle` returns false to leave a key alone. Whether
 * a dialog has the key is asked on its way down: on its way up the dialog may just have been closed by it.
 */
export const useKeyboard = (handle: (act: Act) => boolean): void => {
  const latest = useRef(handle);
  latest.current = handle;
  useEffect(() => {
    let goAt = 0;
    let inDialog = false;
    const onWayDown = () => {
      inDialog = dialogOpen();
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
