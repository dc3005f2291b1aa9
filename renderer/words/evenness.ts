import type { EvennessAround, EvennessOver } from '../../domain/past/evenness-around';
import { thresholds } from '../../domain/model/thresholds';
import { percent, signedPoints } from './amount';
import { duration } from './duration';

/** A figure of the strip above the chart. */
export interface EvennessFact {
  label: string;
  fact: string;
  aside: string;
}

/** What stands beside the chart: how even the traffic was before and after the last change of the active LB. */
export function evennessFacts(around: EvennessAround, move: 'failover' | 'failback'): EvennessFact[] {
  const { before, after } = around;
  const change =
    before.evenness === null || after.evenness === null
      ? null
      : `${signedPoints(after.evenness - before.evenness)} points`;
  const known: EvennessFact[] = [
    { label: `Evenness before the ${move}`, ...figure(before, 'before') },
    { label: 'After it', ...figure(after, 'after') },
  ];
  return change === null ? known : [...known, { label: 'Change', fact: change, aside: '' }];
}

function figure(over: EvennessOver, side: 'before' | 'after'): { fact: string; aside: string } {
  const lengthMs = over.toMs - over.fromMs;
  if (over.evenness !== null)
    return { fact: percent(over.evenness), aside: `even over ${duration(over.knownMs)}` };
  if (lengthMs < thresholds.evennessLeastMs) {
    const aside = side === 'after' ? 'too soon, or moved again' : 'it moved just before';
    return { fact: 'unknown', aside };
  }
  return { fact: 'unknown', aside: `${duration(over.knownMs)} of ${duration(lengthMs)} known` };
}

/** How the figures are made, for the tooltip. */
export const evennessMeaning = `Evenness is 100 % less half the sum of every edge’s distance from an even share, over the healthy edges. Mean over up to ${duration(thresholds.evennessWindowMs)} on each side, from ${duration(thresholds.evennessSettleMs)} after the change, never over another change of the active LB.`;
