import { toHistoryFailure } from '../file/sqlite-failure';

/** Work on an open history that nobody waits for. */
export interface UpkeepJob {
  /** Does the next piece, a few milliseconds of it, in transactions of its own. True: there is more to do. */
  step(nowMs: number): boolean;
}

/** A job that failed is left alone for so long. */
const pauseMs = 60_000;

/**
 * Does the jobs in their order, one small piece at a time, so that no commit waits for long. A failure is no reason to stop
 * writing: it is kept to be shown, and everything is tried again later.
 */
export class Upkeep {
  /** Why the last piece failed; null: it did not. */
  failure: string | null = null;
  private pausedSinceMs: number | null = null;

  constructor(
    private readonly jobs: readonly UpkeepJob[],
    private readonly file: string,
  ) {}

  /** Does one piece. True: there is more to do. */
  step(nowMs: number): boolean {
    if (this.pausedSinceMs !== null && Math.abs(nowMs - this.pausedSinceMs) < pauseMs) return false;
    this.pausedSinceMs = null;
    try {
      const more = this.jobs.some((job) => job.step(nowMs));
      this.failure = null;
      return more;
    } catch (error) {
      this.failure = toHistoryFailure(error, this.file).what;
      this.pausedSinceMs = nowMs;
      return false;
    }
  }
}
