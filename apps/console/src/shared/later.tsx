import { type ComponentType, useEffect } from 'react';
import { createStore, useStore } from './store';

const fetches: (() => void)[] = [];
let awaited = 0;

/** True while a part is asked for and not there yet: the keys pressed meanwhile are meant for it. */
export const partAwaited = (): boolean => awaited > 0;

/** Fetches every part that is not here yet; called as soon as somebody is in. */
export const fetchParts = (): void => {
  for (const fetch of fetches) fetch();
};

/**
 * A part of the window in a file of its own, fetched before it is needed, so that its key draws it at once. One that is
 * asked for before it has come says so by `partAwaited`.
 */
export const later = <P extends object>(load: () => Promise<{ default: ComponentType<P> }>) => {
  const part = createStore<{ Part: ComponentType<P> } | null>(null);
  let fetching = false;
  const fetch = () => {
    if (fetching) return;
    fetching = true;
    load().then(
      (file) => part.set({ Part: file.default }),
      () => {
        fetching = false;
      },
    );
  };
  fetches.push(fetch);

  function Awaited() {
    useEffect(() => {
      awaited += 1;
      fetch();
      return () => {
        awaited -= 1;
      };
    }, []);
    return null;
  }
  return function Later(props: P) {
    const here = useStore(part);
    return here ? <here.Part {...props} /> : <Awaited />;
  };
};
