import type { ClusterMonitor } from '../../domain/cluster/cluster-monitor';
import type { HeronEvent } from '../../domain/model/event';
import type { HostLink } from '../../domain/model/host';
import type { Reading } from '../../domain/model/reading';
import type { Clock } from '../base/clock';
import type { HostNetwork } from './host-network';
import { LocalNetwork, type NetworkTrouble } from './local-network';
import { SelfMonitor, type MonitoringGap } from './self-monitor';

/** Monitors this computer: whether the process runs on time, and whether its network leads to the edges. */
export class HostMonitor {
  readonly #self: SelfMonitor;
  readonly #network: LocalNetwork;

  /** `network` null: this computer's interfaces are not checked, so only common silence points to them. */
  constructor(
    rows: readonly ClusterMonitor[],
    private readonly clock: Clock,
    network: HostNetwork | null,
    onGap: (event: HeronEvent) => void,
  ) {
    const emit = (gap: MonitoringGap): void => onGap(gapEvent(gap, clock.nowMs()));
    this.#self = new SelfMonitor(clock, emit);
    this.#network = new LocalNetwork(rows, emit, network && { network, clock });
  }

  /** How late the process itself runs, milliseconds. */
  get lagMs(): number {
    return this.#self.lagMs;
  }

  get trouble(): NetworkTrouble | null {
    return this.#network.trouble();
  }

  /** The interfaces of this computer that lead to edges. */
  get links(): HostLink[] {
    return this.#network.links;
  }

  /** Whether the process stalled during a poll started at `startedMonotonicMs`: then its time-out says nothing about the edge. */
  stalledSince(startedMonotonicMs: number): boolean {
    return this.#self.stalledSince(startedMonotonicMs);
  }

  /** Why a probe towards a row that started then says nothing about it; null: nothing here explains its failure. */
  explainsSilence(row: ClusterMonitor, startedMonotonicMs: number): string | null {
    if (this.#self.stalledSince(startedMonotonicMs)) return 'Heron did not run on time';
    return this.#network.downInterfaceTo(row, startedMonotonicMs);
  }

  /** The reading, or where a local interface explains the missing answer, a reading that says so. */
  explain(reading: Reading, answered: boolean): Reading {
    return this.#network.explain(reading, answered);
  }

  /** When an edge of another row last answered, monotonic milliseconds; null: none did. */
  answeredElsewhereMs(row: ClusterMonitor): number | null {
    return this.#network.answeredElsewhereMs(row);
  }

  /** Whether every edge of the fleet has failed since the last answer of any. */
  get isFleetSilent(): boolean {
    return this.#network.isFleetSilent;
  }

  /** Applies a reading, after it was applied to its row. */
  apply(row: ClusterMonitor, answered: boolean, reading: Reading): void {
    this.#network.apply(row, answered, reading);
  }

  retarget(rows: readonly ClusterMonitor[]): void {
    this.#network.retarget(rows);
  }

  /** What is polled has ended: the silence that follows says nothing about edges. `words`: without a full stop. */
  endOfSource(words: string): void {
    this.#network.end(words, this.clock.nowMs());
  }

  /** The system suspends this computer (true), or has resumed: a standstill between the two was its sleep. */
  sleeps(isSuspended: boolean): void {
    if (isSuspended) this.#self.announceSleep();
    else this.#self.endSleep();
  }

  /** Stops the checks; a gap that is still open is reported. */
  stop(): void {
    this.#self.stop();
    this.#network.stop(this.clock.nowMs());
  }
}

function gapEvent(gap: MonitoringGap, nowMs: number): HeronEvent {
  const toMs = Math.round(gap.toMs);
  return {
    type: 'gap',
    timeMs: toMs,
    recordedAtMs: Math.round(nowMs),
    fromMs: Math.round(gap.fromMs),
    toMs,
    ...(gap.clusters ? { clusters: gap.clusters } : {}),
    reason: gap.reason,
    words: gap.words,
  };
}
