import { toHistoryFailure } from '../file/sqlite-failure';
import type { UpkeepTime } from '../model/upkeep-clock';

/** Background work on an open history. */
export interface UpkeepJob {
  /** Runs the next step, a few milliseconds, in its own transactions. True: there is more to do. */
  step(time: UpkeepTime): boolean;
}

/** Pause after a failure. */
const pauseMs = 60_000;

/**
 * Does the jobs in their order, one small step at a time, so that no commit waits for long. A failure does not stop writing: it
 * is reported, and the jobs are retried after a pause.
 */
export class Upkeep {
  /** Why the last step failed; null: it did not. */
  failure: string | null = null;
  private pausedSinceMs: number | null = null;

  constructor(
    private readonly jobs: readonly UpkeepJob[],
    private readonly file: string,
  ) {}

  /** Does one step. True: there is more to do. */
  step(time: UpkeepTime): boolean {
    const { monotonicMs } = time;
    if (this.pausedSinceMs !== null && monotonicMs - this.pausedSinceMs < pauseMs) return false;
    this.pausedSinceMs = null;
    try {
      const more = this.jobs.some((job) => job.step(time));
      this.failure = null;
      return more;
    } catch (error) {
      this.failure = toHistoryFailure(error, this.file).what;
      this.pausedSinceMs = monotonicMs;
      return false;
    }
  }
}
