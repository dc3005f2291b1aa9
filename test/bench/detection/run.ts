import { setTimeout as delay } from 'node:timers/promises';
import type { Claim } from './claims';
import { judgeCluster, type ClusterTruth } from './judge';
import type { JudgeRules } from './rules';
import type { Sequence } from './sequences';
import type { Verdict } from './verdict';

/** After the last step: what it leads to has happened (CARP: some seconds) and was printed (the deadline). */
const tailMs = 16_000;

/** A sequence that was run on a cluster, and when. UTC milliseconds. */
export interface Played {
  cluster: string;
  sequence: Sequence;
  fromMs: number;
  toMs: number;
}

/** What was true of a cluster, what was printed, and which sequences made it so. */
export interface Evidence {
  cluster: string;
  truth: ClusterTruth;
  claims: Claim[];
  played: Played[];
}

/** A verdict with the sequence in which it fell; null: in none. */
export interface Judged {
  verdict: Verdict;
  played: Played | null;
  evidence: Evidence;
}

/** The time in which sequences are played: the machine's, or a simulation's. */
export interface PlayTime {
  nowMs(): number;
  monotonicMs(): number;
  wait(delayMs: number): Promise<unknown>;
}

const machineTime: PlayTime = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
  wait: (delayMs) => delay(delayMs),
};

/** Plays sequences on one cluster, one after another; starts none after `endMs` (monotonic). */
export async function playAll(
  cluster: string,
  sequences: readonly Sequence[],
  endMs: number,
  act: (step: Sequence['steps'][number]) => Promise<void>,
  time: PlayTime = machineTime,
): Promise<Played[]> {
  const played: Played[] = [];
  for (const sequence of sequences) {
    if (time.monotonicMs() >= endMs) break;
    const fromMs = time.nowMs();
    const startMs = time.monotonicMs();
    for (const step of sequence.steps) {
      await time.wait(Math.max(0, startMs + step.atMs - time.monotonicMs()));
      await act(step);
    }
    await time.wait(Math.max(0, startMs + lastsMs(sequence) - time.monotonicMs()) + tailMs);
    played.push({ cluster, sequence, fromMs, toMs: time.nowMs() });
  }
  return played;
}

function lastsMs({ steps, lastsMs: least = 0 }: Sequence): number {
  return Math.max(least, ...steps.map(({ atMs, forSeconds }) => atMs + (forSeconds ?? 0) * 1000));
}

/** Judges each cluster's whole time, and says in which sequence each verdict fell. */
export function judgeEvidence(evidence: readonly Evidence[], rules: JudgeRules): Judged[] {
  return evidence.flatMap((one) =>
    judgeCluster(one.truth, one.claims, rules).map((verdict) => ({
      verdict,
      played: one.played.find(({ fromMs, toMs }) => verdict.atMs >= fromMs && verdict.atMs < toMs) ?? null,
      evidence: one,
    })),
  );
}
