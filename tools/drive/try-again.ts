/** The server could not be asked or could not answer: ask again with the same client id. */
export class TryAgain extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly retryAfter: string | undefined,
  ) {
    super(message);
    this.name = 'TryAgain';
  }
}
