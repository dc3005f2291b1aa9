import type { Edge } from '../../inventory/inventory';
import type { Reading } from '../../model/reading';
import { newEdgeTrack, observeEdge, type EdgeTrack } from './edge-track';
import { isAnswered } from './reachability';
import { ServiceEvidence } from './service-evidence';

/** What is known of each edge of one row. */
export class EdgeTracks {
  readonly service = new ServiceEvidence();
  readonly #tracks = new Map<string, EdgeTrack>();
  /** Edges whose SNMP agent is not answering. */
  readonly #failing = new Set<string>();

  constructor(edges: readonly Edge[]) {
    for (const { id } of edges) this.#tracks.set(id, newEdgeTrack(id));
  }

  get byId(): ReadonlyMap<string, EdgeTrack> {
    return this.#tracks;
  }

  get hasFailing(): boolean {
    return this.#failing.size > 0;
  }

  /** Whether any edge answered its latest poll. */
  get isAnswered(): boolean {
    for (const track of this.#tracks.values()) if (isAnswered(track)) return true;
    return false;
  }

  get(edgeId: string): EdgeTrack {
    return this.#tracks.get(edgeId) ?? newEdgeTrack(edgeId);
  }

  set(track: EdgeTrack): void {
    this.#tracks.set(track.edgeId, track);
  }

  observe(reading: Reading): void {
    const track = observeEdge(this.get(reading.edgeId), reading);
    this.set(track);
    if (track.snmp.failures > 0) this.#failing.add(track.edgeId);
    else this.#failing.delete(track.edgeId);
  }

  /** Continues with what `previous` knows of the edges in `retainedIds`. */
  retainFrom(previous: EdgeTracks, retainedIds: ReadonlySet<string>): void {
    for (const id of retainedIds) this.set(previous.get(id));
    this.service.retainFrom(previous.service, retainedIds);
    for (const id of previous.#failing) if (retainedIds.has(id)) this.#failing.add(id);
  }
}
