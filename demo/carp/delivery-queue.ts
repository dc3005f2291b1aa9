import { outranks, type Advertisement } from './member';

/** An advertisement in transit to one member. */
export interface Delivery {
  atMs: number;
  to: string;
  advertisement: Advertisement;
}

/**
 * Advertisements in transit, by time; of those that arrive at the same time, the worst sender's first. In reality their order is
 * random. In another fixed order every host would keep preempting on stale advertisements of the hosts it outranks, an
 * artefact of simulated times that are exactly equal.
 */
export class DeliveryQueue {
  private readonly waiting: Delivery[] = [];

  /** When the next one arrives; Infinity when none is in transit. */
  nextDueMs(): number {
    return this.waiting[0]?.atMs ?? Infinity;
  }

  /** Removes and returns the next one that has arrived by a time. */
  takeDue(byMs: number): Delivery | undefined {
    return this.nextDueMs() <= byMs ? this.waiting.shift() : undefined;
  }

  /** Adds one. */
  add(delivery: Delivery): void {
    const { advbase, advskew, address } = delivery.advertisement;
    let at = this.waiting.length;
    for (; at > 0; at--) {
      const before = this.waiting[at - 1];
      if (!before || before.atMs < delivery.atMs) break;
      if (before.atMs === delivery.atMs && !outranks(before.advertisement, advbase, advskew, address)) break;
    }
    this.waiting.splice(at, 0, delivery);
  }
}
