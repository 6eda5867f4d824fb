import { DatabaseError } from 'pg';

/** Raised by `app.must_be`. */
export const unexpectedCount = 'CB002';

/**
 * Whether a transaction was sent off in the hope that its statements touch as many rows as they were given, and one did
 * not: nothing of it stands, and it has to be run again, looking before each step.
 */
export function isUnexpectedCount(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === unexpectedCount;
}
