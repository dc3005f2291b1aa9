import type { FailoverEvent } from '../model/event';
import type { TimeRange } from '../model/history';
import type { Stretch } from './overlay';

/** What users got in a stretch of time, as far as take-overs change it. */
export type Served = 'available' | 'unavailable' | 'unknown';

/**
 * The time around failovers and failbacks in which no LB may have been active, though each reading found one: between the last reading of
 * the old master and the first of the new one. The least time without one is unavailable, the rest of the most is unknown. Only time
 * that counts as available in `parts` is changed. Both lists are ordered and free of overlaps, and so is the result.
 */
export function takeOverTime(
  parts: readonly Stretch<string>[],
  moves: readonly FailoverEvent[],
): Stretch<Served>[] {
  const result: Stretch<Served>[] = [];
  let next = 0;
  let coveredMs = -Infinity;
  for (const { bracket, gapMs } of moves.toSorted((a, b) => a.bracket.firstNewMs - b.bracket.firstNewMs)) {
    const window = {
      fromMs: Math.max(coveredMs, bracket.firstNewMs - gapMs.atMost),
      toMs: bracket.firstNewMs,
    };
    if (window.toMs <= window.fromMs) continue;
    coveredMs = window.toMs;
    while ((parts[next]?.toMs ?? Infinity) <= window.fromMs) next += 1;
    result.push(...changedIn(window, gapMs.atLeast, parts, next));
  }
  return result;
}

function changedIn(
  window: TimeRange,
  atLeastMs: number,
  parts: readonly Stretch<string>[],
  first: number,
): Stretch<Served>[] {
  const within: Stretch<string>[] = [];
  for (let index = first; ; index += 1) {
    const part = parts[index];
    if (!part || part.fromMs >= window.toMs) break;
    const [fromMs, toMs] = [Math.max(window.fromMs, part.fromMs), Math.min(window.toMs, part.toMs)];
    if (toMs > fromMs) within.push({ fromMs, toMs, value: part.value });
  }
  // What else is known or doubted of the window may be this very time.
  let leftMs = within.reduce(
    (left, { fromMs, toMs, value }) => (value === 'available' ? left : left - (toMs - fromMs)),
    atLeastMs,
  );
  return within
    .filter(({ value }) => value === 'available')
    .reverse()
    .flatMap(({ fromMs, toMs }): Stretch<Served>[] => {
      const certainMs = Math.max(0, Math.min(leftMs, toMs - fromMs));
      leftMs -= certainMs;
      const turnMs = toMs - certainMs;
      return [
        { fromMs: turnMs, toMs, value: 'unavailable' as const },
        { fromMs, toMs: turnMs, value: 'unknown' as const },
      ].filter((part) => part.toMs > part.fromMs);
    })
    .reverse();
}
