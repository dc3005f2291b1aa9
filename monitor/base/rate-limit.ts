interface Bucket {
  tokens: number;
  atMonotonicMs: number;
}

/** Token buckets by name, bounded in number: the least recently used one is dropped, and starts full again. */
export class RateLimit {
  private readonly buckets = new Map<string, Bucket>();

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly maxNames: number,
  ) {}

  /** Takes one token of `name`; false when there is none. */
  admits(name: string, monotonicMs: number): boolean {
    const bucket = this.buckets.get(name) ?? { tokens: this.burst, atMonotonicMs: monotonicMs };
    const seconds = Math.max(0, monotonicMs - bucket.atMonotonicMs) / 1000;
    bucket.tokens = Math.min(this.burst, bucket.tokens + seconds * this.perSecond);
    bucket.atMonotonicMs = monotonicMs;
    this.buckets.delete(name);
    this.buckets.set(name, bucket);
    if (this.buckets.size > this.maxNames) {
      const [quietest] = this.buckets.keys();
      if (quietest !== undefined) this.buckets.delete(quietest);
    }
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }
}
