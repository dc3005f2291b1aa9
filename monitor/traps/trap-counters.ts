/** Packets received on the trap port, by outcome. */
export interface TrapCounts {
  received: number;
  traps: number;
  /** Informs that were acknowledged. */
  informs: number;
  /** A repeated message: counted and, for an inform, acknowledged again. */
  repeated: number;
  discoveries: number;
  malformed: number;
  unsupportedVersion: number;
  unknownSender: number;
  tooFast: number;
  unknownUser: number;
  wrongLevel: number;
  wrongPassword: number;
  wrongPrivacy: number;
  notInTimeWindow: number;
  wrongCommunity: number;
  /** Packets in whose handling Heron had an error of its own. */
  failed: number;
}

export type RefusalKind = Exclude<
  keyof TrapCounts,
  'received' | 'traps' | 'informs' | 'repeated' | 'discoveries' | 'failed'
>;

/** A refused sender and the reason; how often, and when last (UTC milliseconds). */
export interface Refusal {
  kind: RefusalKind;
  words: string;
  count: number;
  lastMs: number;
}

/** Refused senders that are named at a time. */
const maxNamed = 64;
const reportIntervalMs = 600_000;

/** Counts all packets, names the senders that were refused, and reports each of them once in ten minutes. */
export class TrapCounters {
  readonly counts: TrapCounts = {
    received: 0,
    traps: 0,
    informs: 0,
    repeated: 0,
    discoveries: 0,
    malformed: 0,
    unsupportedVersion: 0,
    unknownSender: 0,
    tooFast: 0,
    unknownUser: 0,
    wrongLevel: 0,
    wrongPassword: 0,
    wrongPrivacy: 0,
    notInTimeWindow: 0,
    wrongCommunity: 0,
    failed: 0,
  };
  private readonly named = new Map<string, Refusal & { reportedMs: number }>();

  constructor(private readonly onRefusal: (words: string) => void) {}

  /** `who` identifies the refused sender; `words` is called when it is first named. */
  refuse(kind: RefusalKind, who: string, nowMs: number, words: () => string): void {
    this.counts[kind] += 1;
    const key = `${kind} ${who}`;
    const known = this.named.get(key);
    if (known) {
      known.count += 1;
      known.lastMs = nowMs;
      if (nowMs - known.reportedMs < reportIntervalMs) return;
      known.reportedMs = nowMs;
      this.onRefusal(`${known.words} (${known.count} times)`);
      return;
    }
    if (this.named.size >= maxNamed && !this.dropQuietest(nowMs)) return;
    const entry = { kind, words: words(), count: 1, lastMs: nowMs, reportedMs: nowMs };
    this.named.set(key, entry);
    this.onRefusal(entry.words);
  }

  /** The named refusals, newest first. */
  refusals(): Refusal[] {
    return [...this.named.values()]
      .map(({ kind, words, count, lastMs }) => ({ kind, words, count, lastMs }))
      .sort((a, b) => b.lastMs - a.lastMs);
  }

  /** Drops the one refused longest ago if it has been quiet for long; false when all are still sending. */
  private dropQuietest(nowMs: number): boolean {
    let quietest: [key: string, lastMs: number] | null = null;
    for (const [key, { lastMs }] of this.named) {
      if (quietest === null || lastMs < quietest[1]) quietest = [key, lastMs];
    }
    if (quietest === null || nowMs - quietest[1] < reportIntervalMs) return false;
    return this.named.delete(quietest[0]);
  }
}
