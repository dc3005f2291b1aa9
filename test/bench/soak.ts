import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runRealTime } from './soak/real-time';
import { trendOf } from './soak/trend';
import { runVirtualDays, soakRetention } from './soak/virtual-days';

/*
 * `npm run -s bench -- soak --json [--days 30] [--seed N] [--real-minutes N]`: what grows while nobody touches Heron. By default, days of the pipeline
 * and history in virtual time; with `--real-minutes`, the packaged program in real time. The last line is one flat JSON object: for each figure its
 * mean, its slope, and half the width of the slope's 95 % confidence interval.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    days: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    'real-minutes': { type: 'string' },
  },
});
const say = (words: string): void => void process.stderr.write(`${words}\n`);
const thousandths = (value: number): number => Math.round(value * 1000) / 1000;

/** The trends of numbers in rows of figures, against `timeOf`, as flat properties. */
function trendsOf<Row extends object>(
  rows: readonly Row[],
  figures: readonly (keyof Row & string)[],
  timeOf: (row: Row) => number,
  unit: string,
): Record<string, number> {
  const flat: Record<string, number> = {};
  for (const figure of figures) {
    const { slope, margin, mean } = trendOf(rows.map((row) => [timeOf(row), Number(row[figure])]));
    flat[figure] = thousandths(mean);
    flat[`${figure}Per${unit}`] = thousandths(slope);
    flat[`${figure}Margin`] = thousandths(margin);
  }
  return flat;
}

async function inVirtualTime(folder: string): Promise<object> {
  const days = Number(values.days);
  const startedMs = performance.now();
  const soaked = await runVirtualDays(
    { days, seed: Number(values.seed), folder, workersUrl: new URL('../workers/', import.meta.url) },
    ({ day, heapMb, memoryMb, fileMb, logMb, handles, threads, openFiles }) =>
      say(
        `day ${day}: heap ${heapMb.toFixed(1)}, memory ${memoryMb.toFixed(0)}, file ${fileMb.toFixed(2)}, log ${logMb.toFixed(1)} MB, ` +
          `${handles} handles, ${threads} threads, ${openFiles} open files`,
      ),
  );
  // Until then retention removes less than is added.
  const steady = soaked.days.filter(({ day }) => day > 2 * (soakRetention.hourDays ?? 0));
  const figures = ['heapMb', 'memoryMb', 'handles', 'threads', 'openFiles', 'fileMb', 'logMb'] as const;
  return {
    ...{ days, seconds: Math.round((performance.now() - startedMs) / 1000), measuredDays: steady.length },
    ...{ polls: soaked.polls, events: soaked.events, prunedRows: soaked.prunedRows },
    ...trendsOf(steady, figures, ({ day }) => day, 'Day'),
  };
}

async function inRealTime(minutes: number, folder: string): Promise<object> {
  const moments = await runRealTime({ minutes, folder }, say);
  for (const { atHours, memoryMb, load } of moments)
    say(`${(atHours * 60).toFixed(0)} min: ${memoryMb.toFixed(0)} MB, load ${load.toFixed(1)}`);
  const half = moments.slice(Math.floor(moments.length / 2));
  const figures = ['memoryMb', 'processes', 'threads', 'openFiles', 'fileMb'] as const;
  const load = half.reduce((sum, one) => sum + one.load, 0) / half.length;
  return {
    ...{ minutes, measuredMinutes: half.length - 1, load: thousandths(load) },
    ...trendsOf(half, figures, ({ atHours }) => atHours, 'Hour'),
  };
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-bench-soak-'));
try {
  const minutes = values['real-minutes'];
  const result =
    minutes === undefined ? await inVirtualTime(folder) : await inRealTime(Number(minutes), folder);
  process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
}
