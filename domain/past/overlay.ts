import type { TimeRange } from '../model/history';

/** A stretch of time with a value. */
export interface Stretch<V> extends TimeRange {
  value: V;
}

/**
 * `base` with `above` in its place wherever that has a stretch. Both are ordered and free of overlaps, and so is the result. Takes time
 * proportional to the number of stretches.
 */
export function overlay<V>(base: readonly Stretch<V>[], above: readonly Stretch<V>[]): Stretch<V>[] {
  if (above.length === 0) return [...base];
  const result: Stretch<V>[] = [];
  let next = 0;
  let coveredMs = -Infinity;
  for (const { fromMs, toMs, value } of base) {
    let atMs = Math.max(fromMs, coveredMs);
    for (let top = above[next]; top && top.fromMs < toMs; top = above[next]) {
      if (top.fromMs > atMs) result.push({ fromMs: atMs, toMs: top.fromMs, value });
      result.push(top);
      next += 1;
      coveredMs = top.toMs;
      atMs = Math.max(atMs, coveredMs);
    }
    if (atMs < toMs) result.push({ fromMs: atMs, toMs, value });
  }
  result.push(...above.slice(next));
  return result;
}

/** Stretches of one value that cover all these times; `times` may overlap and are clipped to the range. */
export function covering<V>(range: TimeRange, times: readonly TimeRange[], value: V): Stretch<V>[] {
  const result: Stretch<V>[] = [];
  for (const time of times.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const fromMs = Math.max(range.fromMs, time.fromMs);
    const toMs = Math.min(range.toMs, time.toMs);
    const last = result.at(-1);
    if (toMs <= fromMs) continue;
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else result.push({ fromMs, toMs, value });
  }
  return result;
}
