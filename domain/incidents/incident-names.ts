import type { HeronEvent } from '../model/event';
import { plural } from '../words/amount';
import { duration } from '../words/duration';

/** The clusters and edges of an incident, by id, with their last names. */
export class IncidentNames {
  readonly #clusters = new Map<string, string>();
  readonly #edges = new Map<string, string>();

  get clusters(): { id: string; name: string }[] {
    return [...this.#clusters].map(([id, name]) => ({ id, name }));
  }

  get edges(): { id: string; name: string }[] {
    return [...this.#edges].map(([id, name]) => ({ id, name }));
  }

  hasEdge(id: string): boolean {
    return this.#edges.has(id);
  }

  add(event: HeronEvent): void {
    if (event.type === 'gap') for (const { id, name } of event.clusters ?? []) this.#clusters.set(id, name);
    if ('clusterId' in event && event.clusterId !== null)
      this.#clusters.set(event.clusterId, event.clusterName ?? event.clusterId);
    if ('edgeId' in event && event.edgeId !== null)
      this.#edges.set(event.edgeId, event.edgeName ?? event.edgeId);
    if (event.type === 'failover' || event.type === 'failback') {
      this.#edges.set(event.fromEdgeId, event.fromEdgeName);
      this.#edges.set(event.toEdgeId, event.toEdgeName);
    }
  }

  join(other: IncidentNames): void {
    for (const [id, name] of other.#clusters) this.#clusters.set(id, name);
    for (const [id, name] of other.#edges) this.#edges.set(id, name);
  }

  /** Evidence that clusters and standalone edges which were lost together have one cause. `lostMs`: when each was lost first. */
  lostTogether(lostMs: ReadonlyMap<string, number>, sinceMs: number): string[] {
    if (lostMs.size < 2) return [];
    const clusters = [...lostMs.keys()].filter((id) => this.#clusters.has(id)).length;
    const alone = lostMs.size - clusters;
    const words = [
      ...(clusters > 0 ? [plural(clusters, 'cluster')] : []),
      ...(alone > 0 ? [plural(alone, 'standalone edge')] : []),
    ].join(' and ');
    const withinMs = Math.max(...lostMs.values()) - sinceMs;
    return [`${words} were reported lost within ${duration(withinMs, 'up')}: probably one cause.`];
  }
}
