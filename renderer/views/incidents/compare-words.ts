import { age, duration, durationRange } from '../../../domain/words/duration';
import type { Compared, Difference } from '../../../domain/incidents/compare-incidents';

/** The names of a comparison's lines. */
export const differenceWords: Readonly<Record<Difference['what'], string>> = {
  length: 'Time compared',
  incidents: 'Incidents',
  moves: 'Failovers and failbacks',
  without: 'Longest without an active LB',
  detect: 'Time to detect, at worst',
  takeOver: 'Time to take over, at worst',
  acknowledge: 'Time to acknowledge, at worst',
  unmonitored: 'Not monitored',
};

/** A side's value: "0.9 to 3.1 s", "2", or a dash where it has none. */
export function comparedWords(value: Compared): string {
  if (value === null) return '–';
  if (value.kind === 'count') return String(value.count);
  const { atLeast, atMost } = value.span;
  if (atLeast === atMost) return atLeast < 10_000 ? age(atLeast) : duration(atLeast);
  return durationRange(atLeast, atMost);
}

/** A difference with its sign: "+1", "2.1 s shorter to 0.4 s longer"; a dash where one side has nothing to compare. */
export function changeWords(value: Compared): string {
  if (value === null) return '–';
  if (value.kind === 'count')
    return value.count > 0 ? `+${value.count}` : String(value.count).replace('-', '−');
  const { atLeast, atMost } = value.span;
  return atLeast === atMost ? side(atLeast) : `${side(atLeast)} to ${side(atMost)}`;
}

function side(ms: number): string {
  if (ms === 0) return 'the same';
  const length = Math.abs(ms) < 10_000 ? age(Math.abs(ms)) : duration(Math.abs(ms));
  return `${length} ${ms < 0 ? 'shorter' : 'longer'}`;
}
