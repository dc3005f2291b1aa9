import type Database from 'better-sqlite3';
import type { CoveredSet } from '../extract/covered-sets';
import type { NumberedLine } from '../chain/sealable-rows';
import type { SealedThrough } from '../chain/ledger-entry';
import type { Manifest } from '../file/manifest';
import type { Seal } from './check-extract-chain';
import type { CheckName, Findings } from './findings';

/** The rows of an incident file that reproduced sets of seals cover. */
export class CoveredRows {
  private readonly keys = new Set<string>();

  add(set: CoveredSet, rows: readonly NumberedLine[]): void {
    for (const [number] of rows) this.keys.add(keyOf(placeOf(set), number));
  }

  has(place: string, number: number): boolean {
    return this.keys.has(keyOf(place, number));
  }
}

function placeOf({ name, table, level, period, sealing }: CoveredSet): string {
  return sealing === null ? name : `${table} ${level ?? 0} ${period ?? 0} ${sealing}`;
}

function keyOf(place: string, number: number): string {
  return `${place} ${number}`;
}

interface Numbered {
  check: CheckName;
  table: string;
  key: string;
  name: keyof SealedThrough;
}

const numbered: Numbered[] = [
  { check: 'spans', table: 'spans', key: 'id', name: 'spansBegun' },
  { check: 'monitor runs', table: 'monitor_runs', key: 'id', name: 'runsBegun' },
  { check: 'monitor runs', table: 'clock_steps', key: 'id', name: 'clockSteps' },
  { check: 'names', table: 'clusters', key: 'number', name: 'clusters' },
  { check: 'names', table: 'edges', key: 'number', name: 'edges' },
  { check: 'sealed hours', table: 'sealings', key: 'id', name: 'sealings' },
  { check: 'inventories', table: 'inventory_versions', key: 'id', name: 'inventoryVersions' },
];

/**
 * Looks for rows of an incident file that no reproduced set covers. A seal names every row up to the numbers in its `through`, so one
 * with a lower number that no set names was inserted later; one with a higher number was recorded after the last seal.
 */
export function checkCovered(
  db: Database.Database,
  seals: readonly Seal[],
  covered: CoveredRows,
  { clusterIds }: Manifest,
  findings: Findings,
  unproven: (check: CheckName, words: string) => void,
): void {
  const through = seals.at(-1)?.entry.body.through ?? null;
  for (const { check, table, key, name } of numbered) {
    if (table === 'inventory_versions' && clusterIds !== null) {
      findings.note(check, 'Cut to the chosen clusters: no seal of the history covers them.');
      continue;
    }
    const numbers = db.prepare<[], number>(`SELECT ${key} FROM ${table} ORDER BY ${key}`).pluck().all();
    const open = numbers.filter((number) => !covered.has(name, number));
    const putIn = open.find((number) => through !== null && number <= through[name]);
    if (putIn !== undefined)
      findings.found(check, {
        table,
        id: putIn,
        words: `${table} row ${putIn} was put in: the seals name every row up to ${through?.[name] ?? 0}, and not this one.`,
      });
    else if (open.length > 0)
      unproven(check, `${open.length} of ${table} are covered by no seal in this file.`);
  }
  checkEnds(db, covered, unproven);
  for (const table of ['chunks', 'rollups'] as const)
    checkHours(db, table, through, covered, findings, unproven);
}

/** Ends are sealed apart from beginnings, with the seal after them. */
function checkEnds(
  db: Database.Database,
  covered: CoveredRows,
  unproven: (check: CheckName, words: string) => void,
): void {
  for (const [check, sql, name] of [
    ['spans', 'SELECT id FROM spans WHERE to_ms IS NOT NULL', 'spansEnded'],
    ['monitor runs', "SELECT id FROM monitor_runs WHERE ended <> 'running'", 'runsEnded'],
  ] as const) {
    const open = db
      .prepare<[], number>(sql)
      .pluck()
      .all()
      .filter((number) => !covered.has(name, number));
    if (open.length > 0) unproven(check, `The ends of ${open.length} are covered by no seal in this file.`);
  }
}

function checkHours(
  db: Database.Database,
  table: 'chunks' | 'rollups',
  through: SealedThrough | null,
  covered: CoveredRows,
  findings: Findings,
  unproven: (check: CheckName, words: string) => void,
): void {
  const place = table === 'chunks' ? '0 AS level, hour AS period' : 'level, period';
  const rows = db
    .prepare<[], { id: number; level: number; period: number; sealing: number; edge: number }>(
      `SELECT id, ${place}, sealing, edge FROM ${table}`,
    )
    .all();
  const open = rows.filter(
    ({ level, period, sealing, edge }) => !covered.has(`${table} ${level} ${period} ${sealing}`, edge),
  );
  const putIn = open.find(({ sealing }) => through !== null && sealing <= through.sealings);
  if (putIn)
    findings.found(table, {
      table,
      id: putIn.id,
      period: putIn.period,
      words: `${table} row ${putIn.id} was put in: the seal of its hour does not name it.`,
    });
  else if (open.length > 0) unproven(table, `${open.length} are covered by no seal in this file.`);
}
