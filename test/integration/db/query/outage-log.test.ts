import fc from 'fast-check';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EventWriter } from '../../../../db/chain/event-writer';
import { historyId } from '../../../../db/file/history-id';
import { openWritable } from '../../../../db/file/open-writable';
import { migrations } from '../../../../db/migrations/migrations';
import { OutageLog } from '../../../../db/query/outage-log';
import type { HeronEvent } from '../../../../domain/model/event';
import { aFailover, aFlapping, noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

function aState(clusterId: string, timeMs: number, to: 'up' | 'down'): HeronEvent {
  const reasons = [{ code: 'users-not-served', fact: 'No answer.', detail: 'At the cluster IP.' }] as const;
  const from = to === 'up' ? 'down' : 'up';
  return {
    type: 'cluster-state',
    timeMs,
    recordedAtMs: timeMs,
    clusterId,
    clusterName: clusterId,
    from,
    to,
    reasons: [...reasons],
  };
}

/** Events in the order they were recorded, some long after they happened. */
const recorded = fc.array(
  fc
    .record({
      kind: fc.constantFrom('failover', 'down', 'flapping'),
      lateMs: fc.constantFrom(0, 0, 0, 4, 25),
    })
    .map(({ kind, lateMs }) => ({ kind, lateMs })),
  { minLength: 1, maxLength: 40 },
);

function eventOf({ kind, lateMs }: { kind: string; lateMs: number }, place: number): HeronEvent {
  const timeMs = noonMs + Math.max(0, place - lateMs);
  if (kind === 'failover') return aFailover('fra', timeMs);
  return kind === 'flapping' ? aFlapping('fra', timeMs) : aState('fra', timeMs, 'down');
}

function aHistory() {
  const { db, close } = openWritable(path.join(temporaryFolder(), 'history.sqlite'), migrations, noonMs);
  onTestFinished(close);
  const writer = new EventWriter(db, historyId(db));
  return { db, append: (events: HeronEvent[]) => void db.transaction(() => writer.append(events))() };
}

describe('The log of outage events', () => {
  it('has what was recorded of any time, however often it is asked while the file grows', () => {
    fc.assert(
      fc.property(recorded, fc.array(fc.nat({ max: 45 }), { maxLength: 8 }), (plan, asked) => {
        const { db, append } = aHistory();
        const limits = { leastOfType: 1000, stretchIds: 4, mostRetained: 6 };
        const log = new OutageLog(db, limits);
        const half = Math.ceil(plan.length / 2);
        const events = plan.map(eventOf);
        const wanted = events.filter(({ type }) => type !== 'flapping');
        const check = (known: HeronEvent[]): void => {
          for (const atMs of [...asked, 60].map((place) => noonMs + place)) {
            const due = wanted.filter((event) => known.includes(event) && event.timeMs <= atMs);
            expect(log.until(atMs).map(({ type, timeMs }) => [type, timeMs])).toEqual(
              due.map(({ type, timeMs }) => [type, timeMs]),
            );
          }
        };
        append(events.slice(0, half));
        check(events.slice(0, half));
        append(events.slice(half));
        check(events);
      }),
      { numRuns: 25 },
    );
  });

  it('does not look through more of the past than an outage of interest needs', () => {
    const { db, append } = aHistory();
    append(Array.from({ length: 40 }, (_, place) => aFailover('fra', noonMs + place)));
    const log = new OutageLog(db, { leastOfType: 10, stretchIds: 4, mostRetained: 1000 });
    const times = log.until(noonMs + 30).map(({ timeMs }) => timeMs - noonMs);
    expect(times.at(-1)).toBe(30);
    expect(times.length).toBeGreaterThanOrEqual(10);
    expect(times.length).toBeLessThan(20);
  });

  it('looks only where there are events, however far apart their numbers are in a forged file', () => {
    const { db, append } = aHistory();
    append(Array.from({ length: 6 }, (_, place) => aFailover('fra', noonMs + place)));
    db.exec('DROP TRIGGER events_keep_update');
    db.exec('UPDATE events SET id = 9223372036854775807 WHERE id = 6');
    db.exec('UPDATE events SET id = 4611686018427387903 WHERE id = 5');
    const log = new OutageLog(db);
    expect(log.until(noonMs + 5)).toHaveLength(6);
    expect(log.until(noonMs + 4)).toHaveLength(5);
  });

  it('keeps the code by which probes show an outage, without its words', () => {
    const { db, append } = aHistory();
    append([aState('fra', noonMs, 'down')]);
    const [event] = new OutageLog(db).until(noonMs);
    expect(event).toMatchObject({ to: 'down', reasons: [{ code: 'users-not-served', fact: '' }] });
  });
});
