/**
 * Errors come in three kinds (architecture decision 12). `user`: the input can be mended, the text says how.
 * `operational`: try again later. `unexpected`: a defect, logged with its trace, told without details.
 */
export type ErrorKind = 'user' | 'operational' | 'unexpected';

/** An expected refusal. `code` is stable and for programs, `message` for the person, `details` for the screen. */
export class UserError extends Error {
  readonly kind = 'user' satisfies ErrorKind;
  constructor(
    readonly code: string,
    message: string,
    readonly details: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = 'UserError';
  }
}

/** Nothing is wrong with the request; the same request may succeed after `retryAfterMs`. */
export class OperationalError extends Error {
  readonly kind = 'operational' satisfies ErrorKind;
  constructor(
    readonly code: string,
    message: string,
    readonly retryAfterMs = 1000,
  ) {
    super(message);
    this.name = 'OperationalError';
  }
}

export const notAllowed = (what: string) => new UserError('NOT_ALLOWED', `You may not ${what}. Ask your supervisor for the right.`);
export const notFound = (what: string) => new UserError('NOT_FOUND', `This ${what} does not exist or is not yours to see.`);
