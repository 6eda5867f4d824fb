import { useEffect, useRef } from 'react';

/**
 * Gives the focus back to who had it before something opened, unless somebody else has taken it when that closes. Who
 * had it is asked while drawing: what opens takes the focus as soon as it stands.
 */
export const useFocusBack = (open: boolean): void => {
  const before = useRef<Element | null>(null);
  const wasOpen = useRef(false);
  if (open && !wasOpen.current) before.current = document.activeElement;
  wasOpen.current = open;
  useEffect(() => {
    if (!open) return;
    return () => {
      const nobody = document.activeElement === null || document.activeElement === document.body;
      if (nobody && before.current instanceof HTMLElement) before.current.focus({ preventScroll: true });
    };
  }, [open]);
};
