import type { Judged } from './run';

/** What a part of the benchmark comes to. Durations in milliseconds; null where there was nothing to measure. */
export interface Figures {
  runs: number;
  moves: number;
  splits: number;
  noActives: number;
  missed: number;
  invented: number;
  bracketMisses: number;
  gapMisses: number;
  /** A failback told as a failover, or the other way round. */
  kindMisses: number;
  p50Ms: number | null;
  p95Ms: number | null;
  maxMs: number | null;
  /** Of failovers alone: a failback can only be told when the preempted LB has yielded, up to a second after the take-over. */
  failoverP95Ms: number | null;
  /** The same counted from when the new LB was the only master. */
  settledP95Ms: number | null;
  bracketWidthP95Ms: number | null;
}

/** Counts and percentiles of a list of verdicts. Latencies are those of moves: split brains have their own in `spansOf`. */
export function figuresOf(judged: readonly Judged[], runs: number): Figures {
  const verdicts = judged.map(({ verdict }) => verdict);
  const moves = verdicts.filter(({ kind }) => kind === 'move');
  const told = moves.filter(({ latencyMs }) => latencyMs !== null);
  const latencies = told.map(({ latencyMs }) => latencyMs ?? 0);
  const truly = (kind: string): number =>
    verdicts.filter((one) => one.kind === kind && one.outcome !== 'invented').length;
  return {
    runs,
    moves: truly('move'),
    splits: truly('split-brain'),
    noActives: truly('no-active-lb'),
    missed: verdicts.filter(({ outcome }) => outcome === 'missed' || outcome === 'late').length,
    invented: verdicts.filter(({ outcome }) => outcome === 'invented').length,
    bracketMisses: verdicts.filter(({ bracketMiss }) => bracketMiss !== null).length,
    gapMisses: verdicts.filter(({ gapMiss }) => gapMiss !== null).length,
    kindMisses: verdicts.filter(({ kindMiss }) => kindMiss !== null).length,
    p50Ms: percentile(latencies, 50),
    p95Ms: percentile(latencies, 95),
    maxMs: percentile(latencies, 100),
    failoverP95Ms: percentile(
      told.filter(({ words }) => words.startsWith('failover')).map(({ latencyMs }) => latencyMs ?? 0),
      95,
    ),
    settledP95Ms: percentile(
      told.map(({ settledLatencyMs }) => settledLatencyMs ?? 0),
      95,
    ),
    bracketWidthP95Ms: percentile(
      told.map(({ bracketWidthMs }) => bracketWidthMs ?? 0),
      95,
    ),
  };
}

/** The value that `percent` of the values do not exceed (nearest rank), whole; null for none. */
export function percentile(values: readonly number[], percent: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  const value = sorted[rank - 1];
  return value === undefined ? null : Math.round(value);
}

/** Lines for people: a row for each kind of sequence. */
export function tableOf(judged: readonly Judged[], runsOf: ReadonlyMap<string, number>): string {
  const head = [
    'sequence',
    'runs',
    'moves',
    'missed',
    'invented',
    'brackets',
    'kinds',
    'p50 ms',
    'p95 ms',
    'max ms',
  ];
  const rows = [...runsOf].map(([name, runs]) => {
    const own = judged.filter(({ played }) => played?.sequence.name === name);
    const { moves, missed, invented, bracketMisses, kindMisses, p50Ms, p95Ms, maxMs } = figuresOf(own, runs);
    return [
      name,
      runs,
      moves,
      missed,
      invented,
      bracketMisses,
      kindMisses,
      p50Ms ?? '-',
      p95Ms ?? '-',
      maxMs ?? '-',
    ];
  });
  return [head, ...rows]
    .map((row) =>
      row.map((cell, i) => (i === 0 ? String(cell).padEnd(26) : String(cell).padStart(9))).join(''),
    )
    .join('\n');
}
