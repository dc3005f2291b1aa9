import type { Reading, SourceResult } from '../../domain/model/reading';
import type { MonitorStatus } from '../../domain/model/snapshot';
import type { Clock } from '../base/clock';
import type { HostNetwork } from './host-network';
import { OwnPaths, type Outage, type PolledHost } from './local-paths';
import type { SelfGap } from './self-monitor';
import type { WatchedCluster } from '../../domain/cluster/cluster-monitor';

/** Everything must have been silent for so long before the own network is the suspect. */
const blindAfterMs = 3_000;

/** This computer's interfaces, and the clock to look at them by. */
export interface OwnInterfaces {
  network: HostNetwork;
  clock: Clock;
}

/**
 * Doubts the monitor's own network. An own interface that is down says so itself, at once. When every edge of the fleet is
 * silent at once, the path from here is the likelier fault. Both are kept as gaps, because nobody watched.
 */
export class OwnNetwork {
  /** The rows with at least one edge that answered its latest poll. */
  readonly #answering = new Set<WatchedCluster>();
  readonly #onGap: (gap: SelfGap) => void;
  #rows: readonly WatchedCluster[];
  #edges: number;
  readonly #paths: OwnPaths | null;
  #lastAnswer: { atMs: number; atMonotonicMs: number } | null = null;
  #blindSinceMs: number | null = null;
  /** The last answer, and the last one from another row than that. */
  #latest: { row: WatchedCluster; atMonotonicMs: number } | null = null;
  #before: { row: WatchedCluster; atMonotonicMs: number } | null = null;
  readonly #failedSinceAnswer = new Set<string>();

  /** `interfaces` null: this computer's interfaces are not looked at. */
  constructor(
    rows: readonly WatchedCluster[],
    onGap: (gap: SelfGap) => void,
    interfaces: OwnInterfaces | null = null,
  ) {
    this.#onGap = onGap;
    this.#rows = rows;
    this.#edges = edgeCount(rows);
    const onEnd = (outage: Outage, atMs: number): void => this.#endOutage(outage, atMs);
    this.#paths = interfaces && new OwnPaths(interfaces.network, interfaces.clock, hostsOf(rows), onEnd);
  }

  /** Other rows are watched from now on; what is known of those that stay is kept. */
  retarget(rows: readonly WatchedCluster[]): void {
    this.#rows = rows;
    this.#edges = edgeCount(rows);
    for (const row of this.#answering) if (!rows.includes(row)) this.#answering.delete(row);
    this.#paths?.retarget(hostsOf(rows));
  }

  /** When an edge outside `row` last answered, on the monotonic clock: then a silence within it is not the network's. */
  answeredElsewhereMs(row: WatchedCluster): number | null {
    return (this.#latest?.row === row ? this.#before : this.#latest)?.atMonotonicMs ?? null;
  }

  /** The reading as it is, or, where an own interface explains that nothing came back, saying that. */
  explain(reading: Reading, answered: boolean): Reading {
    if (answered) {
      this.#paths?.answered(reading.edgeId, reading.startedMonotonicMs, reading.finishedAtMs);
      return reading;
    }
    const interfaceName = this.#paths?.lostBy(reading.edgeId, reading.startedMonotonicMs) ?? null;
    if (interfaceName === null) return reading;
    const words = `${interfaceName} of this computer, the way to it, is down: check its cable or its network settings`;
    return {
      ...reading,
      snmp: notAskable(reading.snmp, words),
      http: notAskable(reading.http, words),
      tcp: notAskable(reading.tcp, words),
    };
  }

  /** Takes the outcome of one poll of an edge in `row`. A refusal is an answer: it came over the network. */
  note(row: WatchedCluster, answered: boolean, reading: Reading): void {
    if (row.answers) this.#answering.add(row);
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
    if (this.#blindSinceMs !== null || this.#edges < 2 || this.#lastAnswer === null) return;
    if (this.#cutOff() >= this.#edges) return;
    if (reading.finishedMonotonicMs - this.#lastAnswer.atMonotonicMs < blindAfterMs) return;
    if (this.#answering.size === 0 && this.#failedSinceAnswer.size >= 2)
      this.#blindSinceMs = this.#lastAnswer.atMs;
  }

  /** What to show while the own network keeps Heron from seeing everything, or part of it; null otherwise. */
  trouble(): { state: Extract<MonitorStatus['state'], 'blind' | 'partly-blind'>; words: string } | null {
    const outages = this.#paths?.outages() ?? [];
    if (outages.length > 0) {
      const names = outages.map(({ interfaceName }) => interfaceName).join(', ');
      const [cutOff, all] = [this.#cutOff(), this.#edges];
      const which = cutOff >= all ? 'no edge can' : `${cutOff} of ${all} edges cannot`;
      const words = `${names} of this computer ${outages.length === 1 ? 'is' : 'are'} down: ${which} be asked.`;
      return { state: cutOff >= all ? 'blind' : 'partly-blind', words };
    }
    if (this.#blindSinceMs === null) return null;
    return { state: 'blind', words: 'All edges fell silent at once: check this computer’s network.' };
  }

  stop(nowMs: number): void {
    this.#paths?.stop();
    this.#end(nowMs);
  }

  #cutOff(): number {
    return (this.#paths?.outages() ?? []).reduce((sum, { edgeIds }) => sum + edgeIds.size, 0);
  }

  #endOutage({ interfaceName, fromMs, edgeIds }: Outage, toMs: number): void {
    const cutOff = this.#rows.filter(({ edges }) => edges.some(({ id }) => edgeIds.has(id)));
    const clusters = cutOff.flatMap(({ cluster }) => (cluster ? { id: cluster.id, name: cluster.name } : []));
    this.#onGap({
      reason: 'own-network',
      words: `${interfaceName} of this computer was down: the edges behind it could not be asked.`,
      fromMs,
      toMs,
      ...(cutOff.length < this.#rows.length ? { clusters } : {}),
    });
    // A silence that goes on is counted from here: what was before is told.
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

function edgeCount(rows: readonly WatchedCluster[]): number {
  return rows.reduce((sum, { edges }) => sum + edges.length, 0);
}

function hostsOf(rows: readonly WatchedCluster[]): PolledHost[] {
  return rows.flatMap(({ edges }) =>
    edges.map(({ id, snmp, managementIp, proxyIp }) => ({
      edgeId: id,
      host: snmp ? (snmp.host ?? managementIp ?? proxyIp) : proxyIp,
    })),
  );
}

/** What came back refuses us: it went over the network, so that works. */
function isRefused({ snmp }: Reading): boolean {
  return (
    snmp.outcome === 'unreachable' &&
    snmp.code !== 'timeout' &&
    snmp.code !== 'no-route' &&
    snmp.code !== 'own-network'
  );
}

function notAskable<T>(result: SourceResult<T>, words: string): SourceResult<T> {
  if (result.outcome !== 'unreachable') return result;
  return { ...result, code: 'own-network', words };
}
