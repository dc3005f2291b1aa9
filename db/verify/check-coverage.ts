import type Database from 'better-sqlite3';
import type { Closing, SealBody } from '../chain/ledger-entry';
import { sealedTables } from '../chain/sealed-tables';
import type { NumberedCheck } from './check-numbered';
import type { CheckName, Findings } from './findings';

/** The last seal of a ledger, and the ledger's last row. */
export interface LastSeal {
  ledgerId: number;
  lastLedgerId: number;
  body: SealBody;
}

/** What the last seal covers of a closed history; null when it is not a closing seal, or a run began after it. */
export function closingSeal(db: Database.Database, body: SealBody | undefined): Closing | null {
  if (!body?.closing) return null;
  const lastRunId = Number(db.prepare('SELECT coalesce(max(id), 0) FROM monitor_runs').pluck().get());
  return lastRunId > body.through.runsBegun ? null : body.closing;
}

interface LastRun {
  id: number;
  startMs: number;
  watchedUntilMs: number;
  ended: string;
}

/** A run that has monitored for this long has sealed what earlier runs left. */
const settledMs = 10 * 60_000;
/** Heron seals at least hourly. What is older than this and not sealed lost its seal. */
const oldestUnsealedMs = 2 * 3_600_000;

/** Checks the rows that no seal covers: they must be new, and there must be none after the seal of a closed run. */
export function checkCoverage(
  db: Database.Database,
  last: LastSeal | null,
  numbered: NumberedCheck,
  present: { chunks: number; rollups: number },
  findings: Findings,
): void {
  const run = db
    .prepare<[], LastRun>(
      'SELECT id, start_ms AS startMs, watched_until_ms AS watchedUntilMs, ended FROM monitor_runs ORDER BY id DESC LIMIT 1',
    )
    .get();
  const closing = closingSeal(db, last?.body);
  const closed = closing !== null;
  const cut = (words: string): void =>
    findings.found('ledger', {
      table: 'ledger',
      id: (last?.lastLedgerId ?? 0) + 1,
      words: `Ledger row ${(last?.lastLedgerId ?? 0) + 1} is missing: ${words}`,
    });
  if (run?.ended === 'closed' && !closed)
    cut(`run ${run.id} was closed, and the seal of its closing is not here. The ledger was cut off.`);
  const settled = run !== undefined && run.watchedUntilMs - run.startMs > settledMs;
  const oldestMs = settled ? run.watchedUntilMs - oldestUnsealedMs : -Infinity;

  const beyond = (check: CheckName, table: string, key: string, after: number, timeColumn: string): void => {
    const row = db
      .prepare<[number], { count: number; first: number | null; atMs: number | null }>(
        `SELECT count(*) AS count, min(${key}) AS first, min(${timeColumn}) AS atMs FROM ${table} WHERE ${key} > ?`,
      )
      .get(after);
    if (!row || row.count === 0) return;
    const since = last ? `the last seal (ledger row ${last.ledgerId})` : 'the history began';
    if (closed) {
      findings.found(check, {
        table,
        id: row.first,
        words: `${table} row ${row.first ?? ''} was put in after the history was closed and sealed.`,
      });
    } else if ((row.atMs ?? oldestMs) < oldestMs) {
      cut(`nothing sealed ${table} row ${row.first ?? ''} of ${iso(row.atMs ?? 0)}. The ledger was cut off.`);
    } else findings.leftOpen(check, `${row.count} since ${since} are not sealed yet.`);
  };
  const through = last?.body.through;
  beyond('events', 'events', 'id', last?.body.events.id ?? 0, 'recorded_ms');
  beyond('spans', 'spans', 'id', through?.spansBegun ?? 0, 'NULL');
  beyond('monitor runs', 'monitor_runs', 'id', through?.runsBegun ?? 0, 'NULL');
  beyond('monitor runs', 'clock_steps', 'id', through?.clockSteps ?? 0, 'NULL');
  beyond('inventories', 'inventory_versions', 'id', through?.inventoryVersions ?? 0, 'NULL');
  beyond('names', 'clusters', 'number', through?.clusters ?? 0, 'NULL');
  beyond('names', 'edges', 'number', through?.edges ?? 0, 'NULL');

  checkEnds(numbered, closed, findings);
  checkSealings(db, last, closing, oldestMs, present, findings, cut);
  checkUnsealedEnds(db, numbered, findings);
}

