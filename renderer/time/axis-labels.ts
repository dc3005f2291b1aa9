import { shortDate, type TimeZoneChoice } from '../../domain/words/clock';
import { tickWords } from './tick-labels';
import { xOf, type Tick, type TimeScale } from './time-scale';

/** A label of a time axis: its middle, pixels from the left of the axis. */
export interface AxisLabel {
  ms: number;
  words: string;
  middleX: number;
  strong: boolean;
}

/** A label that stands for everything from its left end to the next one. */
export interface DayHeading {
  words: string;
  leftX: number;
}

/** Upper bound of the width of a 12 px character of the ruler. */
const characterPx = 7.2;
const apartPx = 8;
const dayMs = 86_400_000;

export function labelPx(words: string): number {
  return words.length * characterPx;
}

/**
 * The labels of the ticks, moved to lie within the axis where they would be cut. A label that would touch its neighbour or one
 * of the `reserved` places is left out, unless it is strong.
 */
export function axisLabels(
  { ticks, stepMs }: { ticks: readonly Tick[]; stepMs: number },
  scale: TimeScale,
  { nowMs, zone }: { nowMs: number; zone: TimeZoneChoice },
  reserved: readonly { leftX: number; rightX: number }[] = [],
): AxisLabel[] {
  const labels = ticks.map((tick): AxisLabel & { halfPx: number } => {
    // The date of a day is in its heading.
    const words = tickWords(hasDayHeadings(stepMs) ? { ...tick, strong: false } : tick, stepMs, nowMs, zone);
    const halfPx = labelPx(words) / 2;
    const middleX = Math.max(halfPx, Math.min(scale.widthPx - halfPx, xOf(scale, tick.ms)));
    return { ms: tick.ms, words, middleX, strong: tick.strong, halfPx };
  });
  const free = labels.filter(({ middleX, halfPx }) =>
    reserved.every(
      ({ leftX, rightX }) => middleX + halfPx + apartPx < leftX || middleX - halfPx - apartPx > rightX,
    ),
  );
  const placed: typeof labels = [];
  for (const label of free) {
    const last = placed.at(-1);
    const touches = last && label.middleX - label.halfPx - (last.middleX + last.halfPx) < apartPx;
    if (!touches) placed.push(label);
    else if (label.strong && !last.strong) placed.splice(-1, 1, label);
  }
  return placed.map(({ ms, words, middleX, strong }) => ({ ms, words, middleX, strong }));
}

/** Whether the axis has a heading for each day: where its labels are times of a day. */
export function hasDayHeadings(stepMs: number): boolean {
  return stepMs < dayMs;
}

/**
 * The days of an axis whose labels are times: the first one at its left end, each following one at its midnight. A heading that the next
 * one or the end of the axis would cut is left out; one under `flag` moves to the right of it if it has room there.
 */
export function dayHeadings(
  scale: TimeScale,
  midnights: readonly number[],
  { nowMs, zone }: { nowMs: number; zone: TimeZoneChoice },
  flag: { leftX: number; rightX: number } | null = null,
): DayHeading[] {
  const starts = [scale.fromMs, ...midnights.filter((ms) => ms > scale.fromMs && ms < scale.toMs)];
  return starts.flatMap((ms, index) => {
    const words = shortDate(ms, nowMs, zone);
    const next = starts[index + 1];
    const endX = next === undefined ? scale.widthPx : xOf(scale, next) - apartPx;
    const ownX = Math.max(0, xOf(scale, ms));
    const isUnderFlag =
      flag !== null && ownX < flag.rightX + apartPx && ownX + labelPx(words) > flag.leftX - apartPx;
    const leftX = isUnderFlag ? flag.rightX + apartPx : ownX;
    return leftX + labelPx(words) <= endX ? [{ words, leftX }] : [];
  });
}
