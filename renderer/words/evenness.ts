import { duration } from '../../domain/words/duration';
import { percent, signedPoints } from '../../domain/words/amount';
import type { EvennessAround, EvennessOver } from '../../domain/past/evenness-around';
import { thresholds } from '../../domain/model/thresholds';

/** A metric in the strip above the chart. */
export interface EvennessFact {
  label: string;
  fact: string;
  aside: string;
}

/** How even the traffic was before and after the last change of the active LB. */
export function evennessFacts(around: EvennessAround, move: 'failover' | 'failback'): EvennessFact[] {
  const { before, after } = around;
  const change =
    before.evenness === null || after.evenness === null
      ? null
      : `${signedPoints(after.evenness - before.evenness)} points`;
  const known: EvennessFact[] = [
    { label: `Evenness before the ${move}`, ...metric(before, 'before') },
    { label: 'After it', ...metric(after, 'after') },
  ];
  return change === null ? known : [...known, { label: 'Change', fact: change, aside: '' }];
}

function metric(over: EvennessOver, side: 'before' | 'after'): { fact: string; aside: string } {
  const lengthMs = over.toMs - over.fromMs;
  if (over.evenness !== null)
    return { fact: percent(over.evenness), aside: `even over ${duration(over.knownMs)}` };
  if (lengthMs < thresholds.evennessLeastMs) {
    const aside = side === 'after' ? 'not enough time after it' : 'not enough time before it';
    return { fact: 'unknown', aside };
  }
  return { fact: 'unknown', aside: `${duration(over.knownMs)} of ${duration(lengthMs)} known` };
}

/** How evenness is calculated, for the tooltip. */
export const evennessMeaning = `100 % minus half the sum of the healthy edges’ deviations from an even share. Mean of up to ${duration(thresholds.evennessWindowMs)} on each side, starting ${duration(thresholds.evennessSettleMs)} after the change and ending at the next change of the active LB.`;
