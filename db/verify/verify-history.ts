import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import type { TimeRange } from '../../domain/model/history';
import { verdictOf, type Verdict } from '../../domain/proof/verdict';
import { anchorKey, type Anchor } from '../chain/anchor';
import { headText, isSignedBy } from '../chain/signed-text';
import { isExtract } from '../file/manifest';
import { openReadable } from '../file/open-readable';
import { checkFileStructure } from './check-file';
import type { LastSignature } from './check-keys';
import { Findings, type BadRecord, type Check, type CheckName } from './findings';
import type { Reader } from './reader';
import { Verification } from './verification';
import { verifyExtract } from './verify-extract';

/** What to verify, and against what. */
export interface VerifyRequest {
  file: string;
  /** Fingerprint of the key that the reader trusts; null: whichever key the ledger names. */
  key: string | null;
  /** Fingerprints of the keys that the reader trusts. A key in `key` or in the anchor counts as trusted. */
  trusted?: readonly string[];
  anchor: Anchor | null;
}

/** How far a verification is. Bytes are those of the file; what is done is an estimate that never goes back. */
export interface VerifyProgress {
  doneBytes: number;
  totalBytes: number;
}

export interface VerifyReport {
  checks: Check[];
  /** The first bad record, in the order of the checks; null: none was found. */
  firstBad: BadRecord | null;
  /** What the last signature covers; null: nothing is signed. */
  signed: LastSignature | null;
  /** The trusted key that signed last or vouches for the one that did; null: none does. */
  trustedKey: string | null;
  verdict: Verdict;
  fileBytes: number;
  /** What an incident file is of, and how many of its events lead to a sealed head; null: a whole history. */
  extract: { range: TimeRange; redacted: boolean; chained: number } | null;
}

const progressBytes = 16 << 20;

/**
 * Verifies a history: that events, ledger and everything the seals cover are as they were written. Opens the file read-only
 * and leaves no other file next to it. Throws a HistoryError only when it is not a history that can be read; what is wrong in it
 * is in the report.
 */
export function verifyHistory(
  { file, key, trusted = [], anchor }: VerifyRequest,
  onProgress: (progress: VerifyProgress) => void = () => undefined,
): VerifyReport {
  const db = openReadable(file);
  try {
    // One state of the file, also while a Heron writes it.
    db.exec('BEGIN');
    const fileBytes = statSync(file).size;
    const findings = new Findings();
    const reader = { key, trusted: [...trusted, ...keysOf(anchor)], anchor };
    let found = nothingRead;
    try {
      if (checkFileStructure(db, file, findings))
        found = isExtract(db)
          ? extractFindings(db, reader, findings)
          : {
              ...new Verification(db, findings, reportInSteps(fileBytes, onProgress)).run(reader),
              ...wholeOf(db, anchor),
            };
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error;
      findings.found('file', { table: 'file', words: `SQLite cannot read the file: ${error.message}.` });
    }
    onProgress({ doneBytes: fileBytes, totalBytes: fileBytes });
    return reportOf(findings, found, fileBytes);
  } finally {
    db.close();
  }
}

/** Results of the passes over the rows, apart from the checks. */
interface Found {
  signed: LastSignature | null;
  trustedKey: string | null;
  fromMs: number;
  leftOut: readonly CheckName[];
  extract: VerifyReport['extract'];
}

/** Of a file whose structure is not Heron's, no row is read. */
const nothingRead: Found = { signed: null, trustedKey: null, fromMs: 0, leftOut: [], extract: null };

function reportOf(findings: Findings, found: Found, fileBytes: number): VerifyReport {
  const checks = findings.checks(new Set(found.leftOut));
  const { signed, trustedKey, fromMs, extract } = found;
  const firstBad = checks.find((check) => check.bad !== null)?.bad ?? null;
  const verdict = verdictOf({ checks, signed, trustedKey, fromMs });
  return { checks, firstBad, signed, trustedKey, verdict, fileBytes, extract };
}

function wholeOf(db: Database.Database, anchor: Anchor | null): Omit<Found, 'signed' | 'trustedKey'> {
  const fromMs = Number(db.prepare('SELECT coalesce(min(start_ms), 0) FROM monitor_runs').pluck().get());
  return { fromMs, leftOut: anchor === null ? ['extract', 'anchor'] : ['extract'], extract: null };
}

function extractFindings(db: Database.Database, reader: Reader, findings: Findings): Found {
  const { manifest, chained, signed, trustedKey } = verifyExtract(db, reader, findings);
  const { range, redacted } = manifest;
  return {
    signed,
    trustedKey,
    fromMs: range.fromMs,
    leftOut: reader.anchor === null ? ['prunings', 'anchor'] : ['prunings'],
    extract: { range, redacted, chained },
  };
}

/** An anchor that its key signed was kept where the reader trusts it, and so is its key. */
function keysOf(anchor: Anchor | null): string[] {
  const key = anchor === null ? null : anchorKey(anchor);
  if (anchor === null || anchor.publicKey === null || anchor.signature === null || key === null) return [];
  return isSignedBy(anchor.publicKey, headText(anchor), anchor.signature) ? [key] : [];
}

/** Counts bytes and reports progress from time to time. */
function reportInSteps(
  totalBytes: number,
  onProgress: (progress: VerifyProgress) => void,
): (bytes: number) => void {
  let doneBytes = 0;
  let reportedBytes = 0;
  return (bytes) => {
    doneBytes += bytes;
    if (doneBytes - reportedBytes < progressBytes) return;
    reportedBytes = doneBytes;
    onProgress({ doneBytes: Math.min(doneBytes, totalBytes), totalBytes });
  };
}
