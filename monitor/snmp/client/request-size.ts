/** Max. objects per request: with names of usual length the answer fits an Ethernet frame. */
export const maxObjectsPerPacket = 40;
/** Requests of full size that fail before it shrinks: one may have been lost. */
const failuresToShrink = 2;
/** When a larger size is tried again, at first and at most. */
const growAfterMs = 60_000;
const growAtMostMs = 10 * 60_000;

/** How many objects of a request get through to an agent and back: shrinks quickly, grows carefully. */
export class RequestSize {
  private size = maxObjectsPerPacket;
  private failures = 0;
  private growInMs = growAfterMs;
  private growAt = Infinity;

  /** Objects of the next request, at `nowMs` of `performance.now()`. */
  current(nowMs: number): number {
    return nowMs >= this.growAt ? Math.min(maxObjectsPerPacket, this.size * 2) : this.size;
  }

  /** A request of so many objects was answered. */
  fits(objects: number, nowMs: number): void {
    if (objects >= this.size) this.failures = 0;
    if (objects <= this.size) return;
    this.size = objects;
    this.growInMs = growAfterMs;
    this.growAt = objects < maxObjectsPerPacket ? nowMs + growAfterMs : Infinity;
  }

  /**
   * A request of so many objects failed, and all its parts of `partSize` were answered. `isCertain`: the agent itself said that it was
   * too big.
   */
  tooLarge(objects: number, partSize: number, isCertain: boolean, nowMs: number): void {
    if (objects <= this.size) {
      this.failures += 1;
      if (!isCertain && this.failures < failuresToShrink) return;
      this.size = Math.max(1, partSize);
      this.failures = 0;
    }
    this.growAt = nowMs + this.growInMs;
    this.growInMs = Math.min(growAtMostMs, this.growInMs * 2);
  }
}
