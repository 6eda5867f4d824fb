interface Bucket {
  tokens: number;
  at: number;
}

/** More keys than this are looked through for those that are full again, which need not be remembered. */
const sweepAbove = 10_000;

/** A token bucket per key: `burst` at once, `perSecond` over time. In memory of this process; full buckets are forgotten. */
export class KeyedBuckets {
  private readonly buckets = new Map<string, Bucket>();
  private sweepAt = sweepAbove;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one: 0 when there was one, else the milliseconds until there is. */
  take(key: string): number {
    const bucket = this.refilled(key);
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - bucket.tokens) / this.perSecond) * 1000);
  }

  get size(): number {
    return this.buckets.size;
  }

  private refilled(key: string): Bucket {
    const now = this.now();
    const bucket = this.buckets.get(key) ?? { tokens: this.burst, at: now };
    bucket.tokens = Math.min(this.burst, bucket.tokens + ((now - bucket.at) / 1000) * this.perSecond);
    bucket.at = now;
    this.buckets.set(key, bucket);
    if (this.buckets.size > this.sweepAt) this.sweep(now);
    return bucket;
  }

  private sweep(now: number): void {
    for (const [key, bucket] of this.buckets) {
      if (bucket.tokens + ((now - bucket.at) / 1000) * this.perSecond >= this.burst) this.buckets.delete(key);
    }
    this.sweepAt = Math.max(sweepAbove, this.buckets.size * 2);
  }
}
