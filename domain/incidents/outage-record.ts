import type { HeronEvent } from '../model/event';
import { OutageTracker, type TrackedOutage } from '../past/outage-tracker';
import type { IncidentDraft } from './incident-draft';
import type { OpenIncidents } from './open-incidents';

/** The outages of every cluster, and which incident each belongs to. */
export class OutageRecord {
  readonly #trackers = new Map<string, OutageTracker>();
  readonly #owners = new Map<TrackedOutage, IncidentDraft>();

  /** Applies an event of a cluster that was added to an incident (`draft`), or to none. */
  add(event: HeronEvent, draft: IncidentDraft | undefined, open: OpenIncidents): void {
    if (!('clusterId' in event) || event.clusterId === null) return;
    const tracker = this.#trackers.get(event.clusterId) ?? new OutageTracker();
    this.#trackers.set(event.clusterId, tracker);
    for (const outage of tracker.add(event)) {
      const known = this.#owners.get(outage);
      const owner = (known && open.current(known)) ?? draft;
      if (!owner) continue;
      owner.addOutage(outage, event.clusterId, event);
      this.#owners.set(outage, owner);
    }
  }

  /** The incident in which a cluster has no active LB, as far as is known. */
  withoutLb(clusterId: string): IncidentDraft | undefined {
    const outage = this.#trackers.get(clusterId)?.withoutLb;
    return outage ? this.#owners.get(outage) : undefined;
  }

  /** Applies a start or a gap to clusters. */
  addToAll(event: HeronEvent, concerns: (clusterId: string) => boolean): void {
    for (const [clusterId, tracker] of this.#trackers) if (concerns(clusterId)) tracker.add(event);
  }
}
