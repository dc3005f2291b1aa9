import type Database from 'better-sqlite3';
import { z } from 'zod';
import { gapsWithin, watchedUntilMs, type GapEvent } from '../../domain/past/monitored-time';
import {
  monitorRunSchema,
  rangeSchema,
  type Coverage,
  type Gap,
  type MonitorRun,
  type TimeRange,
} from '../../domain/model/history';
import { extractRange } from '../file/manifest';
import { query } from './query';
import { toRecordedEvent } from './read-events';

export const runQueries = {
  /** The stretches of the range that were not monitored, or of which the readings could not be written. Oldest first. */
  gaps: query(rangeSchema, ({ db }, range) => readGaps(db, range)),
  /** Every start of the monitor, oldest first. */
  runs: query(z.void(), ({ db }) => readRuns(db)),
  /** The first and the last monitored moment; null: nothing was monitored. */
  coverage: query(z.void(), ({ db }) => readCoverage(db)),
};

const stepsSchema = z.array(z.object({ atMs: z.number(), byMs: z.number() }));

/** Every start of the monitor, in order. In an incident file nothing after its range is known. */
export function readRuns(db: Database.Database): MonitorRun[] {
  const endMs = extractRange(db)?.toMs ?? Infinity;
  return db
    .prepare<[], Record<string, unknown> & { steps: string }>(
      `SELECT start_ms AS startMs, watched_until_ms AS watchedUntilMs, ended, version, host, time_zone AS timeZone,
              (SELECT json_group_array(json_object('atMs', at_ms, 'byMs', by_ms) ORDER BY id)
                 FROM clock_steps WHERE run = monitor_runs.id) AS steps
         FROM monitor_runs ORDER BY id`,
    )
    .all()
    .map(({ steps, ...row }) =>
      monitorRunSchema.parse({ ...row, clockSteps: stepsSchema.parse(JSON.parse(steps)) }),
    )
    .filter(({ startMs }) => startMs < endMs)
    .map((run) => (run.watchedUntilMs < endMs ? run : { ...run, watchedUntilMs: endMs, ended: 'closed' }));
}

/** The gaps that overlap a range, oldest first. A gap's own time is its end, so later ones cannot be left out. */
export function readGaps(
  db: Database.Database,
  range: TimeRange,
  runs: readonly MonitorRun[] = readRuns(db),
): Gap[] {
  const events = db
    .prepare<[number, number], { id: number; body: string }>(
      `SELECT id, body FROM events WHERE type = 'gap' AND time_ms > ? AND body ->> 'fromMs' < ? ORDER BY time_ms`,
    )
    .all(range.fromMs, range.toMs)
    .map((row) => toRecordedEvent(db.name, row).event)
    .filter((event): event is GapEvent => event.type === 'gap');
  const gaps = gapsWithin(range, runs, events);
  const beginMs = extractRange(db)?.fromMs ?? 0;
  if (range.fromMs >= beginMs) return gaps;
  const words = 'This incident file begins later.';
  const toMs = Math.min(range.toMs, beginMs);
  return [{ fromMs: range.fromMs, toMs, reason: 'not-running', words, clusterIds: null }, ...gaps];
}

/** The first and the last monitored moment; null: nothing was monitored. */
export function readCoverage(db: Database.Database): Coverage | null {
  const row = db
    .prepare<[], { firstMs: number | null; lastMs: number | null }>(
      'SELECT min(start_ms) AS firstMs, max(watched_until_ms) AS lastMs FROM monitor_runs',
    )
    .get();
  if (!row || row.firstMs === null || row.lastMs === null) return null;
  const cut = extractRange(db);
  if (cut === null) return { firstMs: row.firstMs, lastMs: row.lastMs };
  const firstMs = Math.max(row.firstMs, cut.fromMs);
  return { firstMs, lastMs: Math.max(firstMs, Math.min(row.lastMs, cut.toMs)) };
}

/** The run that monitored at this time, the latest of several (a clock set back); null: none. */
export function runAt(runs: readonly MonitorRun[], atMs: number): MonitorRun | null {
  return (
    runs.findLast((run) => run.startMs <= atMs && atMs < Math.max(watchedUntilMs(run), run.startMs + 1)) ??
    null
  );
}
