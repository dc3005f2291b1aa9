import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../../../db/extract/inspect-file';
import { makeExtract } from '../../../db/extract/make-extract';
import { verifyHistory } from '../../../db/verify/verify-history';
import { forgeMany, type Answer } from '../../fixtures/forge/forge';
import { noonMs } from '../../fixtures/history/history-entries';
import { watchHours } from '../../fixtures/history/monitored-hours';
import { madeSigner } from '../../fixtures/history/test-signer';

const hourMs = 3_600_000;
const signer = madeSigner('genuine');
const attacker = madeSigner('attacker');
const seed = Number(process.env['FORGE_SEED'] ?? 1);
/** Per kind of file; `npm run test:all` asks for 25,000. */
const count = Number(process.env['FORGE_COUNT'] ?? 1000);

describe(`forged files (FORGE_SEED=${seed})`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-forge-'));
  const history = path.join(folder, 'history.sqlite');
  const incident = path.join(folder, 'incident.heron');

  beforeAll(() => {
    watchHours(history, 4, signer);
    makeExtract({
      file: history,
      out: incident,
      range: { fromMs: noonMs + hourMs, toMs: noonMs + 3 * hourMs },
      clusterIds: null,
      redact: false,
      nowMs: noonMs + 9 * hourMs,
      version: 'test',
    });
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
    inspectFile(file);
    const report = verifyHistory({ file, key: signer.fingerprint, anchor: null });
    if (report.firstBad !== null || report.signed === null) return 'not-verified';
    return report.unsignedTail ? 'verified-up-to' : 'verified';
  } catch {
    return 'refused';
  }
}
