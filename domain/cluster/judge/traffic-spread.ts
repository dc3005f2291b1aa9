import { thresholds } from '../../model/thresholds';
import type { Reason } from '../../model/health';
import type { Reading } from '../../model/reading';
import {
  imbalanceReason,
  isImbalanced,
  newImbalanceTrack,
  observeImbalance,
  type EdgeLoad,
} from './imbalance';
import { newPeakTrack, observePeak } from './spare';

/** How a cluster's traffic is spread over its edges, and its peak. */
export class TrafficSpread {
  #imbalance = newImbalanceTrack;
  #dueMonotonicMs = -Infinity;
  peak = newPeakTrack;

  /** Whether the shares are uneven, and have been for long enough. */
  get isUneven(): boolean {
    return isImbalanced(this.#imbalance);
  }

  get reason(): Reason | null {
    return imbalanceReason(this.#imbalance);
  }

  /** Applies the edges' loads at a reading, unless the last check was a moment ago. */
  observe(loads: () => EdgeLoad[], { finishedAtMs, finishedMonotonicMs }: Reading): void {
    if (finishedMonotonicMs < this.#dueMonotonicMs) return;
    this.#dueMonotonicMs = finishedMonotonicMs + thresholds.imbalanceCheckMs;
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
