import { HeaderMap } from '@apollo/server';
import { OperationalError, UserError } from '@cordboard/rpc';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

interface Told {
  message: string;
  extensions: Record<string, unknown>;
}

const internal: Told = { message: 'Something went wrong on our side. It has been logged.', extensions: { code: 'INTERNAL' } };

const originalOf = (error: unknown) => (error instanceof GraphQLError && error.originalError ? error.originalError : error);

/** Undefined for an error nobody expected: it is logged and told without detail. */
function told(error: unknown): Told | undefined {
  const original = originalOf(error);
  if (original instanceof UserError) return { message: original.message, extensions: { code: original.code } };
  if (original instanceof OperationalError) {
    return { message: original.message, extensions: { code: original.code, retryAfterMs: original.retryAfterMs } };
  }
  if (!(original instanceof GraphQLError) || !(error instanceof GraphQLError)) return undefined;
  const { code } = error.extensions;
  return typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR' ? { message: error.message, extensions: { code } } : undefined;
}

/** Whether an error is a defect of ours. */
export const isUnexpected = (error: unknown) => told(error) === undefined;

/** What clients of sockets may know of errors: a code, a text, and when to try again. */
export function clientErrors(errors: readonly GraphQLError[]): GraphQLError[] {
  return errors.map((error) => {
    const { message, extensions } = told(error) ?? internal;
    return new GraphQLError(message, { nodes: error.nodes, path: error.path, extensions });
  });
}

/** The same for Apollo, which has given its own refusals (parsing, validation, limits) a code by then. */
export function formatError({ locations, path, message, extensions }: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const known = told(error);
  if (known) return { ...known, path, locations };
  const code = extensions?.code;
  const isApollos = error instanceof GraphQLError && !(error.originalError && !(error.originalError instanceof GraphQLError));
  if (isApollos && typeof code === 'string' && code !== 'INTERNAL_SERVER_ERROR') return { message, path, locations, extensions: { code } };
  return { ...internal, path };
}

/** When an operation may be tried again that failed because something is away or busy; undefined for every other error. */
export function retryAfterMsOf(error: unknown): number | undefined {
  const original = originalOf(error);
  return original instanceof OperationalError ? original.retryAfterMs : undefined;
}

/** The value of Retry-After: whole seconds, never none. */
export const retryAfter = (ms: number) => String(Math.max(1, Math.ceil(ms / 1000)));

/** Makes an answer to be tried again a 503 with Retry-After; other errors stay as they are. */
export function asUnavailable(error: unknown): unknown {
  if (!(error instanceof OperationalError)) return error;
  const headers = new HeaderMap([['retry-after', retryAfter(error.retryAfterMs)]]);
  return new GraphQLError(error.message, { originalError: error, extensions: { code: error.code, http: { status: 503, headers } } });
}
