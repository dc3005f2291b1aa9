import type { Cluster, Edge } from '../../inventory/inventory';
import type { Reading } from '../../model/reading';
import type { RoleWitness } from '../../model/role';
import { observeDisagreement, type Disagreement } from './disagreement';
import { ClusterGroups } from './cluster-groups';
import { directReports, roleObservation } from './role-observation';
import { isRoleUnreported, type RoleObservation, type RoleTrack } from './role-track';
import { newTrafficTrack, observeTraffic, type TrafficTrack } from './traffic-track';

/** Everything that reports the roles of one cluster's LBs: the agents directly, the cluster's traffic by inference. */
export class LbWitnesses {
  readonly wanted: NonNullable<Cluster['witness']>;
  readonly #disagreements = new Map<string, Disagreement>();
  readonly #inferredRoles = new Map<string, RoleWitness>();
  /** LBs that last reported MASTER themselves, and that traffic has not shown to be active since then. */
  readonly #ownMasters = new Set<string>();
  readonly groups: ClusterGroups;
  #traffic: TrafficTrack;

  constructor(cluster: Pick<Cluster, 'witness' | 'vhid' | 'clusterIp'> | null, edges: readonly Edge[]) {
    this.wanted = cluster?.witness ?? 'auto';
    this.groups = new ClusterGroups(cluster, edges);
    this.#traffic = newTrafficTrack(edges);
  }

  /** What was last inferred from traffic, in words; null before the first inference. */
  get trafficWords(): string | null {
    return this.#traffic.last?.words ?? null;
  }

  /** The role that a reading reports for its LB, `previous` being its track; null when the reading did not poll the role. */
  observe(reading: Reading, previous: RoleTrack): RoleObservation | null {
    const { track, word } = observeTraffic(this.#traffic, reading);
    this.#traffic = track;
    if (word) this.#inferredRoles.set(reading.edgeId, word);
    // Traffic counters reach further back than a direct report, which they must not overrule.
    const wasDirect = previous.last?.witnesses.some(({ witness }) => witness !== 'traffic') ?? false;
    const mayDecide = (!wasDirect || isRoleUnreported(previous)) && !this.#isOwnMaster(reading.edgeId, word);
    const traffic = word && { word, mayDecide };
    const isAsked = reading.snmp.outcome !== 'not-asked' || reading.http.outcome !== 'not-asked';
    const direct = isAsked ? this.groups.observe(reading.edgeId, directReports(reading)) : [];
    if (direct.some(({ role }) => role === 'master')) this.#ownMasters.add(reading.edgeId);
    else if (direct.length > 0) this.#ownMasters.delete(reading.edgeId);
    const seen = roleObservation(reading, this.wanted, traffic, direct);
    if (!seen) return null;
    const disagreement = observeDisagreement(this.#disagreements.get(reading.edgeId) ?? null, seen);
    if (disagreement) this.#disagreements.set(reading.edgeId, disagreement);
    else this.#disagreements.delete(reading.edgeId);
    return seen;
  }

  /**
   * Whether traffic shows an LB as passive that last reported MASTER itself. In a split brain a master may carry nothing, so its traffic does not
   * prove that it gave up the role.
   */
  #isOwnMaster(edgeId: string, word: RoleWitness | null): boolean {
    if (word?.role === 'master') this.#ownMasters.delete(edgeId);
    return word?.role === 'backup' && this.#ownMasters.has(edgeId);
  }

  disagreementOn(edgeId: string): Disagreement | null {
    return this.#disagreements.get(edgeId) ?? null;
  }

  /**
   * The latest report of every witness of an LB: `reported` by its last reading, what was inferred from traffic before, and what it
   * reports of other groups.
   */
  latestOn(edgeId: string, reported: readonly RoleWitness[]): RoleWitness[] {
    const inferred = this.#inferredRoles.get(edgeId);
    const shows =
      inferred && inferred.role !== 'unknown' && reported.every(({ witness }) => witness !== 'traffic');
    const others = this.groups.othersOn(edgeId).map((word): RoleWitness => ({ ...word, otherGroup: true }));
    return [...reported, ...(shows ? [inferred] : []), ...others];
  }
}
