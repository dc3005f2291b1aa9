import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWritable } from '../../../db/file/open-writable';
import type { TimedBatch } from '../../../db/model/commit';
import { migrations } from '../../../db/migrations/migrations';
import { levels } from '../../../db/codec/encode-rollup';
import { beginCompaction, finishCompaction } from '../../../db/compact/open-compaction';
import { CompactedRows } from '../../../db/compact/compacted-rows';
import { Compactor } from '../../../db/compact/compactor';
import { WriterSession } from '../../../db/write/writer-session';
import { allEdges } from '../../../domain/inventory/inventory';
import { codeKey, writingCode } from './code-key';
import { benchInventory, dayMs, hourMs, sampledEdges, year } from './fleet';
import { clusterLife, type Happening } from './incidents';
import { seededRandom } from './random';
import { sealHours } from './compact-worker';

const folder = path.join(tmpdir(), 'heron-bench-history');
/** Heron is restarted about monthly: each time every open state ends and begins again. */
const runMs = 30 * dayMs;
const restartMs = 20_000;
const batchesPerCommit = 200;
/** In so many hours of so many days of the year every edge of the fleet has samples. */
const fullDays = 4;
const fullHoursADay = 3;

export interface YearFile {
  file: string;
  /** Instants at which every edge has samples. */
  fullHoursMs: number[];
  madeSeconds: number | null;
}

/**
 * A year of history: 200 clusters' states and events, and 16 edges' samples every 10 s. Made by the code that Heron runs: the
 * writer's session, the columns, the sealing of days and months. Kept in the temporary folder and used again where the same
 * code would make it; what other code made is removed.
 */
export async function yearFile(entry: URL, say: (words: string) => void): Promise<YearFile> {
  const key = codeKey(new URL('../../', entry), madeBy);
  const file = path.join(folder, `${key}.sqlite`);
  const fullHoursMs = hoursWithAll();
  if (existsSync(file)) return { file, fullHoursMs, madeSeconds: null };
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { force: true });
  const startMs = performance.now();
  const draft = path.join(folder, 'draft.sqlite');
  say('making a year of states and events');
  writeStates(draft);
  say('making a year of samples');
  await writeSamples(draft, entry);
  renameSync(draft, file);
  return { file, fullHoursMs, madeSeconds: Math.round((performance.now() - startMs) / 1000) };
}

/** What the file depends on: the code that writes and seals, and this. */
const madeBy = [
  ...writingCode,
  ...['fleet', 'incidents', 'random', 'compact-worker', 'traffic', 'year-file'].map(
    (name) => `test/bench/history/${name}.ts`,
  ),
];

function hoursWithAll(): number[] {
  const random = seededRandom(12);
  const days = (year.toMs - year.fromMs) / dayMs;
  return Array.from({ length: fullDays }, () => year.fromMs + Math.floor(random() * days) * dayMs).flatMap(
    (dayStartMs) => Array.from({ length: fullHoursADay }, (_, n) => dayStartMs + (7 + 3 * n) * hourMs),
  );
}

function writeStates(file: string): void {
  const inventory = benchInventory();
  for (let fromMs = year.fromMs; fromMs < year.toMs; fromMs += runMs) {
    const toMs = Math.min(year.toMs, fromMs + runMs - restartMs);
    const session = WriterSession.open({ file, nowMs: fromMs, version: 'bench' });
    session.putInventory(inventory, fromMs);
    const happenings = inventory.clusters.flatMap((cluster, index) => [
      ...clusterLife(cluster, index + Math.floor(fromMs / dayMs) * 1000, fromMs, toMs),
    ]);
    happenings.sort((a, b) => a.atMs - b.atMs);
    happenings.push({ atMs: toMs, spans: [], events: [] });
    for (let first = 0; first < happenings.length; first += batchesPerCommit) {
      const batches = happenings.slice(first, first + batchesPerCommit).map(batchOf);
      session.commit({ nowMs: batches.at(-1)?.atMs ?? toMs, lost: null, batches });
    }
    session.close();
  }
}

function batchOf({ atMs, spans, events }: Happening): TimedBatch {
  return { atMs, spans, events, samples: [] };
}

async function writeSamples(file: string, entry: URL): Promise<void> {
  const { db, close } = openWritable(file, migrations, year.toMs);
  const numbers = new Map(db.prepare<[], [string, number]>('SELECT id, number FROM edges').raw().all());
  const edges = allEdges(benchInventory()).map(({ id }) => numbers.get(id) ?? 0);
  const compacted = new CompactedRows(db);
  const all = new Set(hoursWithAll().map((atMs) => atMs / hourMs));
  function* jobs(): Generator<{ hour: number; edges: number[] }> {
    for (let hour = year.fromMs / hourMs; hour < year.toMs / hourMs; hour += 1) {
      yield { hour, edges: all.has(hour) ? edges : edges.slice(0, sampledEdges) };
    }
  }
  db.pragma('synchronous = OFF');
  await sealHours(entry, jobs(), 2, (hours) => {
    const [first] = hours;
    if (!first) return;
    db.transaction(() => {
      const atMs = (first.hour + 1) * hourMs;
      const sealing = beginCompaction(db, { level: levels.minutesOfHour, period: first.hour }, atMs);
      for (const { edge, samples, chunk, minutes } of hours) {
        compacted.chunk(sealing, edge, samples, Buffer.from(chunk));
        compacted.rollup(sealing, edge, Buffer.from(minutes));
      }
      finishCompaction(db, sealing.id, atMs);
    })();
  });
  const sealer = new Compactor(db);
  while (sealer.step(year.toMs + dayMs));
  close();
}
