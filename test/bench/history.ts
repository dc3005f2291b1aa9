import { statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMainThread, workerData } from 'node:worker_threads';
import { measureReading } from './history/reading';
import { serveSealing } from './history/seal-worker';
import { yearFile } from './history/year-file';

/**
 * `npm run -s bench -- history --json`: how small history is, how fast it is written, read and verified. The file it reads is
 * a year of 200 clusters' states and events and of 16 edges' samples, made by a first run. The last line is one flat JSON object.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const entry = new URL(import.meta.url);
  const workersUrl = new URL('../workers/', entry);
  const say = (words: string): void => void process.stderr.write(`${words}\n`);
  const year = await yearFile(entry, say);
  say('reading');
  const reading = await measureReading(year, workersUrl);
  const yearFileMb = Math.round(statSync(year.file).size / 1e6);
  const result = { ...reading, yearFileMb, yearMadeSeconds: year.madeSeconds };
  process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
}

if (isMainThread) await bench();
else if (workerData === 'seal') serveSealing();
