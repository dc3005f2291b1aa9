import type { ClusterMonitor, ProbeOutcome } from '../../domain/cluster/cluster-monitor';
import type { EventContext } from '../../domain/cluster/cluster-events';
import { probeTargetOf } from '../../domain/inventory/probe-target';
import type { HostGateway } from '../../domain/model/host';
import type { ProbeResult } from '../../domain/model/probe';
import type { Clock } from '../base/clock';
import type { HostMonitor } from '../host/host-monitor';
import type { HostNetwork } from '../host/host-network';
import { OwnGateway } from '../probe/own-gateway';
import type { PathProbe } from '../probe/path-probe';
import { PathProber, type ProbedPath } from '../probe/path-prober';

export interface UserPathsOptions {
  probe: PathProbe;
  clock: Clock;
  random: () => number;
  /** This computer's own network, of which the default gateway is tested; null: it is not. */
  network: Pick<HostNetwork, 'defaultGateway'> | null;
  host: Pick<HostMonitor, 'explainsSilence' | 'trouble' | 'isFleetSilent'>;
  contextOf: (row: ClusterMonitor) => EventContext;
  onOutcome: (row: ClusterMonitor, outcome: ProbeOutcome) => void;
}

/** Probes the cluster IPs and gateways of the monitored rows, and applies what comes of it to them. */
export class UserPaths {
  readonly #prober: PathProber;
  readonly #ownGateway: OwnGateway | null;
  #rows = new Map<string, ClusterMonitor>();

  constructor(
    rows: readonly ClusterMonitor[],
    private readonly options: UserPathsOptions,
  ) {
    const { clock, probe, random, network, host } = options;
    const isBlind = (): boolean => host.trouble?.state === 'blind' || host.isFleetSilent;
    this.#ownGateway = network && new OwnGateway({ network, probe, clock, isBlind });
    this.#prober = new PathProber(this.#pathsOf(rows), {
      clock,
      probe,
      random,
      onProbe: (clusterId, result) => this.#apply(clusterId, result, 'applyProbe'),
      onGateway: (clusterIds, result) => {
        for (const id of clusterIds) this.#apply(id, result, 'applyGatewayProbe');
      },
    });
  }

  /** This computer's own gateway; null: there is none, or it is not tested. */
  get ownGateway(): HostGateway | null {
    return this.#ownGateway?.status ?? null;
  }

  retarget(rows: readonly ClusterMonitor[]): void {
    this.#prober.retarget(this.#pathsOf(rows));
  }

  stop(): void {
    this.#prober.stop();
    this.#ownGateway?.stop();
  }

  #pathsOf(rows: readonly ClusterMonitor[]): ProbedPath[] {
    this.#rows = new Map(rows.flatMap((row) => (row.cluster ? [[row.cluster.id, row]] : [])));
    return rows.flatMap(({ cluster }) => {
      const target = cluster && probeTargetOf(cluster);
      return cluster && target ? [{ clusterId: cluster.id, target }] : [];
    });
  }

  #apply(clusterId: string, result: ProbeResult, apply: 'applyProbe' | 'applyGatewayProbe'): void {
    const row = this.#rows.get(clusterId);
    if (!row) return;
    const { host, contextOf, onOutcome } = this.options;
    const why = result.outcome === 'answered' ? null : host.explainsSilence(row, result.startedMonotonicMs);
    const believed: ProbeResult = why === null ? result : { ...result, outcome: 'not-tried', words: why };
    onOutcome(row, row[apply](believed, contextOf(row)));
  }
}
