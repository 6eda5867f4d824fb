import { OperationalError, UserError } from '@cordboard/rpc';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';

const internal = { message: 'Something went wrong on our side. It has been logged.', extensions: { code: 'INTERNAL' } };

/** What a client may know of an error: a code and a text, and when to try again. Everything unexpected is logged and told without detail. */
export function clientError(error: GraphQLError, log: Logger): GraphQLError {
  const { nodes, path, originalError } = error;
  const { message, extensions } = told(error, originalError ?? undefined, log);
  return new GraphQLError(message, { nodes, path, extensions });
}

export function clientErrors(errors: readonly GraphQLError[], log: Logger): GraphQLError[] {
  return errors.map((error) => clientError(error, log));
}

/** The same for Apollo, whose own refusals (parsing, validation, limits) carry a code and pass as they are. */
export function formatError(formatted: GraphQLFormattedError, error: unknown, log: Logger): GraphQLFormattedError {
  const original = error instanceof GraphQLError ? error.originalError : undefined;
  const fromApollo = !original || original instanceof GraphQLError;
  if (fromApollo && formatted.extensions?.code !== 'INTERNAL_SERVER_ERROR') {
    const { message, locations, path, extensions } = formatted;
    return { message, locations, path, extensions: { code: extensions?.code } };
  }
  const { message, extensions } = told(error, original, log);
  return { message, path: formatted.path, extensions };
}

function told(error: unknown, original: Error | undefined, log: Logger): { message: string; extensions: Record<string, unknown> } {
  if (original instanceof UserError) return { message: original.message, extensions: { code: original.code } };
  if (original instanceof OperationalError) {
    return { message: original.message, extensions: { code: original.code, retryAfterMs: original.retryAfterMs } };
  }
  if (error instanceof GraphQLError && (!original || original instanceof GraphQLError) && typeof error.extensions.code === 'string') {
    return { message: error.message, extensions: { code: error.extensions.code } };
  }
  log.error({ err: original ?? error }, 'An operation failed');
  return internal;
}
