import { observeDisagreement, type Disagreement } from './disagreement';
import { isUntold, type RoleObservation, type RoleTrack } from '../observe/role-track';
import { newTrafficTrack, observeTraffic, type TrafficTrack } from '../observe/traffic-track';
import { whyUnknown, witnessReasons } from './witness-reasons';
import type { Reason } from '../../model/health';
import type { Cluster, Edge } from '../../inventory/inventory';
import type { Reading } from '../../model/reading';
import type { RoleWitness } from '../../model/role';
import { roleObservation } from '../observe/role-observation';

/** Everybody who says something about the LBs of one cluster: the agents outright, the cluster's traffic by inference. */
export class LbWitnesses {
  readonly #wanted: NonNullable<Cluster['witness']>;
  readonly #disagreements = new Map<string, Disagreement>();
  readonly #trafficWords = new Map<string, RoleWitness>();
  #traffic: TrafficTrack;

  constructor(wanted: Cluster['witness'], edges: readonly Edge[]) {
    this.#wanted = wanted ?? 'auto';
    this.#traffic = newTrafficTrack(edges);
  }

  /** What a reading says about its LB's role, `previous` being what is known of it; null when it did not ask. */
  observe(reading: Reading, previous: RoleTrack): RoleObservation | null {
    const { track, word } = observeTraffic(this.#traffic, reading);
    this.#traffic = track;
    if (word) this.#trafficWords.set(reading.edgeId, word);
    // Figures of traffic reach further back than a direct word: beside one they must not undo what it said.
    const direct = previous.last?.witnesses.some(({ witness }) => witness !== 'traffic') ?? false;
    const traffic = word && { word, mayDecide: !direct || isUntold(previous) };
    const seen = roleObservation(reading, this.#wanted, traffic);
    if (!seen) return null;
    const disagreement = observeDisagreement(this.#disagreements.get(reading.edgeId) ?? null, seen);
    if (disagreement) this.#disagreements.set(reading.edgeId, disagreement);
    else this.#disagreements.delete(reading.edgeId);
    return seen;
  }

  /** What is wrong with the witnesses of one LB. */
  reasons(edge: Edge, role: RoleTrack | undefined): Reason[] {
    return role
      ? witnessReasons(edge.name, role, this.#wanted, this.#disagreements.get(edge.id) ?? null)
      : [];
  }

  /** Why nobody says who is active, in words; null where there is nothing to add. */
  whyUnknown(roles: readonly RoleTrack[]): string | null {
    return whyUnknown(roles, this.#wanted, this.#traffic.last?.words ?? null);
  }

  /** Every witness's last word on an LB: inference's too, which not every reading brings anew. */
  wordsOn(edgeId: string, words: readonly RoleWitness[]): RoleWitness[] {
    const inferred = this.#trafficWords.get(edgeId);
    const shows =
      inferred && inferred.role !== 'unknown' && words.every((word) => word.witness !== 'traffic');
    return shows ? [...words, inferred] : [...words];
  }
}
