import { z } from 'zod';
import { allEdges } from '../../domain/inventory/inventory';
import type { Snapshot } from '../../domain/model/snapshot';
import { snapshotAt } from '../../domain/past/snapshot-at';
import { PastOfFile } from './past-of-file';
import { query, type QueriedFile } from './query';
import { noMetrics, readMetrics } from './read-metrics';
import { readGaps, readRuns, runAt } from './read-runs';

export const snapshotQueries = {
  /** All states at one instant, clusters as they were configured then. */
  snapshotAt: query(z.object({ atMs: z.number().int().min(0) }), (file, { atMs }) =>
    readSnapshot(file, atMs),
  ),
};

function readSnapshot({ db, inventories }: QueriedFile, atMs: number): Snapshot {
  const runs = readRuns(db);
  const run = runAt(runs, atMs);
  const inventory = inventories.at(atMs);
  const gaps = readGaps(db, { fromMs: atMs, toMs: atMs + 1 }, runs);
  const edgeIds = inventory && run ? allEdges(inventory).map(({ id }) => id) : [];
  const metrics = edgeIds.length > 0 ? readMetrics(db, edgeIds, atMs) : noMetrics;
  return snapshotAt(new PastOfFile(db, { atMs, inventory, run, gaps, metrics }));
}
