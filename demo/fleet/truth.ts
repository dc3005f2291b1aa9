import type { CarpRole } from '../carp/member';
import type { FaultKind } from '../faults/fault';

/** A true event with its exact time, by which a detector is judged. Times are UTC milliseconds. */
export type TruthEntry = RoleTruth | FaultTruth;

/** A load balancer's role changed. `masters` is who held MASTER in the cluster right after. */
export interface RoleTruth {
  kind: 'role';
  atMs: number;
  cluster: string;
  edge: string;
  from: CarpRole;
  to: CarpRole;
  reason: string;
  masters: string[];
}

/** A fault began, or ended (by itself or because it was restored). */
export interface FaultTruth {
  kind: 'fault';
  phase: 'begin' | 'end';
  atMs: number;
  id: number;
  fault: FaultKind;
  cluster: string;
  edge: string | undefined;
}

const defaultMostEntries = 50_000;

/** The log of true events, oldest first, of at most `mostEntries`. */
export class TruthLog {
  private entries: TruthEntry[] = [];
  /** Entries before this time may have been dropped; 0: none was. */
  completeSinceMs = 0;

  constructor(
    private readonly listener: (entry: TruthEntry) => void,
    private readonly mostEntries = defaultMostEntries,
  ) {}

  /** Adds an entry and calls the listener. */
  add(entry: TruthEntry): void {
    this.entries.push(entry);
    if (this.entries.length > this.mostEntries) {
      const dropped = this.entries.splice(0, Math.ceil(this.mostEntries / 10));
      this.completeSinceMs = dropped.at(-1)?.atMs ?? this.completeSinceMs;
    }
    this.listener(entry);
  }

  /** Entries at or after a time, in order of time. */
  since(sinceMs: number): TruthEntry[] {
    return this.entries.filter((entry) => entry.atMs >= sinceMs).sort((a, b) => a.atMs - b.atMs);
  }
}
