import { constants, copyFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { generateKeyPairSync, sign } from 'node:crypto';
import { openWritable } from '../../../db/file/open-writable';
import { migrations } from '../../../db/migrations/migrations';
import { HistoryProof } from '../../../db/seal/history-proof';
import { fingerprintOf, headText } from '../../../db/chain/signed-text';
import { verifyHistory } from '../../../db/verify/verify-history';
import { historyId } from '../../../db/file/history-id';
import { year } from './fleet';

const turns = 3;
const rawKeyBytes = 32;

export interface VerifyFigures {
  /** Megabytes of file a second: the slowest of three. */
  verifyMBps: number;
  /** The same by processor time, which other work on the machine changes less. */
  verifyCpuMBps: number;
  /** Rows of chunks and rollups that were held against their seals. */
  verifiedRows: number;
  verifiedFileMb: number;
}

/** Seals and signs a copy of the year's file, as Heron does it, and verifies that with the key. */
export function measureVerify(yearFile: string, folder: string): VerifyFigures {
  const file = path.join(folder, 'sealed.sqlite');
  copyFileSync(yearFile, file, constants.COPYFILE_FICLONE);
  const key = sealAll(file);
  const bytes = statSync(file).size;
  let slowest = Infinity;
  let slowestCpu = Infinity;
  let rows = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const startMs = performance.now();
    const cpu = process.cpuUsage();
    const report = verifyHistory({ file, key, anchor: null });
    const { user, system } = process.cpuUsage(cpu);
    const count = (name: string): number => report.checks.find((check) => check.name === name)?.count ?? 0;
    rows = count('chunks') + count('rollups');
    if (report.firstBad !== null || rows === 0)
      throw new Error(`not verified: ${report.firstBad?.words ?? ''}`);
    slowest = Math.min(slowest, bytes / 1e3 / (performance.now() - startMs));
    slowestCpu = Math.min(slowestCpu, bytes / (user + system));
  }
  return {
    verifyMBps: Math.round(slowest),
    verifyCpuMBps: Math.round(slowestCpu),
    verifiedRows: rows,
    verifiedFileMb: Math.round(bytes / 1e6),
  };
}

/** Answers the fingerprint of the key that signed. */
function sealAll(file: string): string {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-rawKeyBytes).toString('base64');
  const { db, close } = openWritable(file, migrations, year.toMs);
  const id = historyId(db);
  const proof = new HistoryProof(db, id);
  proof.enterKey({ atMs: year.toMs, publicKey: raw, endorsement: null });
  const signHead = (): void => {
    const { ledger, events } = proof.state();
    const head = { historyId: id, atMs: year.toMs, ledger, events };
    const signature = sign(null, headText(head), privateKey).toString('base64');
    proof.enterSignature({ ...head, key: fingerprintOf(raw), signature });
  };
  let signed = proof.seals.lastSealId;
  while (proof.seals.step(year.toMs)) {
    if (proof.seals.lastSealId === signed) continue;
    signed = proof.seals.lastSealId;
    signHead();
  }
  db.transaction(() => proof.seals.close(year.toMs))();
  signHead();
  close();
  return fingerprintOf(raw);
}
