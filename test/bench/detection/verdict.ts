/** One true thing, printed or not; or one printed thing, true or not. */
export interface Verdict {
  kind: 'move' | 'split-brain' | 'no-active-lb' | 'flapping';
  /** `late`: printed, but after the deadline. It counts as missed. */
  outcome: 'right' | 'late' | 'missed' | 'invented';
  /** When it truly happened, or, for what was invented, when it was printed. UTC milliseconds. */
  atMs: number;
  /** From when it was true to its line. */
  latencyMs: number | null;
  /** The same from when it was settled: for a move, from when the new LB was the only master. */
  settledLatencyMs: number | null;
  /** What true time the bracket leaves out, or null. */
  bracketMiss: string | null;
  bracketWidthMs: number | null;
  /** A failover that was truly a failback by preemption, or the other way round; or null. */
  kindMiss: string | null;
  /** A printed gap that does not hold the true one, or null. */
  gapMiss: string | null;
  words: string;
}

/** A verdict on something that has no counterpart. */
export function unmatched(
  kind: Verdict['kind'],
  outcome: 'missed' | 'invented',
  atMs: number,
  words: string,
): Verdict {
  return {
    kind,
    outcome,
    atMs,
    words,
    latencyMs: null,
    settledLatencyMs: null,
    bracketMiss: null,
    bracketWidthMs: null,
    kindMiss: null,
    gapMiss: null,
  };
}
