import type { Rounding } from './duration';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** "2,214". */
export function count(value: number): string {
  return whole.format(value);
}

/** Megabits per second without the unit, for a column that names it: "191", "4.2". */
export function megabits(bitsPerSecond: number): string {
  const mega = bitsPerSecond / 1e6;
  return mega < 9.95 ? mega.toFixed(1) : whole.format(mega);
}

/** A rate with its unit, three digits at most: "96 Mb/s", "1.31 Gb/s", "640 kb/s". */
export function bitRate(bitsPerSecond: number): string {
  const units = ['b/s', 'kb/s', 'Mb/s', 'Gb/s', 'Tb/s'];
  let value = bitsPerSecond;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? whole.format(value) : Number(value.toPrecision(3))} ${units[unit]}`;
}

/** A part 0..1 as "14.6 %". */
export function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`;
}

/**
 * A part 0..1 in percent, rounded down for a lower bound and up for an upper one. `decimals` of the percentage. What binary
 * fractions add or lose (1e-9 of the last decimal) is not rounded.
 */
export function roundedPercent(part: number, rounding: Rounding, decimals: number): number {
  const scale = 10 ** decimals;
  const scaled = part * 100 * scale;
  return (rounding === 'down' ? Math.floor(scaled + 1e-9) : Math.ceil(scaled - 1e-9)) / scale;
}

/** The same in words, to a thousandth of a percent: "99.999 %". */
export function boundPercent(part: number, rounding: Rounding): string {
  return `${roundedPercent(part, rounding, 3).toFixed(3)} %`;
}

/** A difference of two parts in percentage points, with its sign: "+0.3", "−1.1", "0.0". */
export function signedPoints(difference: number): string {
  const text = Math.abs(difference * 100).toFixed(1);
  if (text === '0.0') return text;
  return difference > 0 ? `+${text}` : `−${text}`;
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** "3.1 GB", in decimal units as file managers show them. */
export function bytes(size: number): string {
  let value = size;
  let unit = 0;
  while (value >= 1000 && unit < byteUnits.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? whole.format(value) : value.toFixed(1)} ${byteUnits[unit]}`;
}

/** "1 edge", "3 edges". */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
