/**
 * Bounds of a time-out. RFC 6298 has a minimum of 1 s because of TCP's delayed acknowledgements, which SNMP lacks; the timer of
 * requests is accurate to 20 ms.
 */
const minTimeoutMs = 250;
const maxTimeoutMs = 8_000;
const granularityMs = 20;

/** How long an agent takes to answer, smoothed as in RFC 6298 section 2. */
export class RoundTrip {
  private smoothedMs: number | null = null;
  private variationMs = 0;
  /** When the latest of the answered requests was sent, milliseconds of `performance.now()`. */
  private answeredSentAt = -Infinity;

  /**
   * Applies the answer to a request sent at `sentAt` that came at `nowMs`. One that a later request's answer overtook says that its
   * objects are slow, not the agent: it does not count.
   */
  answered(sentAt: number, nowMs: number): void {
    if (sentAt < this.answeredSentAt) return;
    this.answeredSentAt = sentAt;
    const tookMs = Math.max(0, nowMs - sentAt);
    if (this.smoothedMs === null) {
      this.smoothedMs = tookMs;
      this.variationMs = tookMs / 2;
      return;
    }
    this.variationMs = 0.75 * this.variationMs + 0.25 * Math.abs(this.smoothedMs - tookMs);
    this.smoothedMs = 0.875 * this.smoothedMs + 0.125 * tookMs;
  }

  /** The time-out of one sending, milliseconds; null before the first answer. */
  get timeoutMs(): number | null {
    if (this.smoothedMs === null) return null;
    const timeoutMs = this.smoothedMs + Math.max(granularityMs, 4 * this.variationMs);
    return Math.min(maxTimeoutMs, Math.max(minTimeoutMs, timeoutMs));
  }
}
