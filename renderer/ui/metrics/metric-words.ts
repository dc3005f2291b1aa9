import { count } from '../../../domain/words/amount';
import { inSeconds } from '../../../domain/words/duration';
import type { MetricFigures } from '../../../domain/model/metric-history';

/** A unit for rates: its name, and how many bits per second it is. */
export interface RateUnit {
  words: string;
  bits: number;
}

const rateUnits: readonly RateUnit[] = [
  { words: 'Gb/s', bits: 1e9 },
  { words: 'Mb/s', bits: 1e6 },
  { words: 'kb/s', bits: 1e3 },
];

/** The unit for a scale that ends at this rate. Ten times the unit at least, so that much smaller values on the scale have digits. */
export function rateUnit(topBitsPerSecond: number): RateUnit {
  return rateUnits.find(({ bits }) => topBitsPerSecond >= 10 * bits) ?? { words: 'b/s', bits: 1 };
}

/** A number with three digits at most, more only where it is a whole one: "0.42", "9.7", "197", "2,214". */
export function shortNumber(value: number): string {
  return Math.abs(value) >= 99.95 ? count(value) : String(Number(value.toPrecision(value < 1 ? 2 : 3)));
}

/** "41 %". */
export function wholePercent(value: number): string {
  return `${Math.round(value)} %`;
}

/** "161 ms", "3.2 ms", "0.61 ms". */
export function milliseconds(value: number): string {
  return `${value >= 9.95 ? count(value) : Number(value.toPrecision(2))} ms`;
}

function ofWords(ofMs: number): string {
  return ofMs === 0 ? 'single readings' : `${stepWords(ofMs)} averages`;
}

/** "20 s", "4 min", "1 h". */
export function stepWords(ms: number): string {
  if (ms >= 3_600_000) return `${Number((ms / 3_600_000).toFixed(1))} h`;
  return ms >= 60_000 ? `${Number((ms / 60_000).toFixed(1))} min` : inSeconds(ms);
}

/** What a percentile and a peak are of, for a note beneath them. */
export function figuresNote(figures: readonly (MetricFigures | null)[]): string {
  const known = figures.filter((one) => one !== null);
  const of = (key: 'p95OfMs' | 'peakOfMs'): string =>
    [...new Set(known.map((one) => ofWords(one[key])))].join(' or ');
  if (known.length === 0) return '';
  const [p95, peak] = [of('p95OfMs'), of('peakOfMs')];
  return p95 === peak ? `95th percentile and peak of ${p95}.` : `95th percentile of ${p95}, peak of ${peak}.`;
}
