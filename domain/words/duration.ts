const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Which way a figure is rounded. A lower bound is rounded down and an upper bound up, so that the words contain the value. */
export type Rounding = 'down' | 'up';

/** The two largest units of a duration in milliseconds: "38 s", "4 m 16 s", "6 h 12 m", "2 d 4 h". Never negative. */
export function duration(ms: number, rounding: Rounding = 'down'): string {
  const left = inShownUnits(Math.max(0, ms), rounding);
  const days = Math.floor(left / dayMs);
  const hours = Math.floor((left % dayMs) / hourMs);
  const minutes = Math.floor((left % hourMs) / minuteMs);
  const seconds = Math.floor((left % minuteMs) / secondMs);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} m`;
  if (minutes > 0) return `${minutes} m ${seconds} s`;
  return `${seconds} s`;
}

/** Rounds to the smallest unit that `duration` shows of this length. */
function inShownUnits(ms: number, rounding: Rounding): number {
  if (rounding === 'down') return ms;
  const seconds = Math.ceil(ms / secondMs) * secondMs;
  if (seconds < hourMs) return seconds;
  const minutes = Math.ceil(ms / minuteMs) * minuteMs;
  return minutes < dayMs ? minutes : Math.ceil(ms / hourMs) * hourMs;
}

/** As `duration`, with one decimal below a minute: "0.9 s", "42.0 s", "2 m 51 s". */
export function preciseDuration(ms: number, rounding: Rounding = 'down'): string {
  const tenths = inTenths(Math.max(0, ms), rounding);
  return tenths < 600 ? `${(tenths / 10).toFixed(1)} s` : duration(ms, rounding);
}

/** The largest unit alone, for "… ago": "38 s", "4 m", "6 h", "15 d". */
export function coarseDuration(ms: number): string {
  return duration(ms).split(' ').slice(0, 2).join(' ');
}

/** "4 m ago". */
export function ago(ms: number): string {
  return `${coarseDuration(ms)} ago`;
}

/** How old data is: "0.8 s" with one decimal below ten seconds, then as `duration`. */
export function age(ms: number): string {
  const left = Math.max(0, ms);
  return left < 9950 ? `${(left / secondMs).toFixed(1)} s` : duration(left);
}

/** A running time like a stopwatch: "0:38", "4:16", "1:04:16"; from a day on "6 d". */
export function stopwatch(ms: number): string {
  const left = Math.max(0, ms);
  if (left >= dayMs) return `${Math.floor(left / dayMs)} d`;
  const hours = Math.floor(left / hourMs);
  const minutes = Math.floor((left % hourMs) / minuteMs);
  const seconds = String(Math.floor((left % minuteMs) / secondMs)).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** A poll interval or a response time in seconds: "2 s", "0.31 s", "0.5 s". */
export function inSeconds(ms: number): string {
  return `${Number((ms / secondMs).toFixed(2))} s`;
}

/**
 * A duration known only between two bounds, in milliseconds: "0.9 to 3.1 s", "at most 1.9 s". Rounded outwards. Bounds that
 * read the same are one figure.
 */
export function durationRange(atLeastMs: number, atMostMs: number): string {
  if (atLeastMs < 100) return `at most ${upperBound(atMostMs)}`;
  const [least, most] = [lowerBound(atLeastMs, atMostMs), upperBound(atMostMs)];
  if (least === most) return most;
  // Both are in seconds: the unit is named once.
  return atMostMs <= 59_900 ? `${least.replace(/ s$/, '')} to ${most}` : `${least} to ${most}`;
}

/** To the tenth of a second, unless the upper bound is a minute or more and the lower one need not be finer than a second. */
function lowerBound(ms: number, atMostMs: number): string {
  const isCoarse = atMostMs > 59_900 && ms >= secondMs;
  return isCoarse ? duration(ms) : `${tenthsText(inTenths(ms, 'down'))} s`;
}

function upperBound(ms: number): string {
  return ms <= 59_900 ? `${tenthsText(inTenths(Math.max(0, ms), 'up'))} s` : duration(ms, 'up');
}

function inTenths(ms: number, rounding: Rounding): number {
  return rounding === 'down' ? Math.floor(ms / 100) : Math.ceil(ms / 100);
}

function tenthsText(tenths: number): string {
  return tenths % 10 === 0 ? String(tenths / 10) : (tenths / 10).toFixed(1);
}
