import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { extractText, fingerprintOf, isSignedBy, publicKeySchema } from '../chain/signed-text';
import { coveredSets, linesOfSet } from '../extract/covered-sets';
import { digestsOf, linesOf, listedTables } from '../extract/manifest-digests';
import { readManifest, type Manifest } from '../file/manifest';
import { checkAnchorOfExtract } from './check-anchor';
import { checkCovered, CoveredRows } from './check-covered';
import { checkChain, checkLedger, type Seal } from './check-extract-chain';
import type { KeyCheck, LastSignature } from './check-keys';
import { whatWords } from './check-numbered';
import { firstDifference } from './compare-rows';
import type { CheckName, Findings } from './findings';
import type { Reader } from './reader';

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
  signed: LastSignature | null;
  trustedKey: string | null;
}

/**
 * Verifies an incident file: that a key of the reader's trust signed its manifest, that every row is what the manifest digests, and
 * that the rows are those of the history it was cut from, as far as seals and signatures are in it. A redacted file has rows of its
 * own, so only the first two can be checked.
 */
export function verifyExtract(db: Database.Database, reader: Reader, findings: Findings): VerifiedExtract {
  const manifest = readManifest(db);
  if (manifest === null) throw new TypeError('This is not an incident file.');
  findings.count('extract');
  checkManifest(db, manifest, findings);
  const cut = readCutSignature(db, manifest, findings);
  // What a trusted signature covers is proven by it, also where no seal of the history does.
  const unproven = (check: CheckName, words: string): void =>
    cut === null ? findings.leftOpen(check, words) : findings.note(check, words);
  const { heads, seals, keys } = checkLedger(db, manifest, findings);
  const trustedKey = concludeKeys(cut, keys, reader, manifest, findings);
  if (manifest.provenUpToMs !== undefined)
    findings.leftOpen(
      'extract',
      `The history was proven only up to ${new Date(manifest.provenUpToMs).toISOString()} when this was cut out of it.`,
      manifest.provenUpToMs,
    );
  const chained = checkChain(db, manifest, heads, findings, unproven);
  checkBodies(db, findings);
  const covered = new CoveredRows();
  for (const seal of seals) checkSets(db, seal, manifest, findings, covered, unproven);
  if (!manifest.redacted) checkCovered(db, seals, covered, manifest, findings, unproven);
  checkSmallTables(db, manifest, findings);
  if (reader.anchor !== null)
    checkAnchorOfExtract(db, reader.anchor, manifest, (key) => keys.knows(key), findings);
  findings.note(
    'extract',
    manifest.redacted
      ? 'This is a redacted extract: it carries a chain of its own, and cannot be held against the history it came from.'
      : `This is an extract: ${chained} of its events are covered by seals${keys.lastSignature ? ` of which the head is signed by ${keys.lastSignature.key}` : ''}.`,
  );
  return { manifest, chained, signed: cut, trustedKey };
}

/** The signature over the manifest, checked; null: the extract is not signed. */
function readCutSignature(
  db: Database.Database,
  manifest: Manifest,
  findings: Findings,
): LastSignature | null {
  if (manifest.format === 'heron-extract-1') return null;
  const row = db
    .prepare<[], { publicKey: string; signature: string }>(
      'SELECT public_key AS publicKey, signature FROM extract_signature WHERE id = 1',
    )
    .get();
  if (!row) return null;
  const sha256 =
    db.prepare<[], Buffer>('SELECT sha256 FROM extract WHERE id = 1').pluck().get() ?? Buffer.alloc(0);
  const known = publicKeySchema.safeParse(row.publicKey).success;
  const text = extractText(manifest.historyId, sha256);
  if (!known || !isSignedBy(row.publicKey, text, row.signature)) {
    findings.found('signatures', {
      table: 'extract_signature',
      id: 1,
      words: 'The signature of this incident file is not the one of the key it names, over this manifest.',
    });
    return null;
  }
  findings.count('signatures');
  return { rowId: 0, ledgerId: 0, atMs: manifest.madeMs, key: fingerprintOf(row.publicKey) };
}

