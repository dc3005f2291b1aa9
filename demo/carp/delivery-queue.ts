import { outranks, type Advertisement } from './member';

/** An advertisement on its way to one member. */
export interface Delivery {
  atMs: number;
  to: string;
  advertisement: Advertisement;
}

/**
 * Advertisements under way: by time, and of those that arrive at once the worst sender's first. Their true order is
 * chance; in another one every host would preempt the stale words of those it outranks again and again, an echo of
 * lock-step times that real hosts do not share.
 */
export class DeliveryQueue {
  private readonly waiting: Delivery[] = [];

  /** When the next one arrives; Infinity when none is under way. */
  nextDueMs(): number {
    return this.waiting[0]?.atMs ?? Infinity;
  }

  /** Takes out the next one that has arrived by a time. */
  takeDue(byMs: number): Delivery | undefined {
    return this.nextDueMs() <= byMs ? this.waiting.shift() : undefined;
  }

  /** Puts one on its way. */
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
