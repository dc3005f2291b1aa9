import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { _electron, type Page } from '@playwright/test';
import { dayMs } from './history/fleet';
import { percentile } from './history/percentile';
import { seededRandom } from './history/random';
import { measureIncidentFile } from './timeline/incident-file';
import { firstDraw, panFrames, steps } from './timeline/measure-page';
import { benchClusters, writeYear } from './timeline/year-of-states';

const rootFolder = fileURLToPath(new URL('../..', import.meta.url));
const yearMs = 365 * dayMs;
const firstDraws = 5;
const frames = 120;
const stepCount = 40;
/** More shapes than the grid of 50 lanes, and fewer than a year of their states. */
const leastShapes = benchClusters * 10;
/** More marks than a drawing without events has crosses on its bars. */
const leastMarks = benchClusters * 10;

/**
 * `npm run -s bench -- timeline --json`: the timeline of 50 clusters over a year, in the real app on a history that its own writer
 * wrote; and an incident file of one hour of 16 edges. The last line is one flat JSON object.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const folder = mkdtempSync(path.join(tmpdir(), 'heron-bench-timeline-'));
  const say = (words: string): void => void process.stderr.write(`${words}\n`);
  try {
    const userData = path.join(folder, 'user-data');
    mkdirSync(userData);
    const file = path.join(userData, 'history.sqlite');
    const untilMs = Date.now() - 60_000;
    say('making a year of states and events');
    const events = writeYear(file, untilMs);
    const historyMb = Math.round(statSync(file).size / 1e5) / 10;
    say('an incident file');
    const incidentFile = await measureIncidentFile(folder, new URL('../workers/', import.meta.url));
    say('opening the year in the app');
    const sandbox = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const app = await _electron.launch({ args: [...sandbox, rootFolder, '--user-data', userData] });
    try {
      const page = await app.firstWindow();
      await page.getByRole('grid', { name: 'Clusters' }).waitFor();
      const measured = await measure(page, untilMs, say);
      const result = { clusters: benchClusters, events, historyMb, ...measured, ...incidentFile };
      process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
    } finally {
      await app.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

async function measure(page: Page, untilMs: number, say: (words: string) => void) {
  say('first draw');
  const draws = [];
  for (let draw = 0; draw < firstDraws; draw += 1) {
    await page.evaluate(() => void (location.hash = '#/clusters'));
    await page.getByRole('grid', { name: 'Clusters' }).waitFor();
    draws.push(await page.evaluate(firstDraw, { lengthMs: yearMs, least: leastShapes, leastMarks }));
  }
  say('panning and zooming');
  const panned = await page.evaluate(panFrames, { keys: ['ArrowLeft', 'ArrowRight'], frames });
  const zoomed = await page.evaluate(panFrames, { keys: ['+', '-'], frames });
  say('steps in time');
  const random = seededRandom(6);
  const instants = Array.from({ length: stepCount }, () => Math.round(untilMs - random() * yearMs));
  const took = await page.evaluate(steps, { instants });
  return {
    firstDrawMs: percentile(
      draws.map(({ firstDrawMs }) => firstDrawMs),
      0.5,
    ),
    firstDrawMaxMs: percentile(
      draws.map(({ firstDrawMs }) => firstDrawMs),
      1,
    ),
    allDrawnMs: percentile(
      draws.map(({ allDrawnMs }) => allDrawnMs),
      0.5,
    ),
    shapes: draws[0]?.shapes ?? 0,
    panP95Ms: percentile(panned.workMs, 0.95),
    panFrameP95Ms: percentile(panned.betweenMs, 0.95),
    zoomP95Ms: percentile(zoomed.workMs, 0.95),
    zoomFrameP95Ms: percentile(zoomed.betweenMs, 0.95),
    stepMs: percentile(took, 0.95),
    stepMedianMs: percentile(took, 0.5),
  };
}

await bench();
