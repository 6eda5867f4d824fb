import { DatabaseError } from 'pg';

const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
/** Classes 08 (connection exception) and 57P (operator intervention): https://www.postgresql.org/docs/18/errcodes-appendix.html */
const sessionEnded = /^(08|57P)/;
const brokenConnection = /Connection terminated|not queryable|client has encountered a connection error/i;

/** Whether the server went away, from before the question to the middle of the answer; nothing is wrong with what was asked. */
export function isConnectionLost(error: unknown): boolean {
  if (error instanceof DatabaseError) return sessionEnded.test(error.code ?? '');
  if (!(error instanceof Error)) return false;
  return networkCodes.has((error as NodeJS.ErrnoException).code ?? '') || brokenConnection.test(error.message);
}
