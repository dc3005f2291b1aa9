import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, workerData } from 'node:worker_threads';
import { measureExport } from './audit/export';
import { measureForgeries } from './audit/forgeries';
import { measureReport } from './audit/report';
import { serveSealing } from './history/compact-worker';
import { measureVerify } from './history/verify';
import { yearFile } from './history/year-file';

/**
 * `npm run -s bench -- audit --json`: how fast a year's file is verified, reported and exported, and whether a forged file passes. The
 * year is that of `bench history`: 200 clusters' states and events, and 16 edges' samples. The last line is one flat JSON object.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      mutations: { type: 'string', default: '2000' },
      seed: { type: 'string', default: '1' },
    },
  });
  const entry = new URL(import.meta.url);
  const report = (words: string): void => void process.stderr.write(`${words}\n`);
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-bench-audit-'));
  try {
    const year = await yearFile(entry, report);
    const heron = new URL('../cli/heron.js', entry);
    report('report of a year');
    const reporting = await measureReport(year.file, heron, folder);
    report('export of all samples');
    const exporting = await measureExport(year.file, heron, folder);
    report('verifying');
    const { verifyMBps, verifiedFileMb } = measureVerify(year.file, folder);
    report('forging');
    const forging = measureForgeries(folder, Number(values.mutations), Number(values.seed));
    const result = {
      verifyMBps,
      ...forging,
      ...reporting,
      ...exporting,
      verifiedFileMb,
      yearFileMb: Math.round(statSync(year.file).size / 1e6),
    };
    process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (isMainThread) await bench();
else if (workerData === 'seal') serveSealing();
