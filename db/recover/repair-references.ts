import type Database from 'better-sqlite3';

/**
 * Repairs references of salvaged rows to lost rows of other tables. Only placeholders are invented, so that a lost row's number is
 * not reused.
 */
export function repairReferences(db: Database.Database, nowMs: number, runsAreWhole: boolean): void {
  // A lost edge retains its number: another edge must never inherit its readings.
  for (const table of ['samples', 'chunks', 'rollups']) {
    if (!hasTable(db, table)) continue;
    db.prepare(
      `INSERT OR IGNORE INTO edges (number, id, first_seen_ms)
       SELECT DISTINCT edge, 'lost-edge-' || edge, ? FROM ${table} WHERE edge NOT IN (SELECT number FROM edges)`,
    ).run(nowMs);
  }
  if (hasTable(db, 'sealings')) {
    for (const [table, level, period] of [
      ['chunks', '1', 'hour'],
      ['rollups', 'level', 'period'],
    ] as const) {
      db.prepare(
        `INSERT OR IGNORE INTO sealings (id, level, period, begun_ms, finished_ms)
         SELECT sealing, ${level}, ${period}, ?, ? FROM ${table} WHERE sealing NOT IN (SELECT id FROM sealings) GROUP BY sealing`,
      ).run(nowMs, nowMs);
    }
  }
  if (hasTable(db, 'clock_steps')) {
    db.exec('DELETE FROM clock_steps WHERE run NOT IN (SELECT id FROM monitor_runs)');
  }
  if (!runsAreWhole) restoreLastRun(db);
}

/** The time of the file's last entry of any kind, UTC milliseconds; null in an empty history. */
function lastEntryMs(db: Database.Database): number | null {
  return db
    .prepare<[], number | null>(
      `SELECT max(at) FROM (
         SELECT max(watched_until_ms) AS at FROM monitor_runs
         UNION ALL SELECT (SELECT recorded_ms FROM events ORDER BY id DESC LIMIT 1)
         UNION ALL SELECT max(minute) * 60000 FROM samples
         UNION ALL SELECT max(from_ms) FROM spans)`,
    )
    .pluck()
    .get() as number | null;
}

/** Without its row the end of the last run would be unknown, and with it the gap that follows. */
function restoreLastRun(db: Database.Database): void {
  const endMs = lastEntryMs(db);
  const known = db
    .prepare<[], number>('SELECT watched_until_ms FROM monitor_runs ORDER BY id DESC LIMIT 1')
    .pluck()
    .get();
  if (endMs === null || (known !== undefined && known >= endMs - 60_000)) return;
  db.prepare(
    `INSERT INTO monitor_runs (start_ms, watched_until_ms, ended, version, host, time_zone)
     VALUES (?, ?, 'lost', 'unknown', 'unknown', 'UTC')`,
  ).run(endMs, endMs);
}

function hasTable(db: Database.Database, name: string): boolean {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined;
}
