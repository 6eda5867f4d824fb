import { type ReactNode, useEffect, useState } from 'react';

/** Shows its children only after `afterMs`: no skeleton flashes for what is there in a blink. */
export function Late({ afterMs = 300, children }: { afterMs?: number; children: ReactNode }) {
  const [due, setDue] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setDue(true), afterMs);
    return () => clearTimeout(timer);
  }, [afterMs]);
  return due ? children : null;
}
