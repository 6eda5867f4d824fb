import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { isUnexpected } from './client-error';
import type { GatewayContext } from './gateway-context';

/** Logs what nobody expected, with the trace it happened in; clients are told without detail. */
export function errorLogPlugin(log: Logger): ApolloServerPlugin<GatewayContext> {
  return {
    async contextCreationDidFail({ error }) {
      if (isUnexpected(error)) log.error({ err: error }, 'A session could not be looked at');
    },
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue: { traceparent }, operationName }) {
          logUnexpected(log, errors, { operationName, traceparent });
        },
      };
    },
  };
}

/** What nobody expected of an operation's errors. */
export function logUnexpected(
  log: Logger,
  errors: readonly GraphQLError[],
  of: { operationName?: string | null; traceparent: string },
): void {
  for (const error of errors.filter(isUnexpected))
    log.error({ err: error.originalError ?? error, path: error.path, ...of }, 'An operation failed');
}
