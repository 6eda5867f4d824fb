import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { OperationTypeNode } from 'graphql';
import type { Client as Socket } from 'graphql-ws';
import { map } from 'rxjs';
import { createCache } from './cache';
import { newestWins } from './newest-wins';
import { saysSignedOut } from './perform';
import { noteServerDate } from './server-clock';

const answerWithinMs = 15_000;

const fetchWithin: typeof fetch = async (input, init) => {
  const sentAt = Date.now();
  const deadline = AbortSignal.timeout(answerWithinMs);
  const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
  const response = await fetch(input, { ...init, signal });
  noteServerDate(response.headers.get('date'), sentAt, Date.now());
  return response;
};

/** Queries and mutations by HTTP, subscriptions by the socket; nothing older than what is cached gets past. */
export const createClient = (socket: Socket, signedOut: () => void): ApolloClient => {
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
  const wire = ApolloLink.split((operation) => operation.operationType === OperationTypeNode.SUBSCRIPTION, new GraphQLWsLink(socket), http);
  return new ApolloClient({
    cache,
    link: ApolloLink.from([watch, guard, wire]),
    defaultOptions: { query: { fetchPolicy: 'network-only' }, watchQuery: { fetchPolicy: 'cache-first' } },
  });
};
