import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { serveSealing } from './history/compact-worker';
import { ranAsAgents, startAgents } from './polling/agents';
import { collect } from './polling/collect';
import { edgesPerCluster, inventoryOfFours } from './ui/fleet';
import { growthOf } from './scale/growth';
import { growthSvg, type Curve } from './scale/growth-svg';
import { measureHistory } from './scale/history-cost';
import { measureWall } from './scale/wall-cost';

/** Edges of the fleets. */
const fleetSizes = [100, 1_000, 4_000, 16_000];
/** Days of the histories, of the smallest fleet. */
const historySizes = [1, 30, 365];
const historyEndMs = Date.UTC(2026, 0, 1);
const pollIntervalMs = 10_000;
const pollSeconds = 30;
const pollingArgument = '--polling-of';

const say = (words: string): void => void process.stderr.write(`${words}\n`);
const entry = new URL(import.meta.url);

const polledSchema = z.object({
  pollsPerSecond: z.number(),
  cpuMicrosPerPoll: z.number(),
  rssMb: z.number(),
});
type Polled = z.infer<typeof polledSchema>;

/** Polls so many edges in a process of its own, as the peak of memory is one figure of a process. */
async function polled(edges: number): Promise<Polled> {
  const child = fork(fileURLToPath(entry), [pollingArgument, String(edges)]);
  const ended = once(child, 'exit').then((): never => {
    throw new Error(`The poller of ${edges} edges ended early.`);
  });
  ended.catch(() => undefined);
  const [message] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
  return polledSchema.parse(message);
}

async function ranAsPoller(args: readonly string[]): Promise<boolean> {
  if (args[0] !== pollingArgument) return false;
  const agents = await startAgents(Number(args[1]), 'one-arm', fileURLToPath(entry));
  try {
    const measured = { seconds: pollSeconds, intervalMs: pollIntervalMs };
    process.send?.(await collect(agents.ports, agents.cpuMicros, measured));
  } finally {
    await agents.stop();
  }
  process.disconnect();
  return true;
}

/** One row of figures for each fleet, a day of history each. */
async function overEdges(folder: string): Promise<{ size: number; figures: Record<string, number> }[]> {
  const rows = [];
  for (const edges of fleetSizes) {
    const own = path.join(folder, `edges-${edges}`);
    mkdirSync(own);
    const inventory = inventoryOfFours(edges / edgesPerCluster);
    say(`${edges} edges: polling`);
    const { pollsPerSecond, cpuMicrosPerPoll, rssMb } = await polled(edges);
    say(`${edges} edges: history`);
    const file = path.join(own, 'history.sqlite');
    const { timelineCpuMs: _timeline, ...history } = await measureHistory(
      { file, inventory, days: 1, toMs: historyEndMs },
      entry,
    );
    rmSync(file);
    say(`${edges} edges: wall`);
    const wall = await measureWall({
      main: fileURLToPath(new URL('scale-app.js', entry)),
      folder: own,
      inventory,
    });
    const pollCpuPercent = Math.round(pollsPerSecond * cpuMicrosPerPoll) / 10_000;
    const figures = { pollCpuPercent, collectorMb: rssMb, ...wall, ...history };
    say(JSON.stringify(figures));
    rows.push({ size: edges, figures });
    rmSync(own, { recursive: true, maxRetries: 20, retryDelay: 250 });
  }
  return rows;
}

async function overDays(folder: string): Promise<{ size: number; figures: Record<string, number> }[]> {
  const rows = [];
  const inventory = inventoryOfFours((fleetSizes[0] ?? 0) / edgesPerCluster);
  for (const days of historySizes) {
    say(`${days} days of history`);
    const file = path.join(folder, `days-${days}.sqlite`);
    const cost = await measureHistory({ file, inventory, days, toMs: historyEndMs }, entry);
    say(JSON.stringify(cost));
    rows.push({ size: days, figures: { ...cost } });
    rmSync(file);
  }
  return rows;
}

const curves: Record<string, { title: string; unit: string }> = {
  pollCpuPercent: { title: 'Polling every 10 s', unit: '% of a core' },
  collectorMb: { title: 'Memory of the collector', unit: 'MB' },
  wallFrameCpuMs: { title: 'Wall: worst frame in half a second, p95', unit: 'ms of CPU' },
  appMb: { title: 'Memory of the app on the wall', unit: 'MB' },
  snapshotCpuMs: { title: 'Snapshot of the fleet with metrics', unit: 'ms of CPU' },
  chartCpuMs: { title: 'Chart of 16 edges, 24 hours', unit: 'ms of CPU' },
  timelineCpuMs: { title: 'Whole timeline of a cluster', unit: 'ms of CPU' },
  fileMb: { title: 'History file', unit: 'MB' },
};

function curvesOf(rows: readonly { size: number; figures: Record<string, number> }[]): Curve[] {
  return Object.entries(curves).flatMap(([name, { title, unit }]) => {
    const points = rows.flatMap(({ size, figures: { [name]: value } }) =>
      value === undefined ? [] : [{ size, value: Math.max(value, 0.01) }],
    );
    return points.length === 0 ? [] : [{ title, unit, points }];
  });
}

/** One flat object: `NAME_SIZE` for each figure, and `NAME_growth`. */
function flat(
  rows: readonly { size: number; figures: Record<string, number> }[],
  axis: string,
): Record<string, number | string> {
  const names = Object.keys(rows[0]?.figures ?? {});
  return Object.fromEntries(
    names.flatMap((name) => {
      const points = rows.map(({ size, figures }) => ({ size, value: figures[name] ?? Number.NaN }));
      return [
        ...points.map(({ size, value }): [string, number] => [`${name}_${size}${axis}`, value]),
        [`${name}_by${axis}`, growthOf(points)] as [string, string],
      ];
    }),
  );
}

/**
 * `npm run -s bench -- scale --json [--out FOLDER] [--part edges|days]`: how the costs of polling, wall, snapshot, chart and file grow with the
 * edges of a fleet and with the days of a history. Draws scale-edges.svg and scale-days.svg into FOLDER. The last line is one flat JSON object.
 */
async function bench(): Promise<void> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      out: { type: 'string' },
      part: { type: 'string', default: 'all' },
    },
  });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-bench-scale-'));
  const draw = (name: string, svg: string): void => {
    if (values.out !== undefined) writeFileSync(path.join(values.out, name), svg);
  };
  try {
    const result: Record<string, number | string> = {};
    if (values.part !== 'days') {
      const rows = await overEdges(folder);
      Object.assign(result, flat(rows, 'Edges'));
      draw('scale-edges.svg', growthSvg('Costs against the edges of the fleet', 'edges', curvesOf(rows)));
    }
    if (values.part !== 'edges') {
      const rows = await overDays(folder);
      Object.assign(result, flat(rows, 'Days'));
      draw(
        'scale-days.svg',
        growthSvg('Costs against the days of the history of 100 edges', 'days', curvesOf(rows)),
      );
    }
    process.stdout.write(`${JSON.stringify(result, null, values.json ? undefined : 2)}\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  }
}

const args = process.argv.slice(2);
if (!isMainThread) {
  if (workerData === 'seal') serveSealing();
} else if (!(await ranAsAgents(args)) && !(await ranAsPoller(args))) await bench();
