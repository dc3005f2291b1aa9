import path from 'node:path';
import { makeExtract } from '../../../db/extract/make-extract';
import { HistoryError } from '../../../db/model/history-error';
import { verifyHistory } from '../../../db/verify/verify-history';
import { forgeMany, type Answer } from '../../fixtures/forge/forge';
import { noonMs } from '../../fixtures/history/history-entries';
import { watchHours } from '../../fixtures/history/monitored-hours';
import { signExtractBy, testSigner } from '../../fixtures/history/test-signer';

const hourMs = 3_600_000;

/** Forges histories and incident files, half each, and verifies each with the genuine key. */
export function measureForgeries(
  folder: string,
  count: number,
  seed: number,
): { mutations: number; falselyVerified: number } {
  const signer = testSigner('genuine');
  const attacker = testSigner('attacker');
  const history = path.join(folder, 'history.sqlite');
  const incident = path.join(folder, 'incident.heron');
  watchHours(history, 4, signer);
  const range = { fromMs: noonMs + hourMs, toMs: noonMs + 3 * hourMs };
  const asked = { range, clusterIds: null, redact: false, nowMs: noonMs + 9 * hourMs, version: 'bench' };
  signExtractBy(signer, makeExtract({ file: history, out: incident, ...asked }));
  const answerOf = (file: string): Answer => {
    try {
      return verifyHistory({ file, key: signer.fingerprint, anchor: null }).verdict.word;
    } catch (error) {
      if (!(error instanceof HistoryError)) throw error;
      return 'refused';
    }
  };
  const runs = [history, incident].map((original) => {
    if (answerOf(original) !== 'verified') throw new Error(`${original} is not verified before it is forged`);
    const options = { count: Math.ceil(count / 2), seed, attacker };
    return forgeMany(original, path.join(folder, 'forged'), options, answerOf);
  });
  return {
    mutations: runs.reduce((sum, { made }) => sum + made, 0),
    falselyVerified: runs.reduce((sum, { falselyVerified }) => sum + falselyVerified.length, 0),
  };
}
