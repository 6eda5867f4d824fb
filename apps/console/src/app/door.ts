import type { ApolloClient } from '@apollo/client';
import { createClient } from '../api/client';
import { type LiveSocket, openSocket, socketUrl } from '../api/socket';

/** The connections of this window, made once; `onSignedOut` is called when the server says nobody is signed in any more. */
export interface Door {
  client: ApolloClient;
  socket: LiveSocket;
  onSignedOut: { call: () => void };
}

export const openDoor = (): Door => {
  const onSignedOut: Door['onSignedOut'] = { call: () => undefined };
  const socket = openSocket(socketUrl());
  return { socket, client: createClient(socket, () => onSignedOut.call()), onSignedOut };
};
