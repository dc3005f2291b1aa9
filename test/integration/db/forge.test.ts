import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeExtract } from '../../../db/extract/make-extract';
import { HistoryError } from '../../../db/model/history-error';
import { verifyHistory } from '../../../db/verify/verify-history';
import { forgeMany, type Answer } from '../../fixtures/forge/forge';
import { noonMs } from '../../fixtures/history/history-entries';
import { watchHours } from '../../fixtures/history/monitored-hours';
import { testSigner, signExtractBy } from '../../fixtures/history/test-signer';

const hourMs = 3_600_000;
const signer = testSigner('genuine');
const attacker = testSigner('attacker');
const seed = Number(process.env['FORGE_SEED'] ?? 1);
/** Per kind of file. */
const usualCount = process.env['HERON_TEST_ALL'] === '1' ? 25_000 : 1000;
const count = Number(process.env['FORGE_COUNT'] ?? usualCount);

describe(`forged files (FORGE_SEED=${seed})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-forge-'));
  const history = path.join(folder, 'history.sqlite');
  const incident = path.join(folder, 'incident.heron');

  beforeAll(() => {
    watchHours(history, 4, signer);
    const made = makeExtract({
      file: history,
      out: incident,
      range: { fromMs: noonMs + hourMs, toMs: noonMs + 3 * hourMs },
      clusterIds: null,
      redact: false,
      nowMs: noonMs + 9 * hourMs,
      version: 'test',
    });
    signExtractBy(signer, made);
    expect(answerOf(history)).toBe('verified');
    expect(answerOf(incident)).toBe('verified');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ['whole history', history],
    ['incident file', incident],
  ])(
    'never pass as a verified %s',
    (_kind, original) => {
      const run = forgeMany(original, path.join(folder, 'forged'), { count, seed, attacker }, answerOf);
      console.log(JSON.stringify({ ...run, falselyVerified: run.falselyVerified.length }));
      expect(run.made).toBe(count);
      expect(run.falselyVerified.slice(0, 20)).toEqual([]);
    },
    600_000,
  );
});

function answerOf(file: string): Answer {
  try {
    return verifyHistory({ file, key: signer.fingerprint, anchor: null }).verdict.word;
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    return 'refused';
  }
}
