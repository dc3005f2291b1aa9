/** How often an object is requested alone without an answer before it is left out. */
const strikesToLeaveOut = 3;
/** When an object that was left out is retried, at first and at most. */
const retryAfterMs = 2_000;
const retryAtMostMs = 60_000;
/** Max. objects requested alone in one read. */
const maxAlone = 16;
const maxKnown = 512;

interface Doubt {
  strikes: number;
  words: string;
  /** Milliseconds of `performance.now()`. */
  retryAt: number;
  retryInMs: number;
}

/** Objects of one agent that hang or are refused: the others are requested without them. */
export class DoubtfulObjects {
  private readonly doubts = new Map<string, Doubt>();

  /** Which objects to request together and which alone; those left out are added to `unanswered`, with why. */
  sort(
    oids: readonly string[],
    unanswered: Map<string, string>,
  ): { usual: readonly string[]; alone: readonly string[] } {
    if (this.doubts.size === 0) return { usual: oids, alone: [] };
    const usual: string[] = [];
    const alone: string[] = [];
    for (const oid of oids) {
      const doubt = this.doubts.get(oid);
      if (!doubt) usual.push(oid);
      else if (doubt.strikes < strikesToLeaveOut && alone.length < maxAlone) alone.push(oid);
      else unanswered.set(oid, doubt.words);
    }
    return { usual: usual.length === oids.length ? oids : usual, alone };
  }

  /** The object was in a request that was not answered, and there was no time to find out which one it is. */
  suspect(oid: string, words: string): void {
    this.of(oid, words);
  }

  /** It was requested alone, and not answered while others were. */
  strike(oid: string, words: string, nowMs: number): void {
    const doubt = this.of(oid, words);
    doubt.strikes += 1;
    doubt.words = words;
    if (doubt.strikes === strikesToLeaveOut) doubt.retryAt = nowMs + doubt.retryInMs;
  }

  /** The agent answers an error because of it. */
  refuse(oid: string, words: string, nowMs: number): void {
    const doubt = this.of(oid, words);
    Object.assign(doubt, { strikes: strikesToLeaveOut, words, retryAt: nowMs + doubt.retryInMs });
  }

  /** It was answered. What was left out with it probably is, too: it is requested alone next. */
  answered(oid: string): void {
    if (this.doubts.size === 0) return;
    const doubt = this.doubts.get(oid);
    if (!doubt) return;
    this.doubts.delete(oid);
    if (doubt.strikes < strikesToLeaveOut) return;
    for (const other of this.doubts.values()) other.strikes = Math.min(other.strikes, strikesToLeaveOut - 1);
  }

  /** One of the objects that is to be retried now; the next retry of it is later each time. */
  due(oids: readonly string[], nowMs: number): string | null {
    if (this.doubts.size === 0) return null;
    for (const oid of oids) {
      const doubt = this.doubts.get(oid);
      if (!doubt || doubt.strikes < strikesToLeaveOut || nowMs < doubt.retryAt) continue;
      doubt.retryInMs = Math.min(retryAtMostMs, doubt.retryInMs * 2);
      doubt.retryAt = nowMs + doubt.retryInMs;
      return oid;
    }
    return null;
  }

  private of(oid: string, words: string): Doubt {
    const known = this.doubts.get(oid);
    if (known) return known;
    // Objects of earlier plans are forgotten with the rest.
    if (this.doubts.size >= maxKnown) this.doubts.clear();
    const made = { strikes: 0, words, retryAt: Infinity, retryInMs: retryAfterMs };
    this.doubts.set(oid, made);
    return made;
  }
}
