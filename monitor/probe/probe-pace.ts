import type { ProbeResult } from '../../domain/model/probe';

/** Longest wait for an answer: below a second, so that the system does not repeat the request within a probe. */
const longestTimeoutMs = 800;
const shortestTimeoutMs = 150;

/** While it fails, the next probe follows at once, because the pace decides how well the end of an outage is known. */
const defaultHurriedStepMs = 150;
const hurriedMs = 15_000;
/** One that has never answered is asked less often after so many probes. */
const patientProbes = 40;
const patientIntervalMs = 15_000;

/** When to probe next at an interval of `intervalMs()`, and how long to wait for the answer. All times are monotonic. */
export class ProbePace {
  #hasAnswered = false;
  /** Smoothed answer time and its variation, as TCP keeps them for its own time-out (RFC 6298). */
  #answerMs = 0;
  #variationMs = 0;
  #failingSinceMs: number | null = null;
  #probes = 0;

  constructor(
    private readonly intervalMs: () => number,
    private readonly hurriedStepMs = defaultHurriedStepMs,
  ) {}

  get timeoutMs(): number {
    if (!this.#hasAnswered) return longestTimeoutMs;
    const timeoutMs = this.#answerMs + 4 * this.#variationMs;
    return Math.min(longestTimeoutMs, Math.max(shortestTimeoutMs, timeoutMs));
  }

  /** Whether it fails now, answered before, and has not failed for long. */
  isHurried(nowMs: number): boolean {
    return this.#failingSinceMs !== null && nowMs - this.#failingSinceMs < hurriedMs;
  }

  observe({ outcome, startedMonotonicMs, finishedMonotonicMs }: ProbeResult): void {
    this.#probes += 1;
    if (outcome === 'answered') {
      this.#observeAnswer(finishedMonotonicMs - startedMonotonicMs);
      this.#failingSinceMs = null;
    } else if (this.#hasAnswered && outcome !== 'not-tried') this.#failingSinceMs ??= startedMonotonicMs;
  }

  #observeAnswer(tookMs: number): void {
    if (!this.#hasAnswered) [this.#answerMs, this.#variationMs] = [tookMs, tookMs / 2];
    else {
      this.#variationMs += (Math.abs(this.#answerMs - tookMs) - this.#variationMs) / 4;
      this.#answerMs += (tookMs - this.#answerMs) / 8;
    }
    this.#hasAnswered = true;
  }

  /** When the probe after one that started and ended at these times is due. `mayHurry` false: others hurry already. */
  nextMs(startedMs: number, endedMs: number, mayHurry: boolean): number {
    const intervalMs = this.intervalMs();
    const isPatient = !this.#hasAnswered && this.#probes >= patientProbes;
    const stepMs =
      mayHurry && this.isHurried(endedMs)
        ? Math.min(this.hurriedStepMs, intervalMs)
        : isPatient
          ? Math.max(patientIntervalMs, intervalMs)
          : intervalMs;
    return Math.max(endedMs, startedMs + stepMs);
  }
}
