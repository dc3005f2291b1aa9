import { rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { year, dayMs } from '../history/fleet';
import { runHeron } from './run-heron';

/** Days of samples that are exported: the whole year would be 6 GB of text. */
const days = 30;

/** All samples of a month as CSV, by the command. */
export async function measureExport(
  file: string,
  heron: URL,
  folder: string,
): Promise<{ csvMBps: number; exportRssMb: number | null; csvMb: number }> {
  const out = path.join(folder, 'samples.csv');
  const iso = (ms: number): string => new Date(ms).toISOString();
  const range = ['--from', iso(year.fromMs), '--to', iso(year.fromMs + days * dayMs)];
  const { ms, rssMb } = await runHeron(heron, [
    ...['audit', 'query', file, 'samples', ...range],
    ...['--format', 'csv', '--manifest', '--out', out],
  ]);
  const bytes = statSync(out).size;
  rmSync(out);
  return { csvMBps: Math.round(bytes / 1e3 / ms), exportRssMb: rssMb, csvMb: Math.round(bytes / 1e6) };
}
