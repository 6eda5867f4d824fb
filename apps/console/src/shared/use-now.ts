import { useSyncExternalStore } from 'react';
import { serverNow } from '../api/server-clock';

/** One tick a second for every clock on screen; it rests when no clock is shown. */
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = serverNow();

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  now = serverNow();
  timer ??= setInterval(() => {
    now = serverNow();
    for (const each of [...listeners]) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
};

/** The server's now in ms, renewed each second. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
