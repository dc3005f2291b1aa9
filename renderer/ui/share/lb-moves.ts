import type { FailoverEvent } from '../../../domain/model/event';
import { clockTenths, type TimeZoneChoice } from '../../../domain/words/clock';
import type { FailoverBracket } from './failover-brackets';

/** Failovers and failbacks as chart brackets, in the same order. */
export function failoverBracketsOf(moves: readonly FailoverEvent[], zone: TimeZoneChoice): FailoverBracket[] {
  return moves.map((move) => {
    const { lastOldMs: fromMs, firstNewMs: toMs } = move.bracket;
    const [from, to] = [clockTenths(fromMs, zone), clockTenths(toMs, zone, 'up')];
    const word = move.type === 'failover' ? 'Failover' : 'Failback';
    const aside = `${move.fromEdgeName} to ${move.toEdgeName}`;
    return { fromMs, toMs, title: `${word} ${from} to ${to}`, aside };
  });
}
