import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { existsSync, rmSync, statSync } from 'node:fs';
import { z } from 'zod';
import { rangeSchema } from '../../domain/model/history';
import { canonicalJson } from '../codec/canonical-json';
import { openReadable } from '../file/open-readable';
import { applicationId } from '../file/file-version';
import { makeOwnerOnly } from '../file/owner-only';
import { outputTarget } from '../file/output-target';
import { placeFile } from '../file/place-file';
import { HistoryError } from '../model/history-error';
import { migrations, latestVersion } from '../migrations/migrations';
import { copyAll, copyProof, copyRows } from './copy-rows';
import { makeTables } from './extract-tables';
import { isExtract, type Manifest } from '../file/manifest';
import { digestsOf } from './manifest-digests';
import { redactRows } from './redact-rows';
import { selectProof } from './select-proof';
import { selectRows, type Selection } from './select-rows';

/** Which incident file to make, of what. */
export const extractRequestSchema = z.object({
  file: z.string(),
  out: z.string(),
  /** True: an incident file, or another file that is no history, key or inventory, is replaced. */
  force: z.boolean().optional(),
  range: rangeSchema,
  clusterIds: z.array(z.string()).nullable(),
  /** Pseudonyms for names and addresses. The file then has its own chain. */
  redact: z.boolean(),
  nowMs: z.number().int(),
  version: z.string(),
  /** Up to when a verification of the history just proved it; left out: wholly, or it was not verified. */
  provenUpToMs: z.number().int().optional(),
});
export type ExtractRequest = z.infer<typeof extractRequestSchema>;

export interface ExtractReport {
  file: string;
  sizeBytes: number;
  events: number;
  clusters: number;
  edges: number;
  /** SHA-256 of the manifest: distinguishes this file from another one of the same range. */
  fingerprint: string;
  /** Of the history; with the fingerprint it makes the text to sign. */
  historyId: string;
}

/**
 * Writes an incident file: all rows that are needed to show any instant of the range, with their proof. The history stays as it
 * is, also while a Heron writes it. The file is written under an unfinished name first. Throws a HistoryError.
 */
export function makeExtract(request: ExtractRequest): ExtractReport {
  const { file, out, range, force = false } = request;
  if (range.toMs <= range.fromMs)
    throw refused(out, 'The range ends before it begins.', 'Choose a range that has a length.');
  const target = outputTarget(out, { replace: force, mayReplace: ['incident file'], inUse: [file] });
  if (existsSync(`${out}-wal`) || existsSync(`${out}.lock`))
    throw refused(out, 'A history that is being written lies here.', 'Choose another name.');
  const unfinished = `${target}.${process.pid}.unfinished`;
  rmSync(unfinished, { force: true });
  makeOwnerOnly(unfinished);
  try {
    const written = write(request, unfinished);
    placeFile(unfinished, target, { replace: force });
    return { file: out, sizeBytes: statSync(out).size, ...written };
  } finally {
    for (const suffix of ['', '-journal']) rmSync(`${unfinished}${suffix}`, { force: true });
  }
}

function write(
  { file, range, clusterIds, redact, nowMs, version, provenUpToMs }: ExtractRequest,
  unfinished: string,
): Omit<ExtractReport, 'file' | 'sizeBytes'> {
  const source = openReadable(file);
  try {
    // One state of the file, also while a Heron writes it.
    source.exec('BEGIN');
    // Redacted, it proves nothing anyway, and may be of any file.
    if (isExtract(source) && !redact)
      throw refused(file, 'This is an incident file already.', 'Cut one out of the history it came from.');
    const selection = selectRows(source, { range, clusterIds });
    if (selection.subjects.length === 0) throw nothingThere(file, clusterIds);
    // Made in memory, then written in one go: no trace of what was replaced stays in the file.
    const draft = new Database(':memory:');
    const db = new Database(unfinished);
    try {
      prepare(draft);
      prepare(db);
      const made = fill(draft, source, selection, {
        range,
        clusterIds,
        redact,
        madeMs: nowMs,
        madeBy: version,
        ...(provenUpToMs !== undefined && provenUpToMs < range.toMs ? { provenUpToMs } : {}),
      });
      db.transaction(() => copyAll(draft, db))();
      db.pragma('journal_mode = DELETE');
      return made;
    } finally {
      draft.close();
      db.close();
    }
  } finally {
    source.close();
  }
}

function prepare(db: Database.Database): void {
  db.pragma('page_size = 4096');
  db.pragma('journal_mode = MEMORY');
  db.pragma('secure_delete = ON');
  // A chunk comes before the sealing that made it.
  db.pragma('foreign_keys = OFF');
  makeTables(db);
  db.pragma(`application_id = ${applicationId}`);
  db.pragma(`user_version = ${latestVersion(migrations)}`);
}

function fill(
  db: Database.Database,
  source: Database.Database,
  selection: Selection,
  asked: Pick<Manifest, 'range' | 'clusterIds' | 'madeMs' | 'madeBy' | 'provenUpToMs'> & { redact: boolean },
): Omit<ExtractReport, 'file' | 'sizeBytes'> {
  const { redact, ...described } = asked;
  let historyId =
    source.prepare<[], string>("SELECT value FROM meta WHERE key = 'history-id'").pluck().get() ?? '';
  let { clusterIds } = described;
  db.exec('BEGIN');
  const copied = copyRows(source, db, selection, clusterIds);
  if (redact) ({ historyId, clusterIds } = redactRows(db, source, selection, clusterIds));
  else copyProof(source, db, selectProof(source, selection.eventIds, copied));
  db.prepare("INSERT INTO meta (key, value) VALUES ('history-id', ?)").run(historyId);
  const lastEventId = Number(source.prepare('SELECT coalesce(max(id), 0) FROM events').pluck().get());
  const manifest: Manifest = {
    format: 'heron-extract-2',
    historyId,
    ...described,
    clusterIds,
    redacted: redact,
    lastEventId: redact ? selection.eventIds.length : lastEventId,
    ...digestsOf(db),
  };
  const body = canonicalJson(manifest);
  const sha256 = createHash('sha256').update(body, 'utf8').digest();
  db.prepare('INSERT INTO extract (id, body, sha256) VALUES (1, ?, ?)').run(body, sha256);
  db.exec('COMMIT');
  return {
    events: selection.eventIds.length,
    clusters: selection.clusterIds.length,
    edges: selection.edgeIds.length,
    fingerprint: sha256.toString('hex'),
    historyId,
  };
}

function nothingThere(file: string, clusterIds: readonly string[] | null): HistoryError {
  return refused(
    file,
    clusterIds === null
      ? 'The history has no cluster in this range.'
      : `The history has none of these clusters in this range: ${clusterIds.slice(0, 5).join(', ')}.`,
    'Choose a range that was monitored, and clusters of that time.',
  );
}

function refused(where: string, what: string, todo: string): HistoryError {
  return new HistoryError({ code: 'bad-request', what, where, todo: `${todo} Nothing was written.` });
}
