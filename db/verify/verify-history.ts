import { statSync } from 'node:fs';
import type { TimeRange } from '../../domain/model/history';
import { isExtract } from '../file/manifest';
import { verifyExtract } from './verify-extract';
import { openReadable } from '../file/open-readable';
import type { Anchor } from '../chain/anchor';
import { Findings, type BadRecord, type Check, type CheckName } from './findings';
import { Verification } from './verification';

/** What to verify, and against what. */
export interface VerifyRequest {
  file: string;
  /** Fingerprint of the key that the reader trusts; null: whichever key the ledger names. */
  key: string | null;
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
  signed: { ledgerId: number; atMs: number; key: string } | null;
  /** True when seals or events came after what is signed. */
  unsignedTail: boolean;
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
  { file, key, anchor }: VerifyRequest,
  onProgress: (progress: VerifyProgress) => void = () => undefined,
): VerifyReport {
  const db = openReadable(file);
  try {
    // One state of the file, also while a Heron writes it.
    db.exec('BEGIN');
    const fileBytes = statSync(file).size;
    const findings = new Findings();
    if (isExtract(db)) return ofExtract(db, key, findings, fileBytes);
    const result = new Verification(db, findings, reportInSteps(fileBytes, onProgress)).run(key, anchor);
    const leftOut = new Set<CheckName>(anchor === null ? ['extract', 'anchor'] : ['extract']);
    const checks = findings.checks(leftOut);
    const firstBad = checks.find((check) => check.bad !== null)?.bad ?? null;
    onProgress({ doneBytes: fileBytes, totalBytes: fileBytes });
    return { checks, firstBad, ...result, fileBytes, extract: null };
  } finally {
    db.close();
  }
}

function ofExtract(
  db: ReturnType<typeof openReadable>,
  key: string | null,
  findings: Findings,
  fileBytes: number,
): VerifyReport {
  const { manifest, chained, signed } = verifyExtract(db, key, findings);
  const checks = findings.checks(new Set<CheckName>(['prunings', 'anchor']));
  const firstBad = checks.find((check) => check.bad !== null)?.bad ?? null;
  const { range, redacted } = manifest;
  return { checks, firstBad, signed, unsignedTail: false, fileBytes, extract: { range, redacted, chained } };
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
