/** Stands for one subscription in the protocol library: yields nothing, ends when the client or the socket leaves. */
export class Membership {
  private end: (() => void) | undefined;
  readonly ended = new Promise<void>((resolve) => {
    this.end = resolve;
  });

  constructor(private readonly leave: () => void) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<never, undefined>> {
    await this.ended;
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<never, undefined>> {
    this.leave();
    this.end?.();
    return { done: true, value: undefined };
  }

  async throw(): Promise<IteratorResult<never, undefined>> {
    return this.return();
  }
}
