import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../store/session';
import type { SessionState } from '../store/session-state';

/** The session's state, drawn anew at each change. */
export function useSession(session: Session): SessionState {
  const [state, setState] = useState(session.state);
  useEffect(() => session.subscribe(() => setState(session.state)), [session]);
  return state;
}
