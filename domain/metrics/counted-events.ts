import type { HeronEvent } from '../model/event';
import type { TimeSpan } from '../model/time-span';
import { OutageTracker, outageBounds } from '../past/outage-tracker';

interface Counted {
  failovers: number;
  failbacks: number;
  outages: OutageTracker;
  /** The longest sums so far: a counter never decreases, although better evidence may shorten a bound. */
  withoutLbMs: TimeSpan;
}

/** What metrics count of the events of each cluster since Heron was started. */
export class CountedEvents {
  readonly #clusters = new Map<string, Counted>();

  add(event: HeronEvent): void {
    if (event.type === 'gap' || event.type === 'start') {
      for (const { outages } of this.#clusters.values()) outages.add(event);
      return;
    }
    if (!('clusterId' in event) || event.clusterId === null) return;
    const counted = this.#of(event.clusterId);
    if (event.type === 'failover') counted.failovers += 1;
    if (event.type === 'failback') counted.failbacks += 1;
    counted.outages.add(event);
  }

  /** Of one cluster, with bounds of the time in which it had no active LB, milliseconds. */
  of(clusterId: string, nowMs: number): { failovers: number; failbacks: number; withoutLbMs: TimeSpan } {
    const counted = this.#of(clusterId);
    const sum = { atLeast: 0, atMost: 0 };
    for (const outage of counted.outages.outages) {
      if (outage.kind === 'no-serving-edge') continue;
      const { atLeast, atMost } = outageBounds(outage, nowMs);
      sum.atLeast += atLeast;
      sum.atMost += atMost;
    }
    counted.withoutLbMs = {
      atLeast: Math.max(counted.withoutLbMs.atLeast, sum.atLeast),
      atMost: Math.max(counted.withoutLbMs.atMost, sum.atMost),
    };
    const { failovers, failbacks, withoutLbMs } = counted;
    return { failovers, failbacks, withoutLbMs };
  }

  #of(clusterId: string): Counted {
    const known = this.#clusters.get(clusterId);
    if (known) return known;
    const withoutLbMs = { atLeast: 0, atMost: 0 };
    const counted = { failovers: 0, failbacks: 0, outages: new OutageTracker(), withoutLbMs };
    this.#clusters.set(clusterId, counted);
    return counted;
  }
}
