import { statSync } from 'node:fs';
import { metricSchema } from '../../../domain/model/history';
import type { Inventory } from '../../../domain/inventory/inventory';
import { openHistoryReadOnly } from '../../../db/open-history';
import { threadsIn } from '../../../db/threads/workers';
import { dayMs, hourMs } from '../history/fleet';
import { writeSealedSamples, writeStates } from '../history/made-history';
import { percentile } from '../history/percentile';
import { seededRandom } from '../history/random';

/** Processor time of one answer in all threads, the median of some; and the size of the file. */
export interface HistoryCost {
  /** The state and metrics of every edge at an instant. */
  snapshotCpuMs: number;
  /** 24 hours of 16 edges in 600 points. */
  chartCpuMs: number;
  /** States and events of a cluster over the whole history. */
  timelineCpuMs: number;
  fileMb: number;
}

/** Edges whose samples are sealed by the code of the app; the others have copies of these rows. */
const ownEdges = 4;
const chartEdges = 16;
const points = 600;
const turns = 15;
const metrics = metricSchema.options;

/** Makes a history of an inventory of a multiple of 4 edges that ends at `toMs`, and reads it as the app does. */
export async function measureHistory(
  { file, inventory, days, toMs }: { file: string; inventory: Inventory; days: number; toMs: number },
  entry: URL,
): Promise<HistoryCost> {
  const range = { fromMs: toMs - days * dayMs, toMs };
  const edgeIds = inventory.clusters.flatMap(({ edges }) => edges.map(({ id }) => id));
  writeStates(file, inventory, range);
  await writeSealedSamples({ file, entry, range, ownEdges, copies: edgeIds.length / ownEdges - 1 });
  const random = seededRandom(days + edgeIds.length);
  const workers = threadsIn(new URL('../workers/', entry));
  const history = await openHistoryReadOnly({ file, workers, readers: 1 });
  const lengthMs = range.toMs - range.fromMs;
  try {
    const snapshot = await medianCpuMs(async () => {
      const atMs = range.fromMs + hourMs + Math.floor(random() * (lengthMs - 2 * hourMs));
      const { clusters } = await history.snapshotAt({ atMs });
      if (clusters.length !== inventory.clusters.length) throw new Error('The snapshot is not whole.');
    });
    const chart = await medianCpuMs(async (turn) => {
      const fromMs = range.fromMs + Math.floor(random() * (lengthMs - dayMs));
      const metric = metrics[turn % metrics.length] ?? 'cpuPercent';
      const wanted = { edgeIds: edgeIds.slice(0, chartEdges), metric, fromMs, toMs: fromMs + dayMs, points };
      const { byEdge } = await history.series(wanted);
      if (!Object.values(byEdge).every(({ count }) => count.some((samples) => samples > 0)))
        throw new Error('The chart is empty.');
    });
    const timeline = await medianCpuMs(async (turn) => {
      const cluster = inventory.clusters[turn % inventory.clusters.length];
      if (!cluster) throw new Error('The inventory is empty.');
      const subjectIds = [cluster.id, ...cluster.edges.map(({ id }) => id)];
      const spans = await history.spans({ subjectIds, ...range });
      await history.events({ clusterId: cluster.id, types: null, range, beforeId: null, limit: 10_000 });
      if (spans.length === 0) throw new Error('The timeline is empty.');
    });
    return {
      snapshotCpuMs: snapshot,
      chartCpuMs: chart,
      timelineCpuMs: timeline,
      fileMb: Math.round(statSync(file).size / 1e5) / 10,
    };
  } finally {
    await history.close();
  }
}

/** The median of all turns but the first, which compiles statements. */
async function medianCpuMs(work: (turn: number) => Promise<void>): Promise<number> {
  const taken: number[] = [];
  for (let turn = 0; turn <= turns; turn += 1) {
    const before = process.cpuUsage();
    await work(turn);
    const { user, system } = process.cpuUsage(before);
    if (turn > 0) taken.push((user + system) / 1000);
  }
  return percentile(taken, 0.5);
}
