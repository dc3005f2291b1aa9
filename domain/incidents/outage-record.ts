import type { HeronEvent } from '../model/event';
import { OutageTracker, type Outage } from '../past/outages';
import type { IncidentDraft } from './incident-draft';
import type { OpenIncidents } from './open-incidents';

/** The outages of every cluster, and which incident each belongs to. */
export class OutageRecord {
  readonly #trackers = new Map<string, OutageTracker>();
  readonly #owners = new Map<Outage, IncidentDraft>();

  /** Applies an event of a cluster that was added to an incident (`draft`), or to none. */
  add(event: HeronEvent, draft: IncidentDraft | undefined, open: OpenIncidents): void {
    if (!('clusterId' in event) || event.clusterId === null) return;
    const tracker = this.#trackers.get(event.clusterId) ?? new OutageTracker();
    this.#trackers.set(event.clusterId, tracker);
    const outage = tracker.add(event);
    if (!outage) return;
    const known = this.#owners.get(outage);
    const owner = known && open.current(known);
    if (owner) owner.outages.add(outage);
    else if (draft) {
      draft.outages.add(outage);
      this.#owners.set(outage, draft);
    }
  }

  /** Applies a start or a gap to clusters. */
  addToAll(event: HeronEvent, concerns: (clusterId: string) => boolean): void {
    for (const [clusterId, tracker] of this.#trackers) if (concerns(clusterId)) tracker.add(event);
  }
}
