import type { ProbeTarget } from '../../inventory/probe-target';
import type { Bracket } from '../../model/event';
import type { ProbeResult } from '../../model/probe';
import { thresholds } from '../../model/thresholds';
import {
  addFailure,
  beginOf,
  longestMs,
  newFailureRun,
  outageBounds,
  type FailureRun,
  type GapBounds,
  type UserOutage,
} from './user-outage';

/** Whether users are served through the cluster IP. */
export type UserPathState =
  | { kind: 'served'; sinceMs: number }
  | { kind: 'not-served'; since: Bracket; lastedMs: number; words: string }
  | { kind: 'unknown'; why: 'never-answered' | 'not-probed' | 'path-in-doubt'; words: string };

/** What a probe led to. */
export interface ProbeFindings {
  /** An outage of users that is over, and was more than lost packets. */
  ended: UserOutage | null;
  /** The latest probe of a cluster IP that has never answered: reported once. */
  neverAnswered: ProbeResult | null;
}

const nothing: ProbeFindings = { ended: null, neverAnswered: null };

/**
 * The path that users take to one cluster, as Heron's own probes of the cluster IP show it. It counts only once it has worked: a
 * probe that was never answered may ask the wrong port, or have no way there. The same holds for one that was only ever refused:
 * any machine, or a firewall, may have done that.
 */
export class UserPath {
  #first: ProbeResult | null = null;
  #failuresBeforeAnswer = 0;
  #isNeverReported = false;
  #servedSinceMs: number | null = null;
  #lastAnswer: ProbeResult | null = null;
  #last: ProbeResult | null = null;
  #run: FailureRun | null = null;
  /** Answered probes and outages of the last minute, oldest first. */
  readonly #answers: ProbeResult[] = [];
  readonly #outages: UserOutage[] = [];
  /** Outages that belong to a change already, and so not to a later one that is only near. */
  readonly #attributed = new WeakSet<UserOutage>();
  #notTried = 0;
  /** When the latest request was sent that an edge or the gateway answered: Heron's own way into that network worked. */
  #pathSeenMonotonicMs = -Infinity;

  constructor(readonly target: ProbeTarget) {}

  /** An edge of the cluster, or its gateway, answered a request that was sent at this time. */
  seePath(startedMonotonicMs: number): void {
    this.#pathSeenMonotonicMs = Math.max(this.#pathSeenMonotonicMs, startedMonotonicMs);
  }

  observe(result: ProbeResult): ProbeFindings {
    const before = this.#last;
    this.#last = result;
    const isIgnored = result.outcome === 'intercepted' && this.#lastAnswer !== null;
    if (result.outcome === 'not-tried' || isIgnored) {
      this.#notTried += 1;
      return nothing;
    }
    this.#first ??= result;
    if (result.outcome === 'answered') return this.#answered(result);
    const isUnbroken = this.#notTried === 0 && before !== null && this.#followsClosely(before, result);
    this.#notTried = 0;
    return this.#unanswered(result, isUnbroken);
  }

  /** When the latest answered probe began, UTC milliseconds; null while probes fail, or none was ever answered. */
  get answeredAtMs(): number | null {
    return this.#run ? null : (this.#lastAnswer?.startedAtMs ?? null);
  }

