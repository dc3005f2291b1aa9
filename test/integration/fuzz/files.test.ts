import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { runFileTask } from '../../../db/client/run-file-task';
import { makeExtract } from '../../../db/extract/make-extract';
import { HistoryError } from '../../../db/model/history-error';
import { openHistoryReadOnly } from '../../../db/open-history';
import { forkNode } from '../../../db/threads/fork-process';
import { limitsFor } from '../../../db/threads/process-limits';
import { processesIn } from '../../../db/threads/process-workers';
import { failureOf } from '../../../domain/contract/request-refused';
import { forgeOne } from '../../fixtures/forge/forge';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares } from '../../fixtures/fuzz/mutate';
import type { Dice } from '../../fixtures/fuzz/mutate-json';
import { runFuzz } from '../../fixtures/fuzz/run-fuzz';
import { workersUrl } from '../../fixtures/history/built-workers';
import { noonMs } from '../../fixtures/history/history-entries';
import { watchHours } from '../../fixtures/history/monitored-hours';
import { signExtractBy, testSigner } from '../../fixtures/history/test-signer';

const hourMs = 3_600_000;
const signer = testSigner('genuine');
const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-fuzz-files-'));
const history = path.join(folder, 'history.sqlite');
const incident = path.join(folder, 'incident.heron');
const given = path.join(folder, 'given');
/** As the app reads files of strangers, but one that makes no progress is ended sooner. */
const processes = processesIn(workersUrl, forkNode, (file, holdsFile) => ({
  ...limitsFor(file, holdsFile),
  stallMs: 10_000,
}));

beforeAll(() => {
  watchHours(history, 4, signer);
  const range = { fromMs: noonMs + hourMs, toMs: noonMs + 3 * hourMs };
  const asked = { range, clusterIds: null, redact: false, nowMs: noonMs + 9 * hourMs, version: 'test' };
  signExtractBy(signer, makeExtract({ file: history, out: incident, ...asked }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Half of the files are forged as an attacker would, half have damaged bytes. */
function putMutated(original: string, dice: Dice): void {
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(`${given}${suffix}`, { force: true });
  if (dice() < 0.5 && forgeOne(original, given, Math.floor(dice() * 2 ** 31), signer) !== null) return;
  const bytes = readFileSync(original);
  for (let flips = 1 + Math.floor(dice() ** 4 * 400); flips > 0; flips -= 1)
    bytes[Math.floor(dice() * bytes.length)] = Math.floor(dice() * 256);
  writeFileSync(given, bytes);
}

async function verify(): Promise<void> {
  await runFileTask(processes, { task: 'verify', file: given, key: null, trusted: [], anchor: null }).result;
}

/** What the window asks of a file that is opened. */
async function look(): Promise<void> {
  const opened = await openHistoryReadOnly({ file: given, workers: processes, readers: 1 });
  const range = { fromMs: noonMs, toMs: noonMs + 4 * hourMs };
  const metric = { edgeIds: ['fra-01-01'], metric: 'latencyMs' as const, points: 100 };
  const all = [
    () => opened.coverage(),
    () => opened.snapshotAt({ atMs: noonMs + 2 * hourMs }),
    () => opened.events({ clusterId: null, types: null, beforeId: null, limit: 1_000 }),
    () => opened.spans({ ...range, subjectIds: ['fra-01', 'fra-01-01', 'fra-01-02'] }),
    () => opened.series({ ...range, ...metric }),
    () => opened.gaps(range),
  ];
  try {
    for (const ask of all) await ask().catch(refuseCrash);
  } finally {
    await opened.close();
  }
}

/** A file may be refused in words; the process that reads it may not end by itself. */
function refuseCrash(fault: unknown): void {
  if (!(fault instanceof HistoryError) || fault.failure.code === 'thread-ended') throw fault;
  const { what = '', todo = '' } = failureOf(fault) ?? {};
  if (what === '' || todo === '') throw new Error('Refused without words.', { cause: fault });
}

describe('mutated files in processes of their own', () => {
  it.each([
    ['history-files', history, fuzzShares.historyFiles, 96],
    ['incident-files', incident, fuzzShares.incidentFiles, 97],
  ])(
    '%s are shown, verified or refused in words, and end no process',
    async (target, original, share, stream) => {
      await runFuzz({ target, inputs: fuzzInputs(share), stream }, async (dice, input) => {
        putMutated(original, dice);
        await (input % 2 === 0 ? look() : verify()).catch(refuseCrash);
      });
    },
    2 * fuzzDeadlineMs,
  );
});
