import Database from 'better-sqlite3';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { History } from '../../../../db/client/history';
import { makeExtract } from '../../../../db/extract/make-extract';
import { openHistory } from '../../../../db/open-history';
import type { Anchor } from '../../../../db/chain/anchor';
import type { ProofOptions } from '../../../../db/client/proof-service';
import { verifyHistory, type VerifyReport } from '../../../../db/verify/verify-history';
import { workersUrl } from '../../../fixtures/history/built-workers';
import { aFailover, anInventory, aSample, noonMs } from '../../../fixtures/history/history-entries';
import { testSigner, signExtractBy } from '../../../fixtures/history/test-signer';
import { temporaryFolder } from '../../../fixtures/history/temporary-folder';

const hourMs = 3_600_000;
const signer = testSigner('noc');

/** Writes a minute's sample of three edges each ten minutes, for so many hours from noon. */
async function watch(file: string, fromHour: number, hours: number, proof?: ProofOptions): Promise<History> {
  let nowMs = noonMs + fromHour * hourMs;
  const history = await openHistory({
    file,
    workersUrl,
    nowMs: () => nowMs,
    readers: 1,
    ...(proof ? { proof } : {}),
  });
  await history.putInventory(anInventory(), nowMs);
  for (const endMs = nowMs + hours * hourMs; nowMs < endMs; nowMs += 600_000) {
    const samples = ['a', 'b', 'c'].map((id) => aSample(id, nowMs));
    await history.write({
      spans: [{ kind: 'edge-health', subjectId: 'a', state: 'up', fromMs: nowMs }],
      events: [aFailover('fra', nowMs)],
      samples,
    });
  }
  return history;
}

/** Waits, and lets the time of the last write come again and again: what is due is done between writes, and told by the next. */
async function until(holds: () => boolean, history?: History): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error('it did not come');
    await history?.write({ spans: [], events: [], samples: [] });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** How many chunks the file holds. */
function chunksIn(file: string): number {
  const db = new Database(file, { readonly: true });
  try {
    return Number(db.prepare('SELECT count(*) FROM chunks').pluck().get());
  } finally {
    db.close();
  }
}

describe('A history with a signer', () => {
  it('is proven to its last event when asked, minutes after it happened, so that a cut-out of it is, too', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'history.sqlite');
    const history = await watch(file, 0, 0.5, { signer: { signer }, anchors: [] });
    const range = { fromMs: noonMs, toMs: noonMs + hourMs / 2 };
    const cut = (out: string): VerifyReport => {
      const asked = { file, range, clusterIds: null, redact: false, nowMs: range.toMs, version: 'test' };
      const made = makeExtract({ ...asked, out: path.join(folder, out) });
      signExtractBy(signer, made);
      return verifyHistory({ file: made.file, key: signer.fingerprint, anchor: null });
    };
    expect(cut('before.heron')).toMatchObject({ verdict: { word: 'verified' }, extract: { chained: 0 } });
    await history.prove();
    const after = cut('after.heron');
    expect(after.firstBad).toBeNull();
    expect(after.extract?.chained).toBeGreaterThan(2);
    expect(after.signed?.key).toBe(signer.fingerprint);
    expect(after.checks.find(({ name }) => name === 'events')).toMatchObject({ result: 'ok' });
    await history.write({ spans: [], events: [aFailover('fra', range.toMs)], samples: [] });
    await history.prove();
    await history.close();
    expect(verifyHistory({ file, key: signer.fingerprint, anchor: null }).firstBad).toBeNull();
  });

  it('is signed and anchored at each seal and at its end, and verifies', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const anchors: Anchor[] = [];
    const place = {
      where: 'memory',
      put: (anchor: Anchor) => {
        anchors.push(anchor);
        return Promise.resolve();
      },
    };
    const history = await watch(file, 0, 3, { signer: { signer }, anchors: [place] });
    await until(() => anchors.length >= 3, history);
    expect(history.status().proof).toMatchObject({ state: 'signed', words: 'The history is signed.' });
    await history.close();

    const again = await watch(file, 4, 2, { signer: { signer }, anchors: [place] });
    await until(() => chunksIn(file) >= 9, again);
    await again.close();
    const report = verifyHistory({ file, key: signer.fingerprint, anchor: anchors.at(-1)! });
    expect(report.checks.filter(({ result }) => result !== 'ok')).toEqual([]);
    expect(report.verdict.word).toBe('verified');
    const count = (name: string): number => report.checks.find((check) => check.name === name)?.count ?? 0;
    expect(count('chunks')).toBeGreaterThanOrEqual(9);
    expect(count('monitor runs')).toBe(2);
    for (const anchor of anchors) {
      expect(verifyHistory({ file, key: null, anchor }).firstBad).toBeNull();
    }
  });

  it('takes another key when its holder has one, with the old key’s word', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    await (await watch(file, 0, 1, { signer: { signer }, anchors: [] })).close();
    const next = testSigner('noc, second', [signer]);
    await (await watch(file, 2, 1, { signer: { signer: next }, anchors: [] })).close();
    expect(verifyHistory({ file, key: signer.fingerprint, anchor: null }).firstBad).toBeNull();
    const stranger = testSigner('stranger');
    await (await watch(file, 4, 1, { signer: { signer: stranger }, anchors: [] })).close();
    expect(verifyHistory({ file, key: signer.fingerprint, anchor: null }).firstBad?.words).toContain(
      'which the key before it did not sign',
    );
  });
});