  /** When the latest probe began that was not answered, of the outage in progress or else the last one; UTC milliseconds. */
  get lastFailedMs(): number | null {
    return (this.#run ?? this.#outages.at(-1))?.last.startedAtMs ?? null;
  }

  get isProbed(): boolean {
    return this.#last !== null;
  }

  get state(): UserPathState {
    const last = this.#last;
    if (last === null || this.#notTried >= thresholds.probeFailures)
      return { kind: 'unknown', why: 'not-probed', words: last?.words ?? '' };
    if (this.#servedSinceMs === null) return { kind: 'unknown', why: 'never-answered', words: last.words };
    const run = this.#run;
    const lastedMs = run ? run.last.finishedMonotonicMs - run.first.startedMonotonicMs : 0;
    if (!run || run.count < thresholds.probeFailures || lastedMs < thresholds.probeOutageMs)
      return { kind: 'served', sinceMs: this.#servedSinceMs };
    const { words } = run.last;
    if (!this.#isPathSeen(run)) return { kind: 'unknown', why: 'path-in-doubt', words };
    return { kind: 'not-served', since: beginOf(run), lastedMs, words };
  }

  /**
   * How long users were not served around a change between these UTC times. Null: unknown, or not known yet, because the outage is
   * not over or no probe has followed the change.
   */
  gapAround({ lastOldMs, firstNewMs }: Bracket): GapBounds | null {
    if (this.#run || this.#notTried > 0) return null;
    const earlier = this.#outages.filter(
      (outage) => this.#attributed.has(outage) && outage.nextAnswer.finishedAtMs < lastOldMs,
    );
    const fromMs = Math.max(
      lastOldMs - thresholds.usersGapSlackMs,
      ...earlier.map(({ nextAnswer }) => nextAnswer.startedAtMs),
    );
    const outages = this.#outages.filter(
      (outage) =>
        !earlier.includes(outage) &&
        outage.nextAnswer.finishedAtMs >= fromMs &&
        outage.lastAnswer.startedAtMs <= firstNewMs + thresholds.usersGapSlackMs,
    );
    if (outages.length === 0) return this.#gapWithoutFailure(fromMs, firstNewMs);
    for (const outage of outages) this.#attributed.add(outage);
    if (outages.some(isPathInDoubt)) return null;
    // Edges are polled too seldom to show that Heron's own way worked during a shorter one: users may have been served all the time.
    const bounds = outages.map((outage) =>
      outage.isPathSeen ? outageBounds(outage) : { ...outageBounds(outage), atLeast: 0 },
    );
    return {
      atLeast: bounds.reduce((sum, { atLeast }) => sum + atLeast, 0),
      atMost: bounds.reduce((sum, { atMost }) => sum + atMost, 0),
    };
  }

  /** Every probe was answered: an outage can only have been between two of them. */
  #gapWithoutFailure(fromMs: number, toMs: number): GapBounds | null {
    const from = this.#answers.findLastIndex(({ startedAtMs }) => startedAtMs <= fromMs);
    const to = this.#answers.findIndex(({ startedAtMs }) => startedAtMs >= toMs);
    if (from < 0 || to < 0) return null;
    let longest = 0;
    for (let index = from; index < to; index += 1) {
      const [before, after] = [this.#answers[index], this.#answers[index + 1]];
      if (before && after) longest = Math.max(longest, longestMs(before, after));
    }
    return { atLeast: 0, atMost: Math.ceil(longest) };
  }

  #answered(result: ProbeResult): ProbeFindings {
    const run = this.#run;
    this.#notTried = 0;
    this.#run = null;
    this.#lastAnswer = result;
    this.#servedSinceMs ??= result.finishedAtMs;
    this.#remember(result);
    if (!run) return nothing;
    const outage: UserOutage = { ...run, nextAnswer: result, isPathSeen: this.#isPathSeen(run) };
    this.#outages.push(outage);
    const isCertain = run.count >= thresholds.probeFailures && outageBounds(outage).atLeast > 0;
    if (!isCertain || !outage.isPathSeen) return nothing;
    this.#servedSinceMs = result.finishedAtMs;
    return { ended: outage, neverAnswered: null };
  }

  /** `isUnbroken`: nothing suggests that it was served, unseen, since the probe before. */
  #unanswered(result: ProbeResult, isUnbroken: boolean): ProbeFindings {
    if (this.#lastAnswer) {
      const run = isUnbroken ? this.#run : null;
      this.#run = run ? addFailure(run, result) : newFailureRun(this.#lastAnswer, result);
      return nothing;
    }
    this.#failuresBeforeAnswer += 1;
    const lastedMs = result.finishedMonotonicMs - (this.#first ?? result).startedMonotonicMs;
    const isNever =
      this.#failuresBeforeAnswer >= thresholds.probeNeverFailures && lastedMs >= thresholds.probeNeverMs;
    // While no edge answers either, it is no question of the port.
    const isPathSeen = result.startedMonotonicMs - this.#pathSeenMonotonicMs < thresholds.probeNeverMs;
    if (!isNever || !isPathSeen || this.#isNeverReported) return nothing;
    this.#isNeverReported = true;
    return { ended: null, neverAnswered: result };
  }

  #remember(result: ProbeResult): void {
    const oldestMs = result.finishedMonotonicMs - thresholds.probeMemoryMs;
    this.#answers.push(result);
    while ((this.#answers[0]?.finishedMonotonicMs ?? Infinity) < oldestMs) this.#answers.shift();
    while ((this.#outages[0]?.nextAnswer.finishedMonotonicMs ?? Infinity) < oldestMs) this.#outages.shift();
  }

  /** Whether Heron's own way into the cluster's network is known to have worked during these failures, and lately. */
  #isPathSeen({ first, last }: FailureRun): boolean {
    const latelyMs = last.startedMonotonicMs - thresholds.suspicionMs;
    return this.#pathSeenMonotonicMs >= Math.max(first.startedMonotonicMs, latelyMs);
  }

  /** Whether two probes belong to one observation, by both clocks: a computer that slept, or a stalled process, saw nothing meanwhile. */
  #followsClosely(before: ProbeResult, after: ProbeResult): boolean {
    const mostMs = Math.max(thresholds.probePauseMs, 3 * this.target.intervalMs);
    const pauses = [
      after.startedMonotonicMs - before.startedMonotonicMs,
      after.startedAtMs - before.startedAtMs,
    ];
    return pauses.every((pauseMs) => Math.abs(pauseMs) <= mostMs);
  }
}

/** Whether an outage lasted so long that a working path would have let an edge or the gateway answer in the meantime. */
function isPathInDoubt({ isPathSeen, first, last }: UserOutage): boolean {
  return !isPathSeen && last.finishedMonotonicMs - first.startedMonotonicMs >= thresholds.suspicionMs;
}
