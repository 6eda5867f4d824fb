import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Closer to the end than this counts as being there. */
const nearPx = 48;

/**
 * Keeps a growing list at its end while the reader is there; otherwise leaves it where it is and says that there is
 * news below. When rows were put in above (the first row's key changed), the view stays on what was being read.
 */
export function useStickyScroll(scroller: RefObject<HTMLElement>, firstKey: string | undefined) {
  const atEnd = useRef(true);
  const height = useRef(0);
  const first = useRef(firstKey);
  const [away, setAway] = useState(false);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const onScroll = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < nearPx;
      if (atEnd.current) setAway(false);
    };
    const observer = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    element.addEventListener('scroll', onScroll, { passive: true });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (first.current !== firstKey && !atEnd.current) element.scrollTop += element.scrollHeight - height.current;
    else if (atEnd.current) element.scrollTop = element.scrollHeight;
    else if (height.current > 0 && element.scrollHeight > height.current) setAway(true);
    first.current = firstKey;
    height.current = element.scrollHeight;
  });

  const toNewest = () => {
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
    setAway(false);
  };
  return { away, toNewest };
}
