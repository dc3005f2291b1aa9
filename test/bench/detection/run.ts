import { setTimeout as delay } from 'node:timers/promises';
import type { Claim } from './claims';
import { judgeCluster, type ClusterTruth, type Verdict } from './judge';
import type { JudgeRules } from './rules';
import type { Sequence } from './sequences';

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

/** Plays sequences on one cluster, one after another; starts none after `endMs` (monotonic). */
export async function playAll(
  cluster: string,
  sequences: readonly Sequence[],
  endMs: number,
  act: (step: Sequence['steps'][number]) => Promise<void>,
): Promise<Played[]> {
  const played: Played[] = [];
  for (const sequence of sequences) {
    if (performance.now() >= endMs) break;
    const fromMs = Date.now();
    const startMs = performance.now();
    for (const step of sequence.steps) {
      await delay(Math.max(0, startMs + step.atMs - performance.now()));
      await act(step);
    }
    const lastForMs = Math.max(
      ...sequence.steps.map(({ atMs, forSeconds }) => atMs + (forSeconds ?? 0) * 1000),
    );
    await delay(Math.max(0, startMs + lastForMs - performance.now()) + tailMs);
    played.push({ cluster, sequence, fromMs, toMs: Date.now() });
  }
  return played;
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
