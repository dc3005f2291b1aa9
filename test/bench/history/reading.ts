import { metricSchema } from '../../../domain/contract/past';
import { openHistoryReadOnly } from '../../../db/open-history';
import type { HistoryReadable } from '../../../db/history';
import { benchInventory, dayMs, hourMs, sampledEdges, year } from './fleet';
import { seededRandom } from './random';
import type { YearFile } from './year-file';

const points = 600;
const metrics = metricSchema.options;

export interface ReadingFigures {
  series24hMs: number;
  series1yMs: number;
  timeline1yMs: number;
  timeline1yRows: number;
  snapshotAtMs: number;
  snapshotAllFiguresMs: number;
  openMs: number;
}

/** Asks the year's file as the app asks it, through reader threads, and takes the time of each answer. p95 of each. */
export async function measureReading(year1: YearFile, workersUrl: URL): Promise<ReadingFigures> {
  const { file, fullHoursMs } = year1;
  const random = seededRandom(5);
  const inventory = benchInventory();
  const edgeIds = inventory.clusters.flatMap(({ edges }) => edges.map(({ id }) => id)).slice(0, sampledEdges);
  const anInstant = (): number =>
    year.fromMs + hourMs + Math.floor(random() * (year.toMs - year.fromMs - dayMs));
  const aMetric = (): (typeof metrics)[number] =>
    metrics[Math.floor(random() * metrics.length)] ?? 'sessions';
  const aCluster = (): (typeof inventory.clusters)[number] => {
    const cluster = inventory.clusters[Math.floor(random() * inventory.clusters.length)];
    if (!cluster) throw new RangeError('there are clusters');
    return cluster;
  };

  const openMs = await p95Of(7, async () => {
    const history = await openHistoryReadOnly({ file, workersUrl });
    const snapshot = await history.snapshotAt(anInstant());
    if (snapshot.clusters.length === 0) throw new Error('the year is empty');
    return () => history.close();
  });

  const history = await openHistoryReadOnly({ file, workersUrl });
  try {
    const series = (fromMs: number, toMs: number): Promise<unknown> =>
      checked(history.series({ edgeIds, metric: aMetric(), fromMs, toMs, points }), (made) =>
        Object.values(made.byEdge).every(({ count }) => count.some((samples) => samples > 0)),
      );
    const series24hMs = await p95Of(60, () => {
      const fromMs = anInstant();
      return series(fromMs, fromMs + dayMs);
    });
    const series1yMs = await p95Of(30, () => series(year.fromMs, year.toMs));
    let rows = 0;
    const timeline1yMs = await p95Of(60, async () => {
      rows = Math.max(rows, await timeline(history, aCluster()));
    });
    const snapshotAtMs = await p95Of(100, () =>
      checked(
        history.snapshotAt(anInstant()),
        ({ clusters }) => clusters.length === inventory.clusters.length,
      ),
    );
    const snapshotAllFiguresMs = await p95Of(fullHoursMs.length * 2, (turn) => {
      const atMs =
        (fullHoursMs[turn % fullHoursMs.length] ?? 0) + Math.floor((0.1 + 0.9 * random()) * hourMs);
      return checked(history.snapshotAt(atMs), () => true);
    });
    return {
      series24hMs,
      series1yMs,
      timeline1yMs,
      timeline1yRows: rows,
      snapshotAtMs,
      snapshotAllFiguresMs,
      openMs,
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
    history.spans(ids, year.fromMs, year.toMs),
    history.events({ clusterId: cluster.id, types: null, range: year, beforeId: null, limit: 10_000 }),
  ]);
  if (spans.length === 0 || events.length === 0) throw new Error('the timeline is empty');
  return spans.length + events.length;
}

async function checked<T>(answer: Promise<T>, right: (value: T) => boolean): Promise<void> {
  if (!right(await answer)) throw new Error('the answer cannot be right');
}

/** The 95th percentile of the milliseconds it takes; what it returns is done afterwards, outside of the time. */
async function p95Of(times: number, work: (turn: number) => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn++) {
    const startMs = performance.now();
    const after = await work(turn);
    taken.push(performance.now() - startMs);
    if (typeof after === 'function') await (after as () => Promise<void>)();
  }
  taken.sort((a, b) => a - b);
  return Math.round((taken[Math.min(taken.length - 1, Math.floor(0.95 * times))] ?? 0) * 10) / 10;
}
