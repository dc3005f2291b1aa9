import type { TimeZoneChoice } from '../../domain/words/clock';

/** A range of time on a width of the screen. */
export interface TimeScale {
  fromMs: number;
  toMs: number;
  widthPx: number;
}

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
export const shortestMs = 2 * secondMs;
export const longestMs = 400 * dayMs;

export function xOf(scale: TimeScale, ms: number): number {
  return ((ms - scale.fromMs) / (scale.toMs - scale.fromMs)) * scale.widthPx;
}

export function msOf(scale: TimeScale, x: number): number {
  return scale.fromMs + (x / scale.widthPx) * (scale.toMs - scale.fromMs);
}

/** The range after zooming by `factor` (below 1: closer) so that `anchorMs` stays where it is. */
export function zoomed(
  range: { fromMs: number; toMs: number },
  factor: number,
  anchorMs: number,
): { fromMs: number; toMs: number } {
  const length = range.toMs - range.fromMs;
  const wanted = Math.min(longestMs, Math.max(shortestMs, length * factor));
  const part = (anchorMs - range.fromMs) / length;
  const fromMs = anchorMs - part * wanted;
  return { fromMs, toMs: fromMs + wanted };
}

export function panned(
  range: { fromMs: number; toMs: number },
  byMs: number,
): { fromMs: number; toMs: number } {
  return { fromMs: range.fromMs + byMs, toMs: range.toMs + byMs };
}

/** A tick of the ruler. `strong`: a new day, or the first of a month, where smaller steps are shown. */
export interface Tick {
  ms: number;
  strong: boolean;
}

const steps = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * secondMs),
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minuteMs),
  ...[1, 2, 3, 6, 12].map((count) => count * hourMs),
];
const daySteps = [1, 2, 7];
const leastTickPx = 84;

/** Ticks on round times of the zone, also across a change of the clocks. */
export function ticksOf(scale: TimeScale, zone: TimeZoneChoice): { ticks: Tick[]; stepMs: number } {
  const least = ((scale.toMs - scale.fromMs) / scale.widthPx) * leastTickPx;
  const step = steps.find((one) => one >= least);
  if (step !== undefined) return { ticks: clockTicks(scale, step, zone), stepMs: step };
  const days = daySteps.find((count) => count * dayMs >= least);
  if (days !== undefined) return { ticks: dayTicks(scale, days, zone), stepMs: days * dayMs };
  const months = [1, 2, 3, 6].find((count) => count * 28 * dayMs >= least) ?? 12;
  return { ticks: monthTicks(scale, months, zone), stepMs: months * 30 * dayMs };
}

function offsetMs(ms: number, zone: TimeZoneChoice): number {
  return zone === 'utc' ? 0 : -new Date(ms).getTimezoneOffset() * minuteMs;
}

function clockTicks({ fromMs, toMs }: TimeScale, stepMs: number, zone: TimeZoneChoice): Tick[] {
  const ticks: Tick[] = [];
  for (let ms = nextRound(fromMs, stepMs, zone); ms < toMs; ms = nextRound(ms + stepMs / 2, stepMs, zone)) {
    ticks.push({ ms, strong: (ms + offsetMs(ms, zone)) % dayMs === 0 });
    if (ticks.length > 400) break;
  }
  return ticks;
}

function nextRound(ms: number, stepMs: number, zone: TimeZoneChoice): number {
  const offset = offsetMs(ms, zone);
  const round = Math.ceil((ms + offset) / stepMs) * stepMs - offset;
  // Across a change of the clocks, the offset of that time applies.
  const there = offsetMs(round, zone);
  return there === offset ? round : Math.ceil((round + there) / stepMs) * stepMs - there;
}

function dayTicks({ fromMs, toMs }: TimeScale, count: number, zone: TimeZoneChoice): Tick[] {
  const ticks: Tick[] = [];
  for (let day = startOfDay(fromMs, zone, 0); day < toMs; day = startOfDay(day, zone, count)) {
    if (day >= fromMs) ticks.push({ ms: day, strong: dateOf(day, zone) === 1 });
  }
  return ticks;
}

/** The beginnings of the days in a range, of a zone. */
export function midnightsOf(scale: Pick<TimeScale, 'fromMs' | 'toMs'>, zone: TimeZoneChoice): number[] {
  return dayTicks({ ...scale, widthPx: 0 }, 1, zone).map(({ ms }) => ms);
}

function monthTicks({ fromMs, toMs }: TimeScale, count: number, zone: TimeZoneChoice): Tick[] {
  const ticks: Tick[] = [];
  const first = new Date(fromMs);
  const year = zone === 'utc' ? first.getUTCFullYear() : first.getFullYear();
  for (let month = 0; month < 12 * 40; month += count) {
    const ms = zone === 'utc' ? Date.UTC(year, month, 1) : new Date(year, month, 1).getTime();
    if (ms >= toMs) break;
    if (ms >= fromMs) ticks.push({ ms, strong: month % 12 === 0 });
  }
  return ticks;
}

function startOfDay(ms: number, zone: TimeZoneChoice, addDays: number): number {
  const at = new Date(ms);
  return zone === 'utc'
    ? Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate() + addDays)
    : new Date(at.getFullYear(), at.getMonth(), at.getDate() + addDays).getTime();
}

function dateOf(ms: number, zone: TimeZoneChoice): number {
  return zone === 'utc' ? new Date(ms).getUTCDate() : new Date(ms).getDate();
}
