import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, workerData } from 'node:worker_threads';
import { percentile } from './history/percentile';
import { serveSealing } from './history/compact-worker';
import { drawCharts } from './ui/chart';
import { measureFirstWall } from './ui/first-wall';
import { chartClusterName, chartEdges, clusterCount } from './ui/fleet';
import { measureFrames } from './ui/frames';
import { freshUserData } from './ui/fresh-history';
import { measureKeys } from './ui/keys';
import { largeHistory } from './ui/large-history';
import { debuggerOf, heapsOf, memoryOf } from './ui/memory';
import { soak } from './ui/soak';
import { startApp } from './ui/started-app';
import { toldRows } from './ui/told-rows';

/** The first round of polls takes 16 s for so many edges. */
const settledMs = 20_000;
const frameSeconds = 20;
const toldSeconds = 6;
const firstWalls = 3;
const charts = 5;

/**
 * `npm run -s bench -- ui --json`: the window of 1,000 clusters of 4 edges, every row changing each second, in the real app on a
 * history of 10 GB. Only the network is scripted. The last line is one flat JSON object.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      /** Makes the history, where it is not there yet, and nothing else. */
      prepare: { type: 'boolean', default: false },
      part: { type: 'string', default: 'all' },
      speed: { type: 'string', default: '6' },
      'soak-seconds': { type: 'string', default: '3600' },
    },
  });
  const entry = new URL(import.meta.url);
  const say = (words: string): void => void process.stderr.write(`${words}\n`);
  const history = await largeHistory(entry, say);
  if (values.prepare) return;
  const main = fileURLToPath(new URL('ui-app.js', entry));
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-bench-ui-run-'));
  try {
    const window =
      values.part === 'soak' ? {} : await measureWindow(main, history.userData, history.untilMs, folder, say);
    if (values.part !== 'window') say('an hour of updates, faster');
    const soaked =
      values.part === 'window'
        ? {}
        : await soak(
            { main, userData: freshUserData(folder) },
            { speed: Number(values.speed), simulatedSeconds: Number(values['soak-seconds']) },
            say,
          );
    const historyGb = Math.round(statSync(history.file).size / 1e8) / 10;
    const result = { clusters: clusterCount, historyGb, ...window, ...soaked };
    process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

async function measureWindow(
  main: string,
  userData: string,
  atMs: number,
  folder: string,
  say: (words: string) => void,
) {
  say('first wall');
  const walls = [];
  for (let turn = 1; turn <= firstWalls; turn += 1)
    walls.push(await measureFirstWall({ main, userData }, turn === firstWalls));
  say('first round of polls');
  const { app, page } = await startApp({ main, userData });
  try {
    await page.getByRole('grid', { name: 'Clusters' }).waitFor();
    await page.waitForTimeout(settledMs);
    say('keys');
    const keys = await measureKeys(page);
    say('charts');
    const drawn = await page.evaluate(drawCharts, {
      clusterName: chartClusterName,
      atMs,
      edges: chartEdges,
      times: charts,
    });
    say('memory');
    const memory = memoryOf(app);
    const heaps = await heapsOf(app, await debuggerOf(page));
    const told = await toldRows(page, toldSeconds);
    if (told.rowsPerSecond < clusterCount) {
      throw new Error(`only ${told.rowsPerSecond} rows a second changed: this machine does not keep up`);
    }
    say('frames');
    // Last: recording what threads do starts a process that stays.
    const traceFile = path.join(folder, 'trace.json');
    const table = await measureFrames(app, page, traceFile, frameSeconds);
    await page.evaluate(() => void (location.hash = '#/wall'));
    await page.locator('.wall [data-cluster]').first().waitFor();
    const wall = await measureFrames(app, page, traceFile, frameSeconds / 2);
    const first = walls.map(({ firstWallMs }) => firstWallMs);
    return {
      frameP95Ms: table.allP95Ms,
      frameToFrameP95Ms: table.betweenP95Ms,
      worstFrameP95Ms: table.worstP95Ms,
      worstFrameCpuP95Ms: table.worstCpuP95Ms,
      wallFrameP95Ms: wall.allP95Ms,
      wallWorstFrameP95Ms: wall.worstP95Ms,
      wallWorstFrameCpuP95Ms: wall.worstCpuP95Ms,
      ...told,
      inputP95Ms: percentile(keys, 0.95),
      inputMedianMs: percentile(keys, 0.5),
      keys: keys.length,
      firstWallMs: Math.round(percentile(first, 0.5)),
      firstWallMaxMs: Math.round(percentile(first, 1)),
      knownWallMs: Math.round(walls.at(-1)?.knownWallMs ?? Number.NaN),
      chartMs: percentile(drawn.chartMs, 0.5),
      chartMaxMs: percentile(drawn.chartMs, 1),
      chartPageMs: percentile(drawn.pageMs, 0.5),
      totalMb: memory.pssMb,
      rssMb: memory.rssMb,
      processes: memory.processes,
      mainHeapMb: Math.round(10 * heaps.mainMb) / 10,
      pageHeapMb: Math.round(10 * heaps.pageMb) / 10,
    };
  } finally {
    await app.close();
  }
}

if (isMainThread) await bench();
else if (workerData === 'seal') serveSealing();
