import path from 'node:path';
import { makeExtract } from '../../../db/extract/make-extract';
import type { TimedBatch } from '../../../db/model/commit';
import { runFileTask } from '../../../db/client/run-file-task';
import { openHistoryReadOnly } from '../../../db/open-history';
import { threadsIn } from '../../../db/threads/workers';
import { WriterSession } from '../../../db/write/writer-session';
import { allEdges, type Inventory } from '../../../domain/inventory/inventory';
import { DemoSamples } from '../../fixtures/history/demo-samples';
import { benchInventory, dayMs, hourMs, intervalMs } from '../history/fleet';
import { clusterLife } from '../history/incidents';
import { percentile } from '../history/percentile';

export interface IncidentFileFigures {
  /** The file of one hour of 16 edges around a failover, in 1,000,000 bytes. */
  incidentFileMb: number;
  /** From the wish to open it until all states at an instant of it are there: the median of several. */
  incidentOpenMs: number;
}

const sampledClusters = 2;
const lifeMs = 30 * dayMs;
const startMs = Date.UTC(2026, 9, 1);
const openings = 7;

/** Makes a history of two clusters of 8 edges with three hours of samples around a failover, and an incident file of one of them. */
export async function measureIncidentFile(folder: string, workersUrl: URL): Promise<IncidentFileFigures> {
  const file = path.join(folder, 'watched.sqlite');
  const out = path.join(folder, 'incident.heron');
  const whole = benchInventory();
  const inventory: Inventory = { ...whole, clusters: whole.clusters.slice(0, sampledClusters) };
  const failoverMs = write(file, inventory);
  const range = { fromMs: failoverMs - hourMs / 2, toMs: failoverMs + hourMs / 2 };
  const nowMs = startMs + lifeMs;
  const { sizeBytes } = makeExtract({
    file,
    out,
    range,
    clusterIds: null,
    redact: false,
    nowMs,
    version: 'bench',
  });
  const took: number[] = [];
  for (let opening = 0; opening < openings; opening += 1) {
    const begunMs = performance.now();
    await runFileTask(threadsIn(workersUrl), { task: 'inspect', file: out }).result;
    const history = await openHistoryReadOnly({ file: out, workers: threadsIn(workersUrl) });
    await history.snapshotAt({ atMs: failoverMs + 1000 });
    took.push(performance.now() - begunMs);
    await history.close();
  }
  return { incidentFileMb: Math.round(sizeBytes / 1e4) / 100, incidentOpenMs: percentile(took, 0.5) };
}

/** Answers when the first failover was that has its hours within the life. */
function write(file: string, inventory: Inventory): number {
  const happenings = inventory.clusters
    .flatMap((cluster, index) => [...clusterLife(cluster, index, startMs, startMs + lifeMs)])
    .sort((a, b) => a.atMs - b.atMs);
  const failoverMs =
    happenings.find(
      ({ atMs, events }) => atMs > startMs + dayMs && events.some(({ type }) => type === 'failover'),
    )?.atMs ?? Number.NaN;
  if (Number.isNaN(failoverMs)) throw new RangeError('the life of these clusters has no failover');
  const edgeIds = allEdges(inventory).map(({ id }) => id);
  const fromMs = failoverMs - 2 * hourMs;
  const fleet = new DemoSamples({ seed: 1, clusters: 4, startMs: fromMs, intervalMs });
  if (fleet.edgeIds.length < edgeIds.length) throw new RangeError('the demo fleet has too few edges');
  const places = new Map(fleet.edgeIds.map((id, index) => [id, edgeIds[index]]));
  const batches: TimedBatch[] = happenings.map((one) => ({ ...one, samples: [] }));
  for (let atMs = fromMs; atMs < failoverMs + hourMs; atMs += intervalMs) {
    const samples = fleet.round(atMs).flatMap((sample) => {
      const edgeId = places.get(sample.edgeId);
      return edgeId === undefined ? [] : [{ ...sample, edgeId }];
    });
    batches.push({ atMs: atMs + intervalMs, spans: [], events: [], samples });
  }
  batches.sort((a, b) => a.atMs - b.atMs);
  const session = WriterSession.open({ file, nowMs: startMs, version: 'bench' });
  session.putInventory(inventory, startMs);
  for (const batch of batches) {
    session.commit({ nowMs: batch.atMs, lost: null, batches: [batch] });
    while (session.stepUpkeep());
  }
  session.close();
  return failoverMs;
}
