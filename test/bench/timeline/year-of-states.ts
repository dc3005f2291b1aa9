import { WriterSession } from '../../../db/write/writer-session';
import { identifyInventory, type Inventory } from '../../../domain/inventory/inventory';
import { benchInventory, dayMs } from '../history/fleet';
import { clusterLife } from '../history/incidents';

export const benchClusters = 50;
const runMs = 30 * dayMs;
const restartMs = 20_000;
const batchesPerCommit = 200;

/**
 * Writes a year of the states and events of 50 clusters of 8 edges until `untilMs`, by the writer that Heron runs. At its end all
 * of them are disabled: whoever opens it polls nothing. Answers how many events it holds.
 */
export function writeYear(file: string, untilMs: number): number {
  const whole = benchInventory();
  const inventory: Inventory = { ...whole, clusters: whole.clusters.slice(0, benchClusters) };
  const fromMs = untilMs - 365 * dayMs;
  let events = 0;
  for (let startMs = fromMs; startMs < untilMs; startMs += runMs) {
    const endMs = Math.min(untilMs, startMs + runMs - restartMs);
    const session = WriterSession.open({ file, nowMs: startMs, version: 'bench' });
    session.putInventory(inventory, startMs);
    const happenings = inventory.clusters.flatMap((cluster, index) => [
      ...clusterLife(cluster, index + Math.floor((startMs - fromMs) / dayMs) * 1000, startMs, endMs),
    ]);
    happenings.sort((a, b) => a.atMs - b.atMs);
    happenings.push({ atMs: endMs, spans: [], events: [] });
    for (let first = 0; first < happenings.length; first += batchesPerCommit) {
      const batches = happenings.slice(first, first + batchesPerCommit);
      events += batches.reduce((sum, batch) => sum + batch.events.length, 0);
      session.commit({
        nowMs: batches.at(-1)?.atMs ?? endMs,
        lost: null,
        batches: batches.map((batch) => ({ ...batch, samples: [] })),
      });
    }
    if (endMs === untilMs) session.putInventory(disabled(inventory), untilMs);
    session.close();
  }
  return events;
}

function disabled(inventory: Inventory): Inventory {
  const clusters = inventory.clusters.map((cluster) => ({
    ...cluster,
    status: 'disabled' as const,
    edges: cluster.edges.map((edge) => ({ ...edge, status: 'disabled' as const })),
  }));
  return identifyInventory({ ...inventory, clusters }, inventory);
}