/** Ends of spans and runs that no seal covers: only an open history may have any. */
function checkEnds(numbered: NumberedCheck, closed: boolean, findings: Findings): void {
  for (const name of ['spansEnded', 'runsEnded'] as const) {
    const { first, count } = numbered.uncoveredEnds(name);
    const check = name === 'spansEnded' ? 'spans' : 'monitor runs';
    const { table } = sealedTables[name];
    if (first === null) continue;
    if (closed)
      findings.found(check, { table, id: first, words: `${table} row ${first} ended, and no seal says so.` });
    else findings.leftOpen(check, `${count} that ended since the last seal are not sealed yet.`);
  }
}

/** The list of ends that wait for a seal follows from the other tables: it must be exactly that. */
function checkUnsealedEnds(db: Database.Database, numbered: NumberedCheck, findings: Findings): void {
  for (const [what, name] of [
    ['span', 'spansEnded'],
    ['run', 'runsEnded'],
  ] as const) {
    const listed = db
      .prepare<[string], number>('SELECT number FROM unsealed_ends WHERE what = ? ORDER BY number')
      .pluck()
      .all(what);
    const wrong = listed.find((number) => !numbered.isUncoveredEnd(name, number));
    if (wrong === undefined && listed.length === numbered.uncoveredEnds(name).count) continue;
    findings.found(what === 'span' ? 'spans' : 'monitor runs', {
      table: 'unsealed_ends',
      id: wrong ?? null,
      words: `unsealed_ends does not list the ${what}s that wait for a seal: it was altered.`,
    });
  }
}

/** Chunks and rollups of sealings that no seal covers; and of covered ones none but those the seals know. */
function checkSealings(
  db: Database.Database,
  last: LastSeal | null,
  closing: Closing | null,
  oldestMs: number,
  present: { chunks: number; rollups: number },
  findings: Findings,
  cut: (words: string) => void,
): void {
  const unsealed = db
    .prepare<[number], { id: number; finishedMs: number | null; line: string }>(
      `SELECT id, finished_ms AS finishedMs, ${sealedTables.sealings.line} AS line FROM sealings
       WHERE id > ? ORDER BY id LIMIT 1`,
    )
    .get(last?.body.through.sealings ?? 0);
  if (closing && (unsealed?.line ?? null) !== (closing.underWay?.line ?? null)) {
    const id = unsealed?.id ?? null;
    const words = `Sealing ${id ?? ''} is not the one that was under way when the history was closed.`;
    findings.found('sealed hours', { table: 'sealings', id, words });
  }
  if (!closing && unsealed && unsealed.finishedMs !== null && unsealed.finishedMs < oldestMs)
    cut(`nothing sealed the hours of sealing ${unsealed.id}, of ${iso(unsealed.finishedMs)}.`);
  for (const table of ['chunks', 'rollups'] as const) {
    const total = Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
    const over = total - present[table];
    if (over === 0 || findings.isBad(table)) continue;
    const period = table === 'chunks' ? 'hour' : 'period';
    const stranger = db
      .prepare<[], { id: number; period: number; edge: string | null }>(
        `SELECT ${table}.id, ${table}.${period} AS period, edges.id AS edge FROM ${table}
         LEFT JOIN sealings ON sealings.id = ${table}.sealing LEFT JOIN edges ON edges.number = ${table}.edge
         WHERE sealings.id IS NULL OR sealings.period <> ${table}.${period}
           OR ${table === 'chunks' ? 'sealings.level <> 1' : 'sealings.level <> rollups.level'} LIMIT 1`,
      )
      .get();
    if (stranger) {
      findings.found(table, {
        table,
        ...stranger,
        words: `${table} row ${stranger.id} (edge ${stranger.edge ?? 'unknown'}, period ${stranger.period}) belongs to no sealing of its period: it was put in.`,
      });
    } else if (unsealed && !closing) {
      findings.leftOpen(table, `${over} of hours sealed since the last seal are not covered yet.`);
    } else {
      findings.found(table, { table, words: `${table} has ${over} rows that no seal knows.` });
    }
  }
}

function iso(timeMs: number): string {
  return new Date(timeMs).toISOString();
}
