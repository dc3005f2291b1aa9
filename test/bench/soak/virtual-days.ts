import { mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { openHistory } from '../../../db/open-history';
import type { Retention } from '../../../db/retain/retention';
import type { History } from '../../../db/client/history';
import { faultRequestSchema, type FaultKind } from '../../../demo/faults/fault';
import { DemoFleet } from '../../../demo/fleet/demo-fleet';
import { fleetInventory } from '../../../demo/listeners/demo-inventory';
import { randomFor } from '../../../demo/random/seed';
import { allEdges, identifyInventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import { log, startAppLog } from '../../../monitor/log/log';
import { startPipeline } from '../../../monitor/pipeline/pipeline';
import { worlds } from '../detection/simulated/habits';
import { SimulatedSource } from '../detection/simulated/simulated-source';
import { VirtualClock } from '../detection/simulated/virtual-clock';
import { sizeOf, type ProcessSize } from './process-size';

/** The state of the process and of its files at the end of a virtual day. */
export interface DayEnd extends ProcessSize {
  day: number;
  heapMb: number;
  /** Of the main thread: sockets, timers, handles of worker threads. */
  handles: number;
  fileMb: number;
  logMb: number;
  logFiles: number;
}

export interface VirtualDays {
  days: DayEnd[];
  polls: number;
  events: number;
  /** Sealed rows that retention removed: an hour, day or month of an edge each. */
  prunedRows: number;
}

/** As short as Heron allows, so that a steady state is reached within a week. */
export const soakRetention: Retention = { sampleDays: 3, minuteDays: 4, hourDays: 5 };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** So much virtual time passes between two waits for the history's thread. */
const stepMs = 30_000;
const clusters = 2;
const edgesPerCluster = 2;
const faultsPerDay = 24;
const kinds: readonly FaultKind[] = [
  'lb-dies',
  'edge-dies',
  'split',
  'reboot',
  'cpu-high',
  'proxy-dies',
  'link-cut',
];

/**
 * Runs the pipeline, detection, alerts, log and history for `days` of virtual time on a simulated fleet with a fault an hour. The history is a
 * real file with its writer's thread, retention and reader; each virtual hour is read back as a page would read it.
 */
export async function runVirtualDays(
  { days, seed, folder, workersUrl }: { days: number; seed: number; folder: string; workersUrl: URL },
  onDay: (end: DayEnd) => void,
): Promise<VirtualDays> {
  const startMs = Date.UTC(2026, 0, 1);
  const clock = new VirtualClock(startMs);
  const fleet = new DemoFleet({
    ...{ seed, clusters, startMs, mostTruths: 100 },
    onTruth: () => undefined,
    changePlan: (plan) => ({ ...plan, edges: plan.edges.slice(0, edgesPerCluster) }),
  });
  const plans = fleet.clusters.map(({ plan }) => plan);
  const ports = new Map(
    plans.flatMap((plan) => plan.edges.map(({ name }) => [name, { snmp: 161, http: 80 }])),
  );
  const inventory = identifyInventory(inventoryFileSchema.parse(fleetInventory(plans, ports)), null);
  const random = randomFor(seed, 'soak');
  const file = path.join(folder, 'history.sqlite');
  mkdirSync(folder, { recursive: true });
  startAppLog(folder, {});
  const history = await openHistory({
    ...{ file, workersUrl, readers: 1, retention: soakRetention },
    nowMs: () => clock.nowMs(),
    monotonicMs: () => clock.monotonicMs(),
  });
  await history.putInventory(inventory, clock.nowMs());
  const counted = { polls: 0, events: 0 };
  const source = new SimulatedSource(fleet, clock, worlds.plain, random, undefined, (edge, reading) => {
    counted.polls += 1;
    if (reading.kind === 'health') log.info(`${edge} was read: ${reading.snmp.outcome}`);
  });
  const pipeline = await startPipeline({
    ...{ inventory, source, history, clock, random, version: 'soak' },
    ...{ healthIntervalMs: 10_000, roleIntervalMs: 3_000 },
    onEvent: () => (counted.events += 1),
  });
  const names = fleet.clusters.filter(({ plan }) => !plan.standalone).map(({ plan }) => plan.name);
  const edgeIds = allEdges(inventory).map(({ id }) => id);
  const ends: DayEnd[] = [];
  let faults = 0;
  for (let day = 1; day <= days; day += 1) {
    for (let passedMs = 0; passedMs < dayMs; passedMs += stepMs) {
      if (passedMs % (dayMs / faultsPerDay) === 0) {
        causeFault(fleet, names, faults, clock.nowMs());
        faults += 1;
      }
      await clock.runUntil(clock.wait(stepMs));
      await history.flush();
      if (passedMs % hourMs === 0) await readBack(history, edgeIds, clock.nowMs());
    }
    // The writer seals, compacts and prunes when nothing else is due.
    await history.prove();
    await wait(200);
    const end = { day, ...endOf(folder, file) };
    ends.push(end);
    onDay(end);
  }
  const stopping = pipeline.stop();
  await clock.runUntil(stopping);
  await history.close();
  return { days: ends, ...counted, prunedRows: prunedRows(file) };
}

function causeFault(fleet: DemoFleet, names: readonly string[], index: number, atMs: number): void {
  const kind = kinds[index % kinds.length];
  const cluster = names[index % names.length];
  if (kind === undefined || cluster === undefined) return;
  const edge = kind === 'split' ? {} : { edge: index % 2 === 0 ? '@master' : '@backup' };
  fleet.request(faultRequestSchema.parse({ kind, cluster, ...edge, forSeconds: 300 }), atMs);
}

async function readBack(history: History, edgeIds: string[], nowMs: number): Promise<void> {
  const range = { fromMs: nowMs - dayMs, toMs: nowMs };
  await history.snapshotAt({ atMs: nowMs });
  await history.series({ edgeIds, metric: 'cpuPercent', ...range, points: 600 });
  await history.events({ clusterId: null, types: null, range, beforeId: null, limit: 200 });
}

/** Bytes of the files of a folder whose names begin so, in units of 1,000,000, and their number. */
function filesOf(folder: string, prefix: string): { mb: number; count: number } {
  const names = readdirSync(folder).filter((name) => name.startsWith(prefix));
  const bytes = names.reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
  return { mb: bytes / 1e6, count: names.length };
}

function endOf(folder: string, file: string): Omit<DayEnd, 'day'> {
  globalThis.gc?.();
  const { mb: logMb, count: logFiles } = filesOf(path.join(folder, 'logs'), 'heron');
  return {
    ...sizeOf([process.pid]),
    heapMb: process.memoryUsage().heapUsed / 1e6,
    handles: process.getActiveResourcesInfo().length,
    // With its write-ahead log.
    fileMb: filesOf(folder, path.basename(file)).mb,
    ...{ logMb, logFiles },
  };
}

/** Sealed rows that retention removed: an hour or day of an edge each. */
function prunedRows(file: string): number {
  const db = new Database(file, { readonly: true });
  const rows = db
    .prepare<[], number | null>("SELECT sum(json_extract(body, '$.count')) FROM ledger WHERE kind = 'prune'")
    .pluck()
    .get();
  db.close();
  return rows ?? 0;
}
