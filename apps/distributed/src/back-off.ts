const firstMs = 100;
const longestMs = 10_000;
/** A process that has lived so long has started well: the next crash counts as the first. */
const soundAfterMs = 30_000;

/** How long to wait before a crashed process is started again: 0.1, 0.2, 0.4 … 10 s. */
export class BackOff {
  private crashes = 0;

  /** Milliseconds to wait after a crash of a process that lived for `livedMs`. */
  next(livedMs: number): number {
    if (livedMs >= soundAfterMs) this.crashes = 0;
    return Math.min(longestMs, firstMs * 2 ** this.crashes++);
  }
}
