/** After a walk that found nothing readable, the next one is this much later, at first and at most. */
const emptyAgainMs = 5_000;
const emptyAgainAtMostMs = 30_000;
/** An uptime that fell so often, each time so soon after the one before, and never to that of a new start, is of no use. */
const fallsToDoubt = 3;
const fallsApartMs = 60_000;
/** Two answers may overtake each other by this much uptime. */
const overtakingMs = 2_000;
/** TimeTicks wrap after 497 days; falling from so near the end is not a restart. */
const wrapMs = 2 ** 32 * 10;
const nearWrapMs = 30 * 60_000;

/** When walks that found nothing are repeated. Times are milliseconds of `performance.now()`. */
export class EmptyWalks {
  private againAtMs = -Infinity;
  private againInMs = emptyAgainMs;

  isDue(nowMs: number): boolean {
    return nowMs >= this.againAtMs;
  }

  found(isAnything: boolean, nowMs: number): void {
    this.againAtMs = isAnything ? -Infinity : nowMs + this.againInMs;
    this.againInMs = isAnything ? emptyAgainMs : Math.min(emptyAgainAtMostMs, this.againInMs * 3);
  }
}

/** Whether an agent restarted, by its sysUpTime. Times are milliseconds of `performance.now()`. */
export class AgentRestarts {
  private uptimeMs: number | null = null;
  private answeredAtMs = -Infinity;
  private oddFalls = 0;
  private fellAtMs = -Infinity;

  /** Its uptime falls again and again: it does not tell when the agent starts. */
  get isDoubtful(): boolean {
    return this.oddFalls >= fallsToDoubt;
  }

  /** Applies an answer; whether sysUpTime fell by more than answers can overtake each other. */
  observe(uptimeMs: number | null, nowMs: number): boolean {
    if (uptimeMs === null) return false;
    const before = this.uptimeMs;
    const elapsedMs = nowMs - this.answeredAtMs;
    this.uptimeMs = uptimeMs;
    this.answeredAtMs = nowMs;
    if (nowMs - this.fellAtMs > fallsApartMs) this.oddFalls = 0;
    const hasFallen = before !== null && uptimeMs < before - overtakingMs && before < wrapMs - nearWrapMs;
    if (!hasFallen) return false;
    // What started after the last answer cannot be up for longer than that was ago.
    if (uptimeMs <= elapsedMs + overtakingMs) return true;
    this.oddFalls += 1;
    this.fellAtMs = nowMs;
    return !this.isDoubtful;
  }
}
