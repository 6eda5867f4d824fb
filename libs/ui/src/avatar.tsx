import type { ReactNode } from 'react';
import { initials } from './initials';

/** A person's initials in a circle; decoration only, the name stands beside it. `corner` is a small glyph, e.g. the channel's. */
export function Avatar({ name, large, corner }: { name: string; large?: boolean; corner?: ReactNode }) {
  return (
    <span className={large ? 'avatar large' : 'avatar'} aria-hidden="true">
      {initials(name)}
      {corner ? <span className="corner">{corner}</span> : null}
    </span>
  );
}
