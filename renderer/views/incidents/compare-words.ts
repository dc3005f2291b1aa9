import { preciseDuration, type Rounding } from '../../../domain/words/duration';
import type { Compared, Difference } from '../../../domain/incidents/compare-incidents';
import { boundsWords, lengthWords } from './incident-words';

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

/** A side's value: "0.9 to 3.1 s", "2", or a dash where it has none. Bounds read as everywhere else. */
export function comparedWords(value: Compared): string {
  if (value === null) return '–';
  if (value.kind === 'count') return String(value.count);
  return value.kind === 'exact' ? lengthWords(value.ms) : boundsWords(value.span);
}

/** A difference with its sign: "+1", "2.1 s shorter to 0.4 s longer"; a dash where one side has nothing to compare. */
export function changeWords(value: Compared): string {
  if (value === null) return '–';
  if (value.kind === 'count')
    return value.count > 0 ? `+${value.count}` : String(value.count).replace('-', '−');
  if (value.kind === 'exact') return value.ms === 0 ? 'the same' : signed(value.ms, 'down');
  const [least, most] = [signed(value.span.atLeast, 'down'), signed(value.span.atMost, 'up')];
  return least === most ? least : `${least} to ${most}`;
}

/** Rounded towards less for a lower bound, towards more for an upper one: a time that is shorter is rounded the other way. */
function signed(ms: number, rounding: Rounding): string {
  if (ms === 0) return 'the same';
  const isUp = ms > 0 === (rounding === 'up');
  return `${preciseDuration(Math.abs(ms), isUp ? 'up' : 'down')} ${ms < 0 ? 'shorter' : 'longer'}`;
}
