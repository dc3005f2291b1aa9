import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, workerData } from 'node:worker_threads';
import { measureReading } from './history/reading';
import { serveSealing } from './history/compact-worker';
import { benchSize } from './history/size';
import { measureVerify } from './history/verify';
import { benchWriting } from './history/writing';
import { yearFile } from './history/year-file';

/** Each of the two parts of writing. */
const writingSeconds = 20;

/**
 * `npm run -s bench -- history --json`: how small history is, how fast it is written, read and verified. The file it reads is
 * a year of 200 clusters' states and events and of 16 edges' samples, made by a first run. The last line is one flat JSON object.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const entry = new URL(import.meta.url);
  const workersUrl = new URL('../workers/', entry);
  const say = (words: string): void => void process.stderr.write(`${words}\n`);
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-bench-'));
  try {
    say('size');
    const size = benchSize(folder);
    say('writing');
    const file = path.join(folder, 'written.sqlite');
    const writing = await benchWriting({ file, workersUrl, seconds: writingSeconds });
    const year = await yearFile(entry, say);
    say('reading');
    const reading = await measureReading(year, workersUrl);
    say('verifying');
    const verifying = measureVerify(year.file, folder);
    const yearFileMb = Math.round(statSync(year.file).size / 1e6);
    const result = {
      ...size,
      ...writing,
      ...reading,
      ...verifying,
      yearFileMb,
      yearMadeSeconds: year.madeSeconds,
    };
    process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (isMainThread) await bench();
else if (workerData === 'seal') serveSealing();
