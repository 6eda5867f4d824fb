import { useCallback, useEffect, useRef, useState } from 'react';
import type { Viewer } from '../api/types';
import { queuesQuery, viewerQuery } from '../api/viewer.graphql';
import { speakTo } from '../i18n/i18n';
import { LiveSession } from '../live/live-session';
import { openOutbox } from '../outbox/open-outbox';
import { backOffMs } from '../shared/back-off';
import type { Session } from '../shared/session';
import { signOut as signOutCommand } from '../sign-in/sign-in.graphql';
import type { Door } from './door';

export type DoorState = { kind: 'opening' } | { kind: 'failed' } | { kind: 'out'; ended: boolean } | { kind: 'in'; session: Session };

/** Who is here: asks the server, starts the live side for a signed-in person, and ends it when the session ends. */
export const useDoor = (door: Door): { state: DoorState; enter: () => Promise<void> } => {
  const [state, setState] = useState<DoorState>({ kind: 'opening' });
  const session = useRef<Session | null>(null);
  const { client, socket } = door;

  const leave = useCallback(
    (ended: boolean) => {
      const was = session.current;
      session.current = null;
      was?.live.stop();
      was?.outbox.stop();
      setState({ kind: 'out', ended: ended && was !== null });
      void client.clearStore();
    },
    [client],
  );

  const begin = useCallback(
    (viewer: Viewer) => {
      if (session.current) return;
      const live = new LiveSession(client, socket, viewer.id, () => leave(true));
      const outbox = openOutbox(client, viewer.id, (conversation, entry) => live.accept(conversation, entry));
      const signOut = (everywhere: boolean) => {
        const gone = () => leave(false);
        client.mutate({ mutation: signOutCommand, variables: { input: { everywhere } } }).then(gone, gone);
      };
      session.current = { client, live, outbox, viewer, signOut };
      speakTo(viewer.language);
      live.start();
      outbox.wake();
      setState({ kind: 'in', session: session.current });
    },
    [client, socket, leave],
  );

  const enter = useCallback(async () => {
    for (let attempt = 0; attempt < 4; attempt += 1) {
      try {
        const { data } = await client.query({ query: viewerQuery, fetchPolicy: 'network-only' });
        if (data?.viewer) await client.query({ query: queuesQuery, fetchPolicy: 'network-only' }).catch(() => null);
        if (data?.viewer) begin(data.viewer as Viewer);
        else leave(false);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, backOffMs(attempt, 400, 3000)));
      }
    }
    setState({ kind: 'failed' });
  }, [client, begin, leave]);

  useEffect(() => {
    door.onSignedOut.call = () => {
      if (session.current) leave(true);
    };
    void enter();
    const wake = () => session.current?.outbox.wake();
    const stopListening = socket.on('connected', wake);
    window.addEventListener('online', wake);
    return () => {
      stopListening();
      window.removeEventListener('online', wake);
    };
  }, [door, socket, enter, leave]);

  return { state, enter };
};
