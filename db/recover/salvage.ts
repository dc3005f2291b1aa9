import Database from 'better-sqlite3';
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { makeOwnerOnly } from '../file/owner-only';
import { migrate } from '../file/migrate';
import type { HeronEvent } from '../../domain/model/event';
import { ownFinding } from '../../domain/model/own-finding';
import type { Migration } from '../migrations/migrations';
import { EventWriter } from '../chain/event-writer';
import { historyId } from '../file/history-id';
import { expectedFile, type ExpectedTable } from '../file/expected-tables';
import { restorerOf } from './restore-rows';
import { findLosses, type Losses } from './losses';
import { repairReferences } from './repair-references';
import { openDamaged } from './open-damaged';
import { TableSalvage, type SalvagedTable } from './salvage-table';

export interface SalvageRequest {
  damagedFile: string;
  /** Where the new history is made; a file there is replaced. */
  newFile: string;
  steps: readonly Migration[];
  nowMs: number;
  /** The damage, in a sentence. */
  why: string;
  /** The new name of the damaged file. */
  keptAs: string;
}

/**
 * Makes a new history of the same version from the readable rows of a damaged one. Events retain their numbers and hashes, so the
 * chain holds up to each break; the break itself is recorded after the last event. Throws when the file cannot be opened or the
 * disk fails; the new file is then removed.
 */
export function salvage(request: SalvageRequest): Losses & { rows: number } {
  const { damagedFile, newFile, steps, nowMs } = request;
  const remove = (): void => {
    for (const suffix of ['', '-journal']) rmSync(`${newFile}${suffix}`, { force: true });
  };
  remove();
  const source = openDamaged(
    damagedFile,
    steps.map((_, index) => expectedFile(steps.slice(0, index + 1))),
  );
  try {
    makeOwnerOnly(newFile);
    const target = new Database(newFile);
    try {
      const { tables, version } = source.expected;
      prepareTarget(target);
      migrate(
        target,
        steps.filter((step) => step.version <= version),
        nowMs,
      );
      const triggers = dropTriggers(target);
      const salvaged = tables.map((table) => copyTable(source.db, target, table));
      const runs = salvaged.find(({ name }) => name === 'monitor_runs');
      const losses = findLosses(target, tables, salvaged, nowMs);
      target
        .transaction(() => repairReferences(target, nowMs, runs?.holes.length === 0 && runs.wrongRows === 0))
        .immediate();
      for (const sql of triggers) target.exec(sql);
      recordLosses(target, request, losses);
      target.close();
      flushToDisk(newFile);
      return { ...losses, rows: salvaged.reduce((sum, { rows }) => sum + rows, 0) };
    } catch (error) {
      target.close();
      remove();
      throw error;
    }
  } finally {
    source.close();
  }
}

/** The losses as a sentence. */
export function lossWords({ words }: Losses): string {
  return words.length === 0 ? 'Nothing was lost.' : `Lost: ${words.join('; ')}.`;
}

function prepareTarget(db: Database.Database): void {
  db.pragma('page_size = 4096');
  db.pragma('auto_vacuum = INCREMENTAL');
  // No other process knows the file yet, and it is made again from the start after a failure.
  db.pragma('journal_mode = MEMORY');
  db.pragma('synchronous = OFF');
  // Rows may refer to lost rows until the references are repaired.
  db.pragma('foreign_keys = OFF');
}

/** Drops the triggers that protect history from changes, until it is restored. Returns their SQL. */
function dropTriggers(db: Database.Database): string[] {
  const triggers = db
    .prepare<[], { name: string; sql: string }>("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all();
  for (const { name } of triggers) db.exec(`DROP TRIGGER ${name}`);
  return triggers.map(({ sql }) => sql);
}

function copyTable(
  source: Database.Database,
  target: Database.Database,
  table: ExpectedTable,
): SalvagedTable {
  return target
    .transaction(() => new TableSalvage(source, table, restorerOf(target, table)).run())
    .immediate();
}

function recordLosses(
  target: Database.Database,
  { nowMs, why, keptAs }: SalvageRequest,
  losses: Losses,
): void {
  const common = { timeMs: nowMs, recordedAtMs: nowMs };
  const gaps = losses.lostStates.map(({ fromMs, toMs }): HeronEvent => ({
    ...common,
    type: 'gap',
    fromMs,
    toMs: Math.max(fromMs, toMs),
    reason: 'history-damaged',
    words: 'States of this time were recorded, but the history file was damaged: they are lost.',
  }));
  const reason = {
    code: 'history-recovered',
    fact: 'The history file was damaged. What could be read was salvaged.',
    detail: `${why} ${lossWords(losses)} The damaged file is kept as ${keptAs}.`,
  };
  const finding = ownFinding(reason, common.timeMs);
  const writer = new EventWriter(target, historyId(target));
  target.transaction(() => writer.append([finding, ...gaps])).immediate();
}

function flushToDisk(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
