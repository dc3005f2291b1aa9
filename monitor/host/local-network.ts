import type { Edge } from '../../domain/inventory/inventory';
import type { HostLink } from '../../domain/model/host';
import type { Reading, SourceResult } from '../../domain/model/reading';
import type { MonitorStatus, MonitorTrouble } from '../../domain/model/snapshot';
import { thresholds } from '../../domain/model/thresholds';
import type { Clock } from '../base/clock';
import type { HostNetwork } from './host-network';
import { LocalPaths, type Outage, type PolledHost } from './local-paths';
import type { MonitoringGap } from './self-monitor';
import type { ClusterMonitor } from '../../domain/cluster/cluster-monitor';

/** How long every edge has to be silent before the local network is suspected. */
const blindAfterMs = 3_000;

export interface NetworkTrouble extends MonitorTrouble {
  state: Extract<MonitorStatus['state'], 'blind' | 'partly-blind'>;
  words: string;
}

/** This computer's interfaces, and the clock by which they are checked. */
export interface LocalInterfaces {
  network: HostNetwork;
  clock: Clock;
}

/**
 * Finds faults of this computer's own network. An interface that is down is found at once. When every edge of the fleet is silent
 * at the same time, the path from here is the likelier fault. Both are recorded as gaps, because nothing was monitored.
 */
export class LocalNetwork {
  /** The rows with at least one edge that answered its latest poll. */
  readonly #answering = new Set<ClusterMonitor>();
  readonly #onGap: (gap: MonitoringGap) => void;
  #rows: readonly ClusterMonitor[];
  #edges: number;
  #polled: number;
  readonly #paths: LocalPaths | null;
  #lastAnswer: { atMs: number; atMonotonicMs: number } | null = null;
  #blindSinceMs: number | null = null;
  /** The last answer, and the last one from another row than that. */
  #latest: { row: ClusterMonitor; atMonotonicMs: number } | null = null;
  #before: { row: ClusterMonitor; atMonotonicMs: number } | null = null;
  readonly #failedSinceAnswer = new Set<string>();
  /** What is polled has ended, and does not come back while this runs. */
  #ended: { words: string; atMs: number } | null = null;

  /** `interfaces` null: this computer's interfaces are not checked. */
  constructor(
    rows: readonly ClusterMonitor[],
    onGap: (gap: MonitoringGap) => void,
    interfaces: LocalInterfaces | null = null,
  ) {
    this.#onGap = onGap;
    this.#rows = rows;
    this.#edges = edgeCount(rows);
    this.#polled = polledCount(rows);
    const onEnd = (outage: Outage, atMs: number): void => this.#endOutage(outage, atMs);
    this.#paths = interfaces && new LocalPaths(interfaces.network, interfaces.clock, hostsOf(rows), onEnd);
  }

