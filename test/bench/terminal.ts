import { openSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { ClusterView, Snapshot } from '../../domain/model/snapshot';
import { keepHeapSmall } from '../../monitor/host/heap-growth';
import { healthStates } from '../../domain/model/health';
import type { Capabilities } from '../../cli/wall/capabilities';
import type { Line } from '../../cli/wall/line';
import { WallSession, type Screen } from '../../cli/wall/wall-session';
import type { WallSource } from '../../cli/wall/wall-source';
import { Terminal } from '../../cli/wall/terminal';
import { madeCluster, madeSnapshot } from '../fixtures/fake-bridge/cluster';
import { percentile } from './history/percentile';

/*
 * `npm run -s bench -- terminal --json`: the terminal wall of many clusters. Every change is drawn as it would be over ssh, with its
 * control sequences written to /dev/null. What is left out: polling, and the history that answers other pages.
 */

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    clusters: { type: 'string', default: '1000' },
    edges: { type: 'string', default: '8' },
    changes: { type: 'string', default: '400' },
  },
});
const clusterCount = Number(values.clusters);
const edgeCount = Number(values.edges);
const changes = Number(values.changes);
const capabilities: Capabilities = { colours: 'true', ascii: false };
const sizes = [
  { columns: 80, rows: 24 },
  { columns: 200, rows: 60 },
];

/** A fleet of which every seventh cluster has a problem. */
function firstClusters(atMs: number): ClusterView[] {
  return Array.from({ length: clusterCount }, (_, index) => clusterAt(index, 0, atMs));
}

function clusterAt(index: number, step: number, atMs: number): ClusterView {
  const name = `site-${String(index + 1).padStart(4, '0')}`;
  const hasProblem = (index + step) % 7 === 0;
  const health = hasProblem ? (healthStates[(index + step) % 6] ?? 'unknown') : 'up';
  const reasons = hasProblem
    ? [{ code: 'x', fact: `Edge ${name}-02 is down: its link is lost.`, detail: 'It was the active LB.' }]
    : [];
  return madeCluster(name, edgeCount, atMs, {
    health,
    reasons,
    site: `Site ${index}`,
    sinceMs: atMs - index * 1000,
  });
}

/** The fleet half a second later: as polls of every 5 s and notices of every 0.5 s have it, a tenth of the rows is new. */
function nextSnapshot(before: Snapshot, step: number): Snapshot {
  const atMs = before.atMs + 500;
  const clusters = before.clusters.map((cluster, index) =>
    index % 10 === step % 10 ? clusterAt(index, Math.floor(step / 20), atMs) : cluster,
  );
  return { ...before, atMs, clusters };
}

/** The real terminal, drawing into nothing, in a given size. */
function screenOf(size: Screen['size']): Screen {
  const output = {
    columns: size.columns,
    rows: size.rows,
    fd: openSync('/dev/null', 'w'),
    write: () => true,
    on: () => output,
  };
  const input = { setRawMode: () => input, resume: () => input, pause: () => input, on: () => input };
  const terminal = new Terminal(input as never, output as never, capabilities);
  terminal.enter();
  return terminal;
}

function sourceOf(current: () => Snapshot): WallSource {
  return {
    label: 'bench',
    history: {
      snapshotAt: () => Promise.reject(new Error('not asked')),
      events: () => Promise.resolve([]),
      spans: () => Promise.resolve([]),
    },
    latest: () => ({ snapshot: current(), nowMs: current().atMs, time: 'live', isStalled: false }),
    onChange: () => undefined,
    acknowledge: null,
    acknowledgeRefusal: null,
    close: () => Promise.resolve(),
  };
}

/** The 95th percentiles, and the median of the redraws. `redrawCpuMs`: processor time of all threads. */
interface Figures {
  redrawMs: number;
  redrawP50Ms: number;
  redrawCpuMs: number;
  keyMs: number;
  bytes: number;
}

async function measure(size: Screen['size']): Promise<Figures> {
  let snapshot = madeSnapshot(firstClusters(Date.now()), Date.now());
  const screen = screenOf(size);
  let bytes = 0;
  const counted: Screen = {
    size,
    redraw: () => screen.redraw(),
    draw: (lines: readonly Line[]) => (bytes += screen.draw(lines)),
  };
  const session = new WallSession(
    sourceOf(() => snapshot),
    counted,
    capabilities,
    { quit: () => undefined, suspend: () => undefined },
  );
  const [redraws, redrawsCpu, keys]: [number[], number[], number[]] = [[], [], []];
  for (let step = 0; step < changes; step += 1) {
    snapshot = nextSnapshot(snapshot, step);
    const cpu = process.cpuUsage();
    let beganMs = performance.now();
    session.draw();
    redraws.push(performance.now() - beganMs);
    const { user, system } = process.cpuUsage(cpu);
    redrawsCpu.push((user + system) / 1000);
    beganMs = performance.now();
    await session.press({ name: 'j', text: 'j', ctrl: false });
    keys.push(performance.now() - beganMs);
  }
  return {
    redrawMs: percentile(redraws, 0.95),
    redrawP50Ms: percentile(redraws, 0.5),
    redrawCpuMs: percentile(redrawsCpu, 0.95),
    keyMs: percentile(keys, 0.95),
    bytes: Math.round(bytes / (2 * changes)),
  };
}

keepHeapSmall();
const results = [];
for (const size of sizes) results.push({ size, ...(await measure(size)) });
globalThis.gc?.();
const rounded = (value: number): number => Math.round(value * 100) / 100;
const result = {
  clusters: clusterCount,
  edgesPerCluster: edgeCount,
  redrawMs: rounded(Math.max(...results.map(({ redrawMs }) => redrawMs))),
  redrawP50Ms: rounded(Math.max(...results.map(({ redrawP50Ms }) => redrawP50Ms))),
  redrawCpuMs: rounded(Math.max(...results.map(({ redrawCpuMs }) => redrawCpuMs))),
  keyMs: rounded(Math.max(...results.map(({ keyMs }) => keyMs))),
  rssMb: rounded(process.memoryUsage.rss() / 1e6),
  bySize: results.map(({ size, ...rest }) => ({
    size: `${size.columns}x${size.rows}`,
    redrawMs: rounded(rest.redrawMs),
    redrawCpuMs: rounded(rest.redrawCpuMs),
    keyMs: rounded(rest.keyMs),
    bytesPerRedraw: rest.bytes,
  })),
};
if (values.json) console.log(JSON.stringify(result));
else console.log(result);
