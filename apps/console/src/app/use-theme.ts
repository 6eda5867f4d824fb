import { useEffect, useSyncExternalStore } from 'react';
import { themeChoice } from '../shared/settings';
import { useStore } from '../shared/store';

const system = typeof matchMedia === 'function' ? matchMedia('(prefers-color-scheme: dark)') : null;
const subscribe = (listener: () => void) => {
  system?.addEventListener('change', listener);
  return () => system?.removeEventListener('change', listener);
};

/** Light or dark: as chosen, else as the system has it. */
export const useTheme = (): 'light' | 'dark' => {
  const choice = useStore(themeChoice);
  const systemDark = useSyncExternalStore(subscribe, () => system?.matches ?? false);
  const theme = choice === 'system' ? (systemDark ? 'dark' : 'light') : choice;
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return theme;
};
