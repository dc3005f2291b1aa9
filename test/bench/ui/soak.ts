import { createInterface } from 'node:readline';
import { z } from 'zod';
import { debuggerOf, memoryOf } from './memory';
import { startApp, type HowToStart } from './started-app';

export interface SoakOptions {
  /** Simulated seconds in one. */
  speed: number;
  simulatedSeconds: number;
}

export interface SoakFigures {
  /** Slope of all processes' PSS after forced collections, over the second half, 1,000,000 bytes per simulated hour. */
  growthMbPerHour: number;
  /** The same of the two heaps. */
  mainHeapGrowthMbPerHour: number;
  pageHeapGrowthMbPerHour: number;
  soakEndMb: number;
  soakSpeed: number;
  /** How far the page was behind at the end, simulated milliseconds: small, or the soak was too fast for it. */
  soakBehindMs: number;
}

interface Sample {
  /** Simulated hours. */
  atHours: number;
  pssMb: number;
  mainMb: number;
  pageMb: number;
}

const toldSchema = z.object({ heapUsed: z.number(), atMs: z.number(), realMs: z.number() });
type Told = z.infer<typeof toldSchema>;

const samples = 24;
/** Polls are spread so that every row changes in each simulated second: four edges, each polled every four seconds. */
const intervalMs = 4_000;

/** Plays an hour of updates on the wall at many times their speed, and sees whether memory grows. */
export async function soak(
  how: HowToStart,
  { speed, simulatedSeconds }: SoakOptions,
  say: (words: string) => void,
): Promise<SoakFigures> {
  const started = await startApp({
    ...how,
    link: 'heron://wall',
    speed,
    healthIntervalMs: intervalMs,
    roleIntervalMs: intervalMs,
    tellsHeap: true,
  });
  const { app, page } = started;
  try {
    await page.locator('.wall [data-cluster]').first().waitFor();
    const cdp = await debuggerOf(page);
    const main: Told = { heapUsed: Number.NaN, atMs: Number.NaN, realMs: Number.NaN };
    createInterface({ input: app.process().stdout ?? process.stdin }).on('line', (line) => {
      if (line.startsWith('heap ')) Object.assign(main, toldSchema.parse(JSON.parse(line.slice(5))));
    });
    const begunMs = performance.now();
    const taken: Sample[] = [];
    for (let sample = 1; sample <= samples; sample += 1) {
      const dueMs = begunMs + (sample / samples) * (simulatedSeconds / speed) * 1000;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())));
      await cdp.send('HeapProfiler.collectGarbage');
      const pageMb = (await cdp.send('Runtime.getHeapUsage')).usedSize / 1e6;
      const mainMb = main.heapUsed / 1e6;
      const atHours = ((performance.now() - begunMs) * speed) / 3_600_000;
      const { pssMb } = memoryOf(app);
      taken.push({ atHours, pssMb, mainMb, pageMb });
      say(`${atHours.toFixed(2)} h: ${pssMb} MB, heaps ${mainMb.toFixed(1)} and ${pageMb.toFixed(1)}`);
    }
    const shownMs = await page.evaluate(atMsOfPage);
    const mainMs = main.atMs + (Date.now() - main.realMs) * speed;
    const half = taken.filter(({ atHours }) => atHours >= (taken.at(-1)?.atHours ?? 0) / 2);
    const growth = (value: (sample: Sample) => number): number =>
      Math.round(10 * slope(half.map((one) => [one.atHours, value(one)]))) / 10;
    return {
      growthMbPerHour: growth(({ pssMb }) => pssMb),
      mainHeapGrowthMbPerHour: growth(({ mainMb }) => mainMb),
      pageHeapGrowthMbPerHour: growth(({ pageMb }) => pageMb),
      soakEndMb: taken.at(-1)?.pssMb ?? Number.NaN,
      soakSpeed: speed,
      soakBehindMs: Math.round(mainMs - shownMs),
    };
  } finally {
    await app.close();
  }
}

function atMsOfPage(): number {
  const root = document.querySelector('#app') as unknown as {
    __vue_app__: { config: { globalProperties: { $pinia: { _s: Map<string, unknown> } } } };
  };
  const live = root.__vue_app__.config.globalProperties.$pinia._s.get('live') as {
    snapshot: { atMs: number };
  };
  return live.snapshot.atMs;
}

/** Least squares. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(([at]) => at));
  const y = mean(points.map(([, value]) => value));
  const over = points.reduce((sum, [at, value]) => sum + (at - x) * (value - y), 0);
  return over / points.reduce((sum, [at]) => sum + (at - x) ** 2, 0);
}
