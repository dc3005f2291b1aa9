const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The two largest units: "38 s", "4 m 16 s", "6 h 12 m", "2 d 4 h". Rounded down; never negative. */
export function duration(ms: number): string {
  const left = Math.max(0, ms);
  const days = Math.floor(left / dayMs);
  const hours = Math.floor((left % dayMs) / hourMs);
  const minutes = Math.floor((left % hourMs) / minuteMs);
  const seconds = Math.floor((left % minuteMs) / secondMs);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} m`;
  if (minutes > 0) return `${minutes} m ${seconds} s`;
  return `${seconds} s`;
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

/** A poll interval or an answer time: "2 s", "0.31 s", "0.5 s". */
export function shortSpan(ms: number): string {
  return `${Number((ms / secondMs).toFixed(2))} s`;
}

/**
 * A length of time that is only known between two bounds, in milliseconds: "0.9 to 3.1 s", "at most 1.9 s". Rounded
 * outwards, so that the words still contain what happened. Equal bounds are one figure.
 */
export function spanRange(atLeastMs: number, atMostMs: number): string {
  if (atMostMs >= minuteMs) {
    const most = duration(Math.ceil(atMostMs / secondMs) * secondMs);
    return atLeastMs <= 0 ? `at most ${most}` : `${duration(atLeastMs)} to ${most}`;
  }
  const least = tenths(Math.floor(atLeastMs / 100));
  const most = tenths(Math.ceil(atMostMs / 100));
  if (least === '0') return `at most ${most} s`;
  return least === most ? `${most} s` : `${least} to ${most} s`;
}

function tenths(count: number): string {
  return count % 10 === 0 ? String(count / 10) : (count / 10).toFixed(1);
}
