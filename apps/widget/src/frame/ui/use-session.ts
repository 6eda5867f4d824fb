import { useEffect, useState } from 'preact/hooks';
import type { Session } from '../store/session';
import type { SessionState } from '../store/session-state';

/** The session's state, drawn anew at each change; what changed between the first drawing and the subscription counts too. */
export function useSession(session: Pick<Session, 'state' | 'subscribe'>): SessionState {
  const [state, setState] = useState(session.state);
  useEffect(() => {
    const look = () => setState(session.state);
    look();
    return session.subscribe(look);
  }, [session]);
  return state;
}
