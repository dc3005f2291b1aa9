import { metricSchema } from '../../../domain/model/history';
import { openHistoryReadOnly } from '../../../db/open-history';
import { threadsIn } from '../../../db/threads/workers';
import type { HistoryReadable } from '../../../db/client/history';
import { benchInventory, dayMs, hourMs, sampledEdges, year } from './fleet';
import { percentile } from './percentile';
import { seededRandom } from './random';
import type { YearFile } from './year-file';

const points = 600;
const metrics = metricSchema.options;

/**
 * The 95th percentile of each, milliseconds, and the processor time of one answer in all threads together, which other work
 * on the machine changes less.
 */
export interface ReadingFigures {
  series24hMs: number;
  series24hCpuMs: number;
  series1yMs: number;
  series1yCpuMs: number;
  timeline1yMs: number;
  timeline1yCpuMs: number;
  /** Spans and events of the longest of these timelines. */
  timeline1yRows: number;
  snapshotAtMs: number;
  snapshotAtCpuMs: number;
  /** The same at instants at which every edge has samples, and not only some. */
  snapshotAllFiguresMs: number;
  snapshotAllFiguresCpuMs: number;
  openMs: number;
  openCpuMs: number;
}

/** Asks the year's file as the app asks it, through reader threads. */
export async function measureReading(
  { file, fullHoursMs }: Pick<YearFile, 'file' | 'fullHoursMs'>,
  workersUrl: URL,
): Promise<ReadingFigures> {
  const random = seededRandom(5);
  const inventory = benchInventory();
  const edgeIds = inventory.clusters.flatMap(({ edges }) => edges.map(({ id }) => id)).slice(0, sampledEdges);
  const one = <T>(list: readonly T[]): T => {
    const value = list[Math.floor(random() * list.length)];
    if (value === undefined) throw new RangeError('there is nothing to choose from');
    return value;
  };
  const lengthMs = year.toMs - year.fromMs - dayMs - hourMs;
  const anInstant = (): number => year.fromMs + hourMs + Math.floor(random() * lengthMs);

  let opened: HistoryReadable | null = null;
  const open = await measure(
    9,
    async () => {
      opened = await openHistoryReadOnly({ file, workers: threadsIn(workersUrl) });
      await checked(opened.snapshotAt({ atMs: anInstant() }), ({ clusters }) => clusters.length > 0);
    },
    async () => opened?.close(),
  );

  const history = await openHistoryReadOnly({ file, workers: threadsIn(workersUrl) });
  try {
    const series = (fromMs: number, toMs: number): Promise<void> =>
      checked(history.series({ edgeIds, metric: one(metrics), fromMs, toMs, points }), ({ byEdge }) =>
        Object.values(byEdge).every(({ count }) => count.some((samples) => samples > 0)),
      );
    const day = await measure(60, () => {
      const fromMs = anInstant();
      return series(fromMs, fromMs + dayMs);
    });
    const wholeYear = await measure(30, () => series(year.fromMs, year.toMs));
    let rows = 0;
    const timelines = await measure(60, async () => {
      rows = Math.max(rows, await timeline(history, one(inventory.clusters)));
    });
    const snapshotAt = (atMs: number): Promise<void> =>
      checked(history.snapshotAt({ atMs }), ({ clusters }) => clusters.length === inventory.clusters.length);
    const snapshots = await measure(100, () => snapshotAt(anInstant()));
    const full = await measure(24, () =>
      snapshotAt(one(fullHoursMs) + Math.floor((0.1 + 0.9 * random()) * hourMs)),
    );
    return {
      series24hMs: day.p95Ms,
      series24hCpuMs: day.cpuMs,
      series1yMs: wholeYear.p95Ms,
      series1yCpuMs: wholeYear.cpuMs,
      timeline1yMs: timelines.p95Ms,
      timeline1yCpuMs: timelines.cpuMs,
      timeline1yRows: rows,
      snapshotAtMs: snapshots.p95Ms,
      snapshotAtCpuMs: snapshots.cpuMs,
      snapshotAllFiguresMs: full.p95Ms,
      snapshotAllFiguresCpuMs: full.cpuMs,
      openMs: open.p95Ms,
      openCpuMs: open.cpuMs,
    };
  } finally {
    await history.close();
  }
}

/** All spans and events of a cluster and its edges; how many. */
async function timeline(
  history: HistoryReadable,
  cluster: { id: string; edges: { id: string }[] },
): Promise<number> {
  const ids = [cluster.id, ...cluster.edges.map(({ id }) => id)];
  const [spans, events] = await Promise.all([
    history.spans({ subjectIds: ids, ...year }),
    history.events({ clusterId: cluster.id, types: null, range: year, beforeId: null, limit: 10_000 }),
  ]);
  if (spans.length === 0 || events.length === 0) throw new Error('the timeline is empty');
  return spans.length + events.length;
}

async function checked<T>(answer: Promise<T>, right: (value: T) => boolean): Promise<void> {
  if (!right(await answer)) throw new Error('the answer cannot be right');
}

/** How long it takes, so many times. `afterwards` is outside of the time. */
async function measure(
  times: number,
  work: () => Promise<unknown>,
  afterwards: () => Promise<void> = () => Promise.resolve(),
): Promise<{ p95Ms: number; cpuMs: number }> {
  const taken: number[] = [];
  let cpuMicros = 0;
  for (let turn = 0; turn < times; turn++) {
    const startMs = performance.now();
    const cpu = process.cpuUsage();
    await work();
    taken.push(performance.now() - startMs);
    const { user, system } = process.cpuUsage(cpu);
    cpuMicros += user + system;
    await afterwards();
  }
  return { p95Ms: percentile(taken, 0.95), cpuMs: Math.round(cpuMicros / times / 100) / 10 };
}
