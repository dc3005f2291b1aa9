import { imbalanceReason, newImbalanceTrack, observeImbalance, type EdgeLoad } from './imbalance';
import { newPeakTrack, observePeak } from './spare';
import type { Reason } from '../../model/health';
import type { Reading } from '../../model/reading';

/** An imbalance has to last a minute: not every one of 16 edges' polls has to look for it. */
const spreadEveryMs = 2_000;

/** Watches how a cluster's traffic is spread over its edges, and how high it gets. */
export class SpreadWatch {
  #imbalance = newImbalanceTrack;
  #dueMonotonicMs = -Infinity;
  peak = newPeakTrack;

  /** Whether the shares are uneven, and have been for long enough. */
  get uneven(): boolean {
    return this.#imbalance.found;
  }

  get reason(): Reason | null {
    return imbalanceReason(this.#imbalance);
  }

  /** Looks at the edges' loads, as long as it is not too soon after the last look. */
  observe(loads: () => EdgeLoad[], { finishedAtMs, finishedMonotonicMs }: Reading): void {
    if (finishedMonotonicMs < this.#dueMonotonicMs) return;
    this.#dueMonotonicMs = finishedMonotonicMs + spreadEveryMs;
    const edges = loads();
    this.#imbalance = observeImbalance(this.#imbalance, edges, finishedMonotonicMs);
    this.peak = observePeak(this.peak, sumOf(edges), finishedAtMs);
  }
}

/** Null where no edge's traffic is known. */
function sumOf(edges: readonly EdgeLoad[]): number | null {
  const known = edges.flatMap(({ bitsPerSecond }) => (bitsPerSecond === null ? [] : [bitsPerSecond]));
  return known.length === 0 ? null : known.reduce((sum, bits) => sum + bits, 0);
}