describe('A history that cannot be signed or anchored', () => {
  it('says why it is unsigned, is sealed all the same, and verifies as unsigned', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const words = 'this system offers no keychain.';
    const history = await watch(file, 0, 2, { signer: { signer: null, words }, anchors: [] });
    await until(() => history.status().proof?.words !== 'Not signed yet.');
    expect(history.status().proof).toEqual({
      state: 'unsigned',
      words: `The history is not signed: ${words}`,
      signedMs: null,
      anchors: [],
    });
    await history.close();
    const report = verifyHistory({ file, key: null, anchor: null });
    expect(report.firstBad).toBeNull();
    expect(report.signed).toBeNull();
  });

  it('says when an anchor was kept last at a place that went away, whatever is signed since, and that it is back', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    let away = false;
    const put = (): Promise<void> =>
      away ? Promise.reject(new Error('no such folder.')) : Promise.resolve();
    let nowMs = noonMs;
    const proof = { signer: { signer }, anchors: [{ where: '/mnt/vault', put }] };
    const history = await openHistory({ file, workersUrl, nowMs: () => nowMs, readers: 1, proof });
    await history.prove();
    expect(history.status().proof).toMatchObject({ state: 'signed', anchors: [{ keptMs: noonMs }] });

    away = true;
    nowMs += hourMs;
    await history.prove();
    expect(history.status().proof).toMatchObject({
      state: 'failing',
      signedMs: nowMs,
      anchors: [{ where: '/mnt/vault', keptMs: noonMs, failure: 'no such folder.' }],
    });

    away = false;
    nowMs += hourMs;
    await history.prove();
    expect(history.status().proof).toMatchObject({
      state: 'signed',
      anchors: [{ keptMs: nowMs, failure: null }],
    });
    await history.close();
  });

  it('shows an anchor that cannot be kept, and a key that does not sign, while writing goes on', async () => {
    const file = path.join(temporaryFolder(), 'history.sqlite');
    const place = { where: '/mnt/vault', put: () => Promise.reject(new Error('no such folder.')) };
    const history = await watch(file, 0, 1, { signer: { signer }, anchors: [place] });
    await until(() => history.status().proof?.state === 'failing');
    expect(history.status()).toMatchObject({ state: 'writing' });
    expect(history.status().proof?.words).toBe(
      'The anchor of the history could not be kept at /mnt/vault: no such folder.',
    );
    expect(history.status().proof?.anchors).toEqual([
      { where: '/mnt/vault', keptMs: null, failure: 'no such folder.' },
    ]);
    await history.close();

    const locked = { ...signer, sign: () => Promise.reject(new Error('the keychain is locked')) };
    const second = await watch(file, 2, 1, { signer: { signer: locked }, anchors: [] });
    await until(() => second.status().proof?.state === 'failing');
    expect(second.status().proof?.words).toMatch(/could not be signed: .*keychain is locked/);
    await second.close();
    const trusted = [signer.fingerprint];
    // The second run compacted the readings of the first, and nothing signs what they were compacted to.
    expect(verifyHistory({ file, key: null, trusted, anchor: null }).verdict).toMatchObject({
      why: 'nothing-proven',
      signedBy: signer.fingerprint,
    });
  });
});
