import type { Period, TrueSpan } from '../../lab/true-history';
import type { NoActiveClaim, SplitClaim } from './claims';
import type { JudgeRules } from './rules';
import { unmatched, type Verdict } from './verdict';

/** A true span as a bound: one that lasts is open. */
interface Span {
  edges: string[];
  fromMs: number;
  toMs: number;
}

/** Split brains: two or more masters for longer than CARP's own overlaps. */
export function judgeSplits(
  splits: readonly TrueSpan[],
  periods: readonly Period[],
  claims: readonly SplitClaim[],
  untilMs: number,
  rules: JudgeRules,
): Verdict[] {
  return judgeSpans(
    'split-brain',
    splits.map((split) => closed(split, untilMs)),
    claims,
    { leastMs: rules.splitMs, mustMs: rules.splitMs + rules.splitMarginMs },
    (span, claim) => claim.edges.every((edge) => span.edges.includes(edge)),
    (span, claim) => overlapBegan(periods, span, claim),
    rules,
  );
}

/** Times without a master that are longer than a take-over. */
export function judgeNoActive(
  gaps: readonly TrueSpan[],
  claims: readonly NoActiveClaim[],
  untilMs: number,
  rules: JudgeRules,
): Verdict[] {
  return judgeSpans(
    'no-active-lb',
    gaps.map((gap) => closed(gap, untilMs)),
    claims,
    { leastMs: rules.takeOverMs, mustMs: rules.takeOverMs + rules.noActiveMarginMs },
    () => true,
    (span) => span.fromMs,
    rules,
  );
}

/**
 * Each true span is owed one line: not before it has lasted `leastMs`, when it lasts `mustMs`, and within the deadline of
 * when it had lasted `leastMs`. The bracket must hold its true beginning.
 */
function judgeSpans<T extends SplitClaim | NoActiveClaim>(
  kind: 'split-brain' | 'no-active-lb',
  spans: readonly Span[],
  claims: readonly T[],
  { leastMs, mustMs }: { leastMs: number; mustMs: number },
  fits: (span: Span, claim: T) => boolean,
  beganMs: (span: Span, claim: T) => number,
  { deadlineMs, toleranceMs }: JudgeRules,
): Verdict[] {
  const verdicts: Verdict[] = [];
  const free = new Set(claims);
  for (const span of spans) {
    const trueMs = span.fromMs + leastMs;
    const mayBe = (claim: T): boolean =>
      claim.emittedMs >= trueMs - toleranceMs &&
      claim.emittedMs <= span.toMs + deadlineMs &&
      span.toMs - span.fromMs >= leastMs - toleranceMs &&
      fits(span, claim);
    const claim = [...free].find(mayBe);
    const words = span.edges.join(' and ');
    if (claim) {
      free.delete(claim);
      const latencyMs = claim.emittedMs - trueMs;
      verdicts.push({
        ...unmatched(kind, 'missed', span.fromMs, words),
        outcome: latencyMs > deadlineMs ? 'late' : 'right',
        latencyMs,
        settledLatencyMs: latencyMs,
        bracketMiss: outside(claim, beganMs(span, claim), toleranceMs),
        bracketWidthMs: claim.firstNewMs - claim.lastOldMs,
      });
    } else if (span.toMs - span.fromMs >= mustMs) {
      verdicts.push(unmatched(kind, 'missed', span.fromMs, words));
    }
  }
  return [...verdicts, ...[...free].map((claim) => unmatched(kind, 'invented', claim.emittedMs, kind))];
}

/** When two of the LBs that the line names began to be master together, within the true split. */
function overlapBegan(periods: readonly Period[], span: Span, claim: SplitClaim): number {
  const together = periods.find(
    ({ masters, fromMs }) =>
      fromMs >= span.fromMs && masters.filter((edge) => claim.edges.includes(edge)).length > 1,
  );
  return together?.fromMs ?? span.fromMs;
}

function outside(
  { lastOldMs, firstNewMs }: SplitClaim | NoActiveClaim,
  beganMs: number,
  toleranceMs: number,
): string | null {
  const before = lastOldMs - toleranceMs - beganMs;
  if (before > 0) return `it began ${Math.ceil(before)} ms before lastOld`;
  const after = beganMs - firstNewMs - toleranceMs;
  return after > 0 ? `it began ${Math.ceil(after)} ms after firstNew` : null;
}

function closed({ edges, fromMs, toMs }: TrueSpan, untilMs: number): Span {
  return { edges, fromMs, toMs: toMs ?? untilMs };
}