/** Which trusted key vouches for this file, and whether it also vouches for the history that the file was cut from. */
function concludeKeys(
  cut: LastSignature | null,
  keys: KeyCheck,
  { key, trusted }: Reader,
  { redacted, range }: Manifest,
  findings: Findings,
): string | null {
  const wanted = key === null ? trusted : [key];
  const direct = cut !== null && wanted.includes(cut.key) ? cut.key : null;
  const vouched = cut === null ? null : keys.vouchingFor(cut.key, wanted);
  const trustedKey = direct ?? vouched;
  if (key !== null && trustedKey === null) {
    const by =
      cut === null ? 'no key signed this incident file' : `the key ${cut.key} signed this incident file`;
    findings.found('keys', { table: 'extract_signature', words: `${by}, and ${key} was expected.` });
  }
  // A redacted file has no ledger of the history, so its own signature is the only one.
  if (!redacted || cut === null) keys.conclude(null, cut === null ? wanted : [...wanted, cut.key]);
  if (cut === null)
    findings.leftOpen('signatures', 'This incident file is not signed: rows could have been left out of it.');
  else findings.note('signatures', `Signed by ${cut.key}.`);
  if (redacted) return trustedKey;
  if (keys.lastSignature === null)
    findings.leftOpen('signatures', 'The history it was cut from was not signed.', range.fromMs);
  else if (keys.trustedKey === null)
    findings.leftOpen(
      'signatures',
      `The history it was cut from was signed by ${keys.lastSignature.key}, which is not trusted.`,
      range.fromMs,
    );
  return trustedKey;
}

/** Tables in which an incident file has one row, numbered 1, or none. */
function checkSmallTables(db: Database.Database, { format }: Manifest, findings: Findings): void {
  const signatures = format === 'heron-extract-1' ? [] : ['SELECT id FROM extract_signature WHERE id <> 1'];
  const queries = ['SELECT id FROM extract WHERE id <> 1', 'SELECT number FROM unsealed_ends', ...signatures];
  for (const query of queries) {
    const id = db.prepare<[], number>(query).pluck().get();
    const table = /FROM (\w+)/.exec(query)?.[1] ?? 'extract';
    if (id !== undefined) findings.found('extract', { table, id, words: `${table} row ${id} was put in.` });
  }
}

function checkManifest(db: Database.Database, manifest: Manifest, findings: Findings): void {
  const row = db
    .prepare<[], { body: string; sha256: Buffer }>('SELECT body, sha256 FROM extract WHERE id = 1')
    .get();
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
  manifest: Manifest,
  findings: Findings,
  covered: CoveredRows,
  unproven: (check: CheckName, words: string) => void,
): void {
  const leftOut = db
    .prepare<[number, string], [number, string]>(
      'SELECT number, line FROM extract_lines WHERE ledger = ? AND sealed = ? ORDER BY number',
    )
    .raw();
  for (const set of coveredSets(entry.body)) {
    // One that was cut to the chosen clusters is another text than the one that was sealed.
    if (set.name === 'inventoryVersions' && manifest.clusterIds !== null) continue;
    const here = linesOfSet(db, set);
    const without = leftOut.all(ledgerId, set.name);
    if (here.length + without.length === 0) continue;
    const lines = [...here, ...without].sort(([a], [b]) => a - b);
    const difference = firstDifference(lines, set.rows);
    const check = checkOf[set.table] ?? 'extract';
    if (difference === null) covered.add(set, here);
    else if (difference.what === 'missing')
      unproven(
        check,
        `Ledger row ${ledgerId} covers rows that were left out: those here are not proven by it.`,
      );
    else
      findings.found(check, {
        table: set.table,
        id: difference.number,
        words: `${set.table} row ${difference.number ?? '(one of several)'} ${whatWords[difference.what]} (sealed in ledger row ${ledgerId}).`,
      });
  }
}

/** SHA-256 of nothing: no rows. */
const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