  /** Monitors other rows from now on; what is known of those that stay is retained. */
  retarget(rows: readonly ClusterMonitor[]): void {
    this.#rows = rows;
    this.#edges = edgeCount(rows);
    this.#polled = polledCount(rows);
    for (const row of this.#answering) if (!rows.includes(row)) this.#answering.delete(row);
    this.#paths?.retarget(hostsOf(rows));
  }

  /** When an edge outside `row` last answered, monotonic milliseconds: then the network does not explain a silence within it. */
  answeredElsewhereMs(row: ClusterMonitor): number | null {
    return (this.#latest?.row === row ? this.#before : this.#latest)?.atMonotonicMs ?? null;
  }

  /** Whether every edge of the fleet has failed since the last answer: one round of polls without any. */
  get isFleetSilent(): boolean {
    return this.#failedSinceAnswer.size >= this.#polled && this.#polled >= thresholds.minFleetEdges;
  }

  /** The reading, or where a local interface explains the missing answer, a reading that says so. */
  explain(reading: Reading, answered: boolean): Reading {
    if (answered) {
      this.#paths?.answered(reading.edgeId, reading.startedMonotonicMs, reading.finishedAtMs);
      return reading;
    }
    if (this.#ended) return unreachableReading(reading, this.#ended.words);
    const interfaceName = this.#paths?.explaining(reading.edgeId, reading.startedMonotonicMs) ?? null;
    if (interfaceName === null) return reading;
    const words = `the way to it, ${interfaceName} of this computer, is down: check its cable or its network settings`;
    return unreachableReading(reading, words);
  }

  /** What is polled has ended, at `nowMs`: from now on no answer means nothing about an edge. */
  end(words: string, nowMs: number): void {
    this.#ended ??= { words, atMs: nowMs };
  }

  /** Why this computer cannot have reached the edges of a row since `startedMonotonicMs`; null: no local interface explains it. */
  downInterfaceTo({ edges }: ClusterMonitor, startedMonotonicMs: number): string | null {
    const [first] = edges;
    const name = first ? (this.#paths?.explaining(first.id, startedMonotonicMs) ?? null) : null;
    return name === null ? null : `the way to it, ${name} of this computer, is down`;
  }

  /** Applies a poll of an edge in `row`. A refusal counts as an answer, because it came over the network. */
  apply(row: ClusterMonitor, answered: boolean, reading: Reading): void {
    if (row.isAnswered) this.#answering.add(row);
    else this.#answering.delete(row);
    if (answered) {
      if (this.#latest?.row !== row) this.#before = this.#latest;
      this.#latest = { row, atMonotonicMs: reading.finishedMonotonicMs };
    }
    if (answered || isRefused(reading)) {
      this.#end(reading.finishedAtMs);
      this.#lastAnswer = { atMs: reading.finishedAtMs, atMonotonicMs: reading.finishedMonotonicMs };
      this.#failedSinceAnswer.clear();
      return;
    }
    this.#failedSinceAnswer.add(reading.edgeId);
    if (this.#ended) return;
    if (this.#blindSinceMs !== null || this.#edges < 2 || this.#lastAnswer === null) return;
    if (this.#cutOffCount() >= this.#edges) return;
    if (reading.finishedMonotonicMs - this.#lastAnswer.atMonotonicMs < blindAfterMs) return;
    if (this.#answering.size === 0 && this.#failedSinceAnswer.size >= 2)
      this.#blindSinceMs = this.#lastAnswer.atMs;
  }

  /** The interfaces of this computer that lead to edges; empty where they are not checked. */
  get links(): HostLink[] {
    return this.#paths?.links() ?? [];
  }

  /** What to show while the local network keeps Heron from polling all or some edges; null otherwise. */
  trouble(): NetworkTrouble | null {
    if (this.#ended)
      return {
        state: 'blind',
        kind: 'demo-ended',
        sinceMs: this.#ended.atMs,
        words: `${this.#ended.words}.`,
      };
    const outages = this.#paths?.outages() ?? [];
    if (outages.length > 0) {
      const names = outages.map(({ interfaceName }) => interfaceName).join(', ');
      const [cutOff, all] = [this.#cutOffCount(), this.#edges];
      const which = cutOff >= all ? 'no edge can' : `${cutOff} of ${all} edges cannot`;
      const words = `${names} of this computer ${outages.length === 1 ? 'is' : 'are'} down: ${which} be polled.`;
      const sinceMs = Math.min(...outages.map(({ fromMs }) => fromMs));
      return { state: cutOff >= all ? 'blind' : 'partly-blind', kind: 'own-interface', sinceMs, words };
    }
    if (this.#blindSinceMs === null) return null;
    return {
      state: 'blind',
      kind: 'own-network',
      sinceMs: this.#blindSinceMs,
      words: 'All edges fell silent at once: check this computer’s network.',
    };
  }

  stop(nowMs: number): void {
    this.#paths?.stop();
    if (this.#ended) {
      const { words, atMs: fromMs } = this.#ended;
      this.#onGap({ reason: 'own-network', words: `${words}.`, fromMs, toMs: nowMs });
    } else this.#end(nowMs);
  }

  #cutOffCount(): number {
    return (this.#paths?.outages() ?? []).reduce((sum, { edgeIds }) => sum + edgeIds.size, 0);
  }

  #endOutage({ interfaceName, fromMs, edgeIds }: Outage, toMs: number): void {
    const cutOff = this.#rows.filter(({ edges }) => edges.some(({ id }) => edgeIds.has(id)));
    const clusters = cutOff.flatMap(({ cluster }) => (cluster ? { id: cluster.id, name: cluster.name } : []));
    this.#onGap({
      reason: 'own-network',
      words: `${interfaceName} of this computer was down: the edges behind it could not be polled.`,
      fromMs,
      toMs,
      ...(cutOff.length < this.#rows.length ? { clusters } : {}),
    });
    // A silence that continues is counted from here: what was before is in this gap.
    if (this.#lastAnswer) this.#lastAnswer.atMs = Math.max(this.#lastAnswer.atMs, toMs);
  }

  #end(nowMs: number): void {
    if (this.#blindSinceMs === null) return;
    this.#onGap({
      reason: 'own-network',
      words: 'Every edge was silent at once: this computer’s network is suspected.',
      fromMs: this.#blindSinceMs,
      toMs: nowMs,
    });
    this.#blindSinceMs = null;
  }
}

function edgeCount(rows: readonly ClusterMonitor[]): number {
  return rows.reduce((sum, { edges }) => sum + edges.length, 0);
}

function polledCount(rows: readonly ClusterMonitor[]): number {
  const isPolled = ({ status, snmp, http, tcp }: Edge): boolean =>
    status === 'enabled' && Boolean(snmp ?? http ?? tcp);
  return rows.reduce((sum, { cluster, edges }) => {
    return cluster?.status === 'disabled' ? sum : sum + edges.filter(isPolled).length;
  }, 0);
}

function hostsOf(rows: readonly ClusterMonitor[]): PolledHost[] {
  return rows.flatMap(({ edges }) =>
    edges.map(({ id, snmp, managementIp, proxyIp }) => ({
      edgeId: id,
      host: snmp ? (snmp.host ?? managementIp ?? proxyIp) : proxyIp,
    })),
  );
}

/** The answer refuses us, but it came over the network. */
function isRefused({ snmp }: Reading): boolean {
  return (
    snmp.outcome === 'unreachable' &&
    snmp.code !== 'timeout' &&
    snmp.code !== 'no-route' &&
    snmp.code !== 'no-address' &&
    snmp.code !== 'looking-up' &&
    snmp.code !== 'own-network'
  );
}

function unreachableReading(reading: Reading, words: string): Reading {
  return {
    ...reading,
    snmp: unreachableFromHere(reading.snmp, words),
    http: unreachableFromHere(reading.http, words),
    tcp: unreachableFromHere(reading.tcp, words),
  };
}

function unreachableFromHere<T>(result: SourceResult<T>, words: string): SourceResult<T> {
  if (result.outcome !== 'unreachable') return result;
  return { ...result, code: 'own-network', words };
}
