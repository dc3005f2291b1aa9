import Database from 'better-sqlite3';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Anchor } from '../../../../db/chain/anchor';
import type { SignerOrWhyNot } from '../../../../db/chain/signer';
import { ProofService } from '../../../../db/client/proof-service';
import * as disk from '../../../../db/file/place-file';
import { verifyHistory, type VerifyReport } from '../../../../db/verify/verify-history';
import { WriterSession } from '../../../../db/write/writer-session';
import { aFailover, anInventory, aSample, noonMs } from '../../../fixtures/history/history-entries';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';
import { testSigner } from '../../../fixtures/history/test-signer';

vi.mock('../../../../db/file/place-file', { spy: true });

const signer = testSigner('noc');
const minuteMs = 60_000;

/** A history whose log may lose everything after its last sync, as a power cut leaves it. */
class CutDisk {
  syncedBytes = 0;

  constructor(
    private readonly file: string,
    private readonly folder: string,
  ) {
    // SQLite syncs the log with each commit while the connection is at FULL, and not at NORMAL: durably() goes back to it.
    const pragma = Database.prototype.pragma;
    vi.spyOn(Database.prototype, 'pragma').mockImplementation(function (
      this: Database.Database,
      source,
      options,
    ) {
      const wasFull =
        source.startsWith('synchronous = ') && pragma.call(this, 'synchronous', { simple: true }) === 2;
      if (wasFull && this.name === file) synced();
      return pragma.call(this, source, options);
    });
    vi.mocked(disk.syncFile).mockImplementation((name) => {
      if (name === `${file}-wal`) synced();
    });
    const synced = (): void => void (this.syncedBytes = this.logBytes());
  }

  logBytes(): number {
    return existsSync(`${this.file}-wal`) ? readFileSync(`${this.file}-wal`).length : 0;
  }

  /** What may be on the disk now: all that was synced, then nothing, half or all of the rest. */
  afterCut(): string[] {
    const log = existsSync(`${this.file}-wal`) ? readFileSync(`${this.file}-wal`) : Buffer.alloc(0);
    const lengths = [this.syncedBytes, Math.floor((this.syncedBytes + log.length) / 2), log.length];
    return [...new Set(lengths)].map((length) => this.withLog(log.subarray(0, length)));
  }

  withLog(log: Buffer): string {
    const place = path.join(this.folder, `cut-${log.length}-${Math.random().toString(36).slice(2)}`);
    mkdirSync(place);
    const copy = path.join(place, 'history.sqlite');
    copyFileSync(this.file, copy);
    writeFileSync(`${copy}-wal`, log);
    return copy;
  }
}

function verified(file: string, anchor: Anchor): VerifyReport {
  return verifyHistory({ file, key: null, trusted: [signer.fingerprint], anchor });
}

/** The proof service as the writer's thread serves it, in this thread. */
function proofOf(
  session: WriterSession,
  by: SignerOrWhyNot,
  put: (anchor: Anchor) => void,
  nowMs: () => number,
): ProofService {
  return new ProofService({
    signer: by,
    anchors: [{ where: 'vault', put: (anchor) => Promise.resolve(put(anchor)) }],
    nowMs,
    ask: (name, args) => {
      const { proof } = session;
      if (name === 'proofState') return Promise.resolve(proof.state() as never);
      if (name === 'enterKey') proof.enterKey(args as never);
      else proof.enterSignature(args as never);
      return Promise.resolve(null as never);
    },
  });
}

describe('A power cut at any step', () => {
  afterEach(() => vi.restoreAllMocks());

  it.each<[string, SignerOrWhyNot]>([
    ['signed', { signer }],
    ['not signed', { signer: null, words: 'no key' }],
  ])('of a history that is %s is no alarm against the anchor that was kept', async (_what, by) => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'history.sqlite');
    const cut = new CutDisk(file, folder);
    let nowMs = noonMs;
    let kept: Anchor | null = null;
    let cuts = 0;
    const lookAtCuts = (): void => {
      if (kept === null) return;
      for (const copy of cut.afterCut()) {
        cuts += 1;
        const report = verified(copy, kept);
        expect(report.firstBad, `after ${cuts} cuts`).toBeNull();
        if (by.signer === null) expect(report.verdict).toMatchObject({ why: 'unsigned' });
        // No seal covers the readings of the first hour, which is all there is.
        else expect(report.verdict).toMatchObject({ why: 'nothing-proven', signedBy: signer.fingerprint });
      }
    };
    const session = WriterSession.open({ file, nowMs, version: 'test' });
    const proof = proofOf(
      session,
      by,
      (anchor) => ((kept = anchor), lookAtCuts()),
      () => nowMs,
    );
    session.putInventory(anInventory(), nowMs);
    const stepped = (work: () => void): void => (work(), lookAtCuts());
    for (let round = 0; round < 3; round += 1) {
      nowMs += minuteMs;
      const batch = { spans: [], events: [aFailover('fra', nowMs)], samples: [aSample('a', nowMs)] };
      stepped(() => session.commit({ nowMs, lost: null, batches: [{ ...batch, timeMs: nowMs }] } as never));
      stepped(() => session.sealNow(nowMs));
      await proof.sign();
      expect(proof.status().anchors[0]?.failure).toBeNull();
      stepped(() => session.record([aFailover('fra', nowMs + 1)]));
    }
    expect(cuts).toBeGreaterThan(15);
    // The test can fail: without what the anchor waited for, the history looks cut back.
    if (kept === null) throw new Error('no anchor was kept');
    expect(
      verified(cut.withLog(readFileSync(`${file}-wal`).subarray(0, 20_000)), kept).firstBad,
    ).not.toBeNull();
    // The next run of such a history goes on from there, and holds against the anchor too.
    const [copy = ''] = cut.afterCut();
    const next = WriterSession.open({ file: copy, nowMs: nowMs + minuteMs, version: 'test' });
    await proofOf(
      next,
      by,
      () => undefined,
      () => nowMs + 2 * minuteMs,
    ).sign();
    next.close();
    expect(verified(copy, kept).firstBad).toBeNull();
  });
});
