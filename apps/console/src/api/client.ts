import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import { map, Observable, throwError, timeout } from 'rxjs';
import { createCache } from './cache';
import { newestWins } from './newest-wins';
import { saysSignedOut } from './perform';
import { noteServerDate } from './server-clock';
import type { LiveSocket } from './socket';

const answerWithinMs = 15_000;

const fetchWithin: typeof fetch = async (input, init) => {
  const sentAt = Date.now();
  const deadline = AbortSignal.timeout(answerWithinMs);
  const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
  const response = await fetch(input, { ...init, signal });
  noteServerDate(response.headers.get('date'), sentAt, Date.now());
  return response;
};

/** They set or clear the session's cookie. */
const byHttpAlone = new Set(['SignIn', 'SignOut']);

/**
 * A mutation on the socket. It fails when the socket closes before its answer came; a socket that brings none in time is given up.
 * So who repeats it, with the same client id, finds another way there.
 */
const socketCommands = (socket: LiveSocket): ApolloLink => {
  const wire = new GraphQLWsLink(socket);
  return new ApolloLink((operation) => {
    const answer = new Observable<ApolloLink.Result>((watcher) => {
      const asked = wire.request(operation).subscribe(watcher);
      const stop = socket.on('closed', () => watcher.error(new Error('The connection was lost before the answer came.')));
      return () => {
        stop();
        asked.unsubscribe();
      };
    });
    const late = () => {
      socket.terminate();
      return throwError(() => new Error(`No answer within ${answerWithinMs / 1000} s.`));
    };
    return answer.pipe(timeout({ first: answerWithinMs, with: late }));
  });
};

/**
 * Subscriptions by the socket, and mutations while it stands; queries, and mutations meanwhile, by HTTP. Nothing older than what
 * is cached gets past.
 */
export const createClient = (socket: LiveSocket, signedOut: () => void): ApolloClient => {
  const cache = createCache();
  const guard = new ApolloLink((operation, forward) =>
    forward(operation).pipe(map((result) => ({ ...result, data: newestWins(result.data, cache) }))),
  );
  const watch = new ErrorLink(({ error }) => {
    if (saysSignedOut(error)) signedOut();
  });
  const http = new HttpLink({
    uri: '/graphql',
    credentials: 'same-origin',
    headers: { 'apollo-require-preflight': 'true' },
    fetch: fetchWithin,
  });
  const isCommand = ({ operationType, operationName = '' }: ApolloLink.Operation) =>
    operationType === OperationTypeNode.MUTATION && !byHttpAlone.has(operationName) && socket.isOpen();
  const wire = ApolloLink.split(
    ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
    new GraphQLWsLink(socket),
    ApolloLink.split(isCommand, socketCommands(socket), http),
  );
  return new ApolloClient({
    cache,
    link: ApolloLink.from([watch, guard, wire]),
    defaultOptions: { query: { fetchPolicy: 'network-only' }, watchQuery: { fetchPolicy: 'cache-first' } },
  });
};
