import Database from 'better-sqlite3';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ClockSteps } from '../../../../db/model/clock-steps';
import { verifyHistory } from '../../../../db/verify/verify-history';
import { WriterSession } from '../../../../db/write/writer-session';
import { aSample, noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const retention = { sampleDays: 3, minuteDays: 4, hourDays: 4 };

/** A monitor with a wall clock and a monotonic clock, which the test moves. */
class Monitor {
  readonly file = path.join(temporaryFolder(), `${randomUUID()}.sqlite`);
  nowMs = noonMs;
  monotonicMs = 7_000_000;
  private session = this.open();
  private steps = this.compareClocks();

  pass(ms: number): void {
    this.nowMs += ms;
    this.monotonicMs += ms;
  }

  /** A reading half-hourly; upkeep does all that is due each time. */
  watch(hours: number): void {
    for (let n = 0; n < hours * 2; n += 1) {
      this.pass(hourMs / 2);
      this.commit();
    }
  }

  commit(): void {
    const { nowMs, monotonicMs } = this;
    const batch = { atMs: nowMs, spans: [], events: [], samples: [aSample('a', nowMs)] };
    const clockSteps = this.steps.compare();
    this.session.commit({ nowMs, monotonicMs, lost: null, batches: [batch], clockSteps });
    this.steps.recorded(clockSteps);
    while (this.session.stepUpkeep());
  }

  restart(absentMs: number): void {
    this.session.close();
    this.nowMs += absentMs;
    // Another boot: the monotonic clock has another origin.
    this.monotonicMs = 1_000;
    this.session = this.open();
    this.steps = this.compareClocks();
    while (this.session.stepUpkeep());
  }

  close(): void {
    this.session.close();
  }

  /** Readings in samples and chunks, compacted hours, and what was removed. */
  count(): { readings: number; hot: number; sealings: number; minutes: number; prunings: number } {
    const db = new Database(this.file, { readonly: true });
    const one = (sql: string): number => Number(db.prepare(sql).pluck().get());
    try {
      const hot = one('SELECT count(*) FROM samples');
      return {
        hot,
        readings: hot + one('SELECT coalesce(sum(samples), 0) FROM chunks'),
        sealings: one('SELECT count(*) FROM sealings'),
        minutes: one('SELECT count(*) FROM rollups WHERE level = 1'),
        prunings: one("SELECT count(*) FROM ledger WHERE kind = 'prune'"),
      };
    } finally {
      db.close();
    }
  }

  private compareClocks(): ClockSteps {
    return new ClockSteps(
      () => this.nowMs,
      () => this.monotonicMs,
    );
  }

  private open(): WriterSession {
    const { file, nowMs, monotonicMs } = this;
    return WriterSession.open({ file, nowMs, monotonicMs, version: 'test', retention });
  }
}

describe('A clock that steps', () => {
  it('forward by 91 days removes and compacts nothing, until it has lasted a day', () => {
    const monitor = new Monitor();
    monitor.watch(10);
    const before = monitor.count();
    monitor.nowMs += 91 * dayMs;
    monitor.commit();
    expect(monitor.count()).toEqual({ ...before, readings: before.readings + 1, hot: before.hot + 1 });
    monitor.watch(23);
    // The hours from before are compacted when they are due, those of the stepped clock are not.
    expect(monitor.count()).toMatchObject({ prunings: 0, readings: before.readings + 47, hot: 47 });
    monitor.watch(2);
    expect(monitor.count().prunings).toBeGreaterThan(0);
    monitor.close();
    expect(verifyHistory({ file: monitor.file, key: null, anchor: null }).firstBad).toBeNull();
  });

  it('forward and back leaves every reading where it is', () => {
    const monitor = new Monitor();
    monitor.watch(10);
    const before = monitor.count();
    monitor.nowMs += 91 * dayMs;
    monitor.watch(2);
    monitor.nowMs -= 91 * dayMs;
    monitor.watch(30);
    expect(monitor.count()).toMatchObject({ prunings: 0, readings: before.readings + 64 });
    monitor.close();
    expect(verifyHistory({ file: monitor.file, key: null, anchor: null }).firstBad).toBeNull();
  });

  it('backward goes on as before', () => {
    const monitor = new Monitor();
    monitor.watch(10);
    monitor.nowMs -= 5 * hourMs + 1234;
    monitor.watch(10);
    expect(monitor.count()).toMatchObject({ prunings: 0, readings: 40 });
    monitor.close();
    expect(verifyHistory({ file: monitor.file, key: null, anchor: null }).firstBad).toBeNull();
  });

  it('around a restart removes nothing, however often Heron is restarted within the day', () => {
    const monitor = new Monitor();
    monitor.watch(10);
    monitor.nowMs += 91 * dayMs;
    monitor.commit();
    for (let n = 0; n < 7; n += 1) {
      monitor.restart(n === 3 ? 91 * dayMs : 60_000);
      monitor.watch(3);
      expect(monitor.count().prunings).toBe(0);
    }
    monitor.restart(-182 * dayMs);
    monitor.watch(6);
    expect(monitor.count()).toMatchObject({ prunings: 0, readings: 20 + 1 + 42 + 12 });
    monitor.close();
    expect(verifyHistory({ file: monitor.file, key: null, anchor: null }).firstBad).toBeNull();
  });

  it('and lasts: an hour removes no more than its share', () => {
    const monitor = new Monitor();
    monitor.watch(3 * 24);
    monitor.nowMs += 91 * dayMs;
    monitor.watch(24);
    let { prunings } = monitor.count();
    // What became due in the 24 hours that passed.
    expect(prunings).toBeLessThanOrEqual(30);
    for (let hour = 0; hour < 6; hour += 1) {
      monitor.watch(1);
      const now = monitor.count().prunings;
      // Chunks and minutes of 24 hours each, hours of a day and of a month.
      expect(now - prunings).toBeLessThanOrEqual(24 + 24 + 1 + 1);
      prunings = now;
    }
    monitor.close();
  });

  it('in any way: nothing is removed that is younger than its retention by any clock of the last day', () => {
    const move = fc.oneof(
      fc.record({ kind: fc.constant('watch' as const), hours: fc.integer({ min: 1, max: 8 }) }),
      fc.record({ kind: fc.constant('step' as const), days: fc.integer({ min: -100, max: 100 }) }),
      fc.record({ kind: fc.constant('restart' as const), days: fc.integer({ min: -100, max: 100 }) }),
    );
    fc.assert(
      fc.property(fc.array(move, { minLength: 3, maxLength: 8 }), (moves) => {
        const monitor = new Monitor();
        let watched = 1;
        monitor.commit();
        for (const one of moves) {
          if (one.kind === 'watch') {
            monitor.watch(one.hours);
            watched += one.hours;
          }
          if (one.kind === 'step') monitor.nowMs += one.days * dayMs;
          if (one.kind === 'restart') monitor.restart(one.days * dayMs);
          // Less than a day was monitored in all: no step can have lasted a day.
          if (watched < 24) expect(monitor.count().prunings).toBe(0);
        }
        monitor.close();
        expect(verifyHistory({ file: monitor.file, key: null, anchor: null }).firstBad).toBeNull();
      }),
      { numRuns: 15 },
    );
  });
});
