import type { RecordedEvent } from '../../../domain/model/event';
import { clockTenths, type TimeZoneChoice } from '../../words/clock';
import type { FailoverBracket } from './failover-brackets';

/** A cluster's failovers and failbacks as chart brackets, oldest first. */
export function failoverBracketsOf(rows: readonly RecordedEvent[], zone: TimeZoneChoice): FailoverBracket[] {
  return rows
    .flatMap(({ event }) => {
      if (event.type !== 'failover' && event.type !== 'failback') return [];
      const { lastOldMs: fromMs, firstNewMs: toMs } = event.bracket;
      const [from, to] = [clockTenths(fromMs, zone), clockTenths(toMs, zone, 'up')];
      const word = event.type === 'failover' ? 'Failover' : 'Failback';
      const aside = `${event.fromEdgeName} to ${event.toEdgeName}`;
      return [{ fromMs, toMs, title: `${word} ${from} to ${to}`, aside }];
    })
    .sort((a, b) => a.toMs - b.toMs);
}
