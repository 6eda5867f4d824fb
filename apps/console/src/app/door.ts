import type { ApolloClient } from '@apollo/client';
import type { Client as Socket } from 'graphql-ws';
import { createClient } from '../api/client';
import { openSocket, socketUrl } from '../api/socket';

/** The connections of this window, made once; `onSignedOut` is called when the server says nobody is signed in any more. */
export interface Door {
  client: ApolloClient;
  socket: Socket;
  onSignedOut: { call: () => void };
}

export const openDoor = (): Door => {
  const onSignedOut: Door['onSignedOut'] = { call: () => undefined };
  const socket = openSocket(socketUrl());
  return { socket, client: createClient(socket, () => onSignedOut.call()), onSignedOut };
};
