import type Database from 'better-sqlite3';
import { stepHoldMs, type PastOffset } from '../model/upkeep-clock';

interface Run {
  id: number;
  startMs: number;
  untilMs: number;
}

/** Runs looked at: of more within one day of monitoring, the earlier ones do not matter. */
const mostRuns = 200;

/**
 * What the wall clock did in the last day of monitoring, from the recorded runs and steps, oldest first: the clock must not be
 * believed sooner because Heron was restarted. Monotonic time is that of the runs alone, and 0 is now.
 */
export function clockPast(db: Database.Database): PastOffset[] {
  const runs = db
    .prepare<[number], Run>(
      `SELECT id, start_ms AS startMs, watched_until_ms AS untilMs FROM monitor_runs ORDER BY id DESC LIMIT ?`,
    )
    .all(mostRuns);
  const stepsOf = db.prepare<[number], { atMs: number; byMs: number }>(
    'SELECT at_ms AS atMs, by_ms AS byMs FROM clock_steps WHERE run = ? ORDER BY id DESC',
  );
  const past: PastOffset[] = [];
  let monotonicMs = 0;
  for (const { id, startMs, untilMs } of runs) {
    let wallMs = untilMs;
    past.push({ offsetMs: wallMs - monotonicMs, endedMs: monotonicMs, by: 'absence' });
    for (const { atMs, byMs } of stepsOf.all(id)) {
      monotonicMs -= Math.max(0, wallMs - atMs);
      wallMs = atMs - byMs;
      past.push({ offsetMs: wallMs - monotonicMs, endedMs: monotonicMs, by: 'step' });
    }
    monotonicMs -= Math.max(0, wallMs - startMs);
    if (monotonicMs <= -stepHoldMs) break;
  }
  return past.reverse();
}
