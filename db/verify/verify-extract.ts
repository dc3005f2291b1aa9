import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { firstDifference } from './compare-rows';
import type { CheckName, Findings } from './findings';
import { whatWords } from './check-numbered';
import { checkChain, checkLedger, type Seal, type Signed } from './check-extract-chain';
import { changedTable } from '../extract/extract-tables';
import { coveredSets, linesOfSet } from '../extract/covered-sets';
import { digestsOf, linesOf, listedTables } from '../extract/manifest-digests';
import { readManifest, type Manifest } from '../file/manifest';

const checkOf: Record<string, CheckName> = {
  inventory_versions: 'inventories',
  monitor_runs: 'monitor runs',
  clock_steps: 'monitor runs',
  clusters: 'names',
  edges: 'names',
  spans: 'spans',
  sealings: 'sealed hours',
  events: 'events',
  chunks: 'chunks',
  rollups: 'rollups',
  ledger: 'ledger',
  extract_links: 'events',
  extract_lines: 'ledger',
};

/** What the verification of an incident file returns besides its findings. */
export interface VerifiedExtract {
  manifest: Manifest;
  /** Of the events in it, how many lead to a head that a seal names. */
  chained: number;
  signed: Signed;
}

/**
 * Verifies an incident file, in two steps: that every row is as it was when the file was made, by the manifest, and that the
 * rows are those of the history it came from, as far as seals and signatures are in it. A redacted file has the first only.
 */
export function verifyExtract(
  db: Database.Database,
  key: string | null,
  findings: Findings,
): VerifiedExtract {
  const manifest = readManifest(db);
  if (manifest === null) throw new TypeError('This is not an incident file.');
  checkFile(db, findings);
  checkTables(db, findings);
  checkManifest(db, manifest, findings);
  const { heads, seals, signed } = checkLedger(db, manifest, key, findings);
  const chained = checkChain(db, manifest, heads, findings);
  checkBodies(db, findings);
  for (const seal of seals) checkSets(db, seal, manifest, findings);
  const to = signed ? ` of which the head is signed by ${signed.key}` : '';
  findings.note(
    'extract',
    manifest.redacted
      ? 'This is a redacted extract: it carries a chain of its own, and cannot be held against the history it came from.'
      : `This is an extract: ${chained} of its events are chained to sealed heads${to}.`,
  );
  return { manifest, chained, signed };
}

/** Pages and indexes are SQLite's own: its complaints come before anything is read through an index. */
function checkFile(db: Database.Database, findings: Findings): void {
  const found = db.prepare<[], string>('PRAGMA integrity_check(1)').pluck().get() ?? 'nothing was answered';
  findings.count('extract');
  if (found !== 'ok')
    findings.found('extract', {
      table: 'file',
      words: `The file is damaged: ${found.replaceAll(/\s+/g, ' ')}.`,
    });
}

function checkTables(db: Database.Database, findings: Findings): void {
  const name = changedTable(db);
  if (name !== null)
    findings.found('extract', {
      table: 'sqlite_schema',
      words: `The table or index ${JSON.stringify(name.slice(0, 60))} (sqlite_schema) is not as Heron makes it.`,
    });
}

function checkManifest(db: Database.Database, manifest: Manifest, findings: Findings): void {
  const row = db.prepare<[], { body: string; sha256: Buffer }>('SELECT body, sha256 FROM extract').get();
  const sha256 = createHash('sha256')
    .update(row?.body ?? '', 'utf8')
    .digest();
  if (!row?.sha256.equals(sha256))
    findings.found('extract', {
      table: 'extract',
      id: 1,
      words: 'The manifest (extract row 1) was changed: it does not have its digest.',
    });
  const historyId = db.prepare<[], string>("SELECT value FROM meta WHERE key = 'history-id'").pluck().get();
  if (historyId !== manifest.historyId)
    findings.found('extract', {
      table: 'meta',
      words: 'The history-id (meta) is not the one of the manifest.',
    });
  for (const table of listedTables) {
    const check = checkOf[table.name] ?? 'extract';
    const sealed = manifest.tables[table.name] ?? { rows: '', marks: '', sha256: emptyDigest };
    const lines = linesOf(db, table);
    const difference = firstDifference(lines, sealed);
    findings.count(check, lines.length);
    if (difference === null) continue;
    findings.found(check, {
      table: table.name,
      id: difference.number,
      words: `${table.name} row ${difference.number ?? '(one of several)'} ${whatWords[difference.what]} since this file was made.`,
    });
  }
  const known = new Map(manifest.samples.map((minute) => [minute.minute, minute]));
  for (const { minute, count, sha256: digest } of digestsOf(db).samples) {
    findings.count('samples', count);
    if (known.get(minute)?.sha256 === digest) known.delete(minute);
    else badSamples(minute, 'are not those that were there when this file was made', findings);
  }
  for (const [minute] of known) badSamples(minute, 'are missing', findings);
}

function badSamples(minute: number, what: string, findings: Findings): void {
  const at = new Date(minute * 60_000).toISOString();
  findings.found('samples', { table: 'samples', id: minute, words: `The samples of minute ${at} ${what}.` });
}

/** Checks bodies that have a digest in the same row. */
function checkBodies(db: Database.Database, findings: Findings): void {
  for (const table of ['chunks', 'rollups', 'inventory_versions'] as const) {
    const rows = db
      .prepare<[], [number, Buffer | string, Buffer]>(`SELECT id, body, sha256 FROM ${table}`)
      .raw();
    for (const [id, body, sha256] of rows.iterate()) {
      if (createHash('sha256').update(body).digest().equals(sha256)) continue;
      const words = `${table} row ${id} was changed: its body does not have its digest.`;
      findings.found(checkOf[table] ?? 'extract', { table, id, words });
    }
  }
}

/** Sets of which every line is here, as a row or as the line of one that was left out. */
function checkSets(
  db: Database.Database,
  { id: ledgerId, entry }: Seal,
  { clusterIds }: Manifest,
  findings: Findings,
): void {
  const leftOut = db
    .prepare<[number, string], [number, string]>(
      'SELECT number, line FROM extract_lines WHERE ledger = ? AND sealed = ? ORDER BY number',
    )
    .raw();
  for (const set of coveredSets(entry.body)) {
    // One that was cut to the chosen clusters is another text than the one that was sealed.
    if (set.name === 'inventoryVersions' && clusterIds !== null) continue;
    const here = linesOfSet(db, set);
    if (here.length === 0) continue;
    const lines = [...here, ...leftOut.all(ledgerId, set.name)].sort(([a], [b]) => a - b);
    const difference = firstDifference(lines, set.rows);
    const check = checkOf[set.table] ?? 'extract';
    if (difference === null) continue;
    if (difference.what === 'missing') {
      findings.leftOpen(
        check,
        `Ledger row ${ledgerId} covers rows that were left out: those here are not proven by it.`,
      );
      continue;
    }
    findings.found(check, {
      table: set.table,
      id: difference.number,
      words: `${set.table} row ${difference.number ?? '(one of several)'} ${whatWords[difference.what]} (sealed in ledger row ${ledgerId}).`,
    });
  }
}

/** SHA-256 of nothing: no rows. */
const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
