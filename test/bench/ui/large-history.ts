import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { openWritable } from '../../../db/file/open-writable';
import { migrations } from '../../../db/migrations/migrations';
import { levels } from '../../../db/codec/encode-rollup';
import { beginCompaction, finishCompaction } from '../../../db/compact/open-compaction';
import { CompactedRows } from '../../../db/compact/compacted-rows';
import { Compactor } from '../../../db/compact/compactor';
import { WriterSession } from '../../../db/write/writer-session';
import { codeKey, writingCode } from '../history/code-key';
import { dayMs, hourMs } from '../history/fleet';
import { clusterLife } from '../history/incidents';
import { sealHours } from '../history/compact-worker';
import { chartEdges, clusterCount, edgesPerCluster, uiInventory } from './fleet';

const folder = path.join(tmpdir(), 'heron-bench-ui');
const statesMs = 365 * dayMs;
const runMs = 30 * dayMs;
const restartMs = 20_000;
const batchesPerCommit = 200;
/** So many days of samples of 4,016 edges every 10 s, with the year's states and events, are 10 GB. */
const sampleDays = 16;
const leastBytes = 10e9;
/** Edges whose samples are made; every other edge has the sealed rows of one of these. */
const trueEdges = 16;
const copies = (clusterCount * edgesPerCluster + chartEdges) / trueEdges - 1;

export interface LargeHistory {
  /** A folder for --user-data, with the history in it. */
  userData: string;
  file: string;
  /** Everything in it ends here: UTC milliseconds, a whole hour. */
  untilMs: number;
}

/**
 * A history of 10 GB of 1,001 clusters: a year of states and events by the app's own writer, and 16 days of samples. Those of
 * 16 edges are sealed by the app's own code, and their sealed rows are then written for all other edges too. Kept in
 * the temporary folder and used again where the same code would make it; what other code made is removed. The runs of the bench
 * write on in it, as the app does.
 */
export async function largeHistory(entry: URL, say: (words: string) => void): Promise<LargeHistory> {
  const userData = path.join(folder, codeKey(new URL('../../', entry), madeBy));
  const file = path.join(userData, 'history.sqlite');
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) rmSync(path.join(folder, name), { recursive: true });
    const draftFolder = path.join(folder, 'draft');
    mkdirSync(draftFolder);
    const draft = path.join(draftFolder, 'history.sqlite');
    const untilMs = Math.floor(Date.now() / hourMs) * hourMs;
    say('making a year of states and events of 1,001 clusters');
    writeStates(draft, untilMs);
    say('making 16 days of samples of 4,016 edges');
    await writeSamples(draft, entry, untilMs);
    if (statSync(draft).size < leastBytes) throw new RangeError(`${draft} has not become 10 GB`);
    renameSync(draftFolder, userData);
  }
  return { userData, file, untilMs: endOf(file) };
}

const madeBy = [
  ...writingCode,
  ...['fleet', 'incidents', 'random', 'compact-worker', 'traffic'].map(
    (name) => `test/bench/history/${name}.ts`,
  ),
  ...['fleet', 'large-history'].map((name) => `test/bench/ui/${name}.ts`),
];

/** The first run after the made ones may have added to it. */
function endOf(file: string): number {
  const db = new Database(file, { readonly: true });
  const hour = db
    .prepare<[], number>('SELECT max(hour) FROM chunks WHERE edge = 1 AND samples = 360')
    .pluck();
  const last = hour.get() ?? Number.NaN;
  db.close();
  return (last + 1) * hourMs;
}

function writeStates(file: string, untilMs: number): void {
  const inventory = uiInventory();
  const yearMs = untilMs - statesMs;
  for (let fromMs = yearMs; fromMs < untilMs; fromMs += runMs) {
    const toMs = Math.min(untilMs, fromMs + runMs - restartMs);
    const session = WriterSession.open({ file, nowMs: fromMs, version: 'bench' });
    session.putInventory(inventory, fromMs);
    const happenings = inventory.clusters.flatMap((cluster, index) => [
      ...clusterLife(cluster, index + Math.floor((fromMs - yearMs) / dayMs) * 10_000, fromMs, toMs),
    ]);
    happenings.sort((a, b) => a.atMs - b.atMs);
    happenings.push({ atMs: toMs, spans: [], events: [] });
    for (let first = 0; first < happenings.length; first += batchesPerCommit) {
      const batches = happenings.slice(first, first + batchesPerCommit);
      session.commit({
        nowMs: batches.at(-1)?.atMs ?? toMs,
        lost: null,
        batches: batches.map((batch) => ({ ...batch, samples: [] })),
      });
    }
    session.close();
  }
}

async function writeSamples(file: string, entry: URL, untilMs: number): Promise<void> {
  const { db, close } = openWritable(file, migrations, untilMs);
  db.pragma('journal_mode = MEMORY');
  db.pragma('synchronous = OFF');
  db.exec(`CREATE TEMP TABLE copies AS
    WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${copies}) SELECT n FROM c`);
  const copyChunks = db.prepare(
    `INSERT INTO chunks (hour, edge, sealing, samples, sha256, body)
     SELECT t.hour, t.edge + ${trueEdges} * c.n, t.sealing, t.samples, t.sha256, t.body
     FROM copies c CROSS JOIN chunks t WHERE t.hour = ? AND t.edge <= ${trueEdges}`,
  );
  const copyRollups = db.prepare(
    `INSERT INTO rollups (level, period, edge, sealing, sha256, body)
     SELECT t.level, t.period, t.edge + ${trueEdges} * c.n, t.sealing, t.sha256, t.body
     FROM copies c CROSS JOIN rollups t WHERE t.level = ? AND t.period = ? AND t.edge <= ${trueEdges}`,
  );
  const compacted = new CompactedRows(db);
  const edges = Array.from({ length: trueEdges }, (_, index) => index + 1);
  function* jobs(): Generator<{ hour: number; edges: number[] }> {
    for (let hour = (untilMs - sampleDays * dayMs) / hourMs; hour < untilMs / hourMs; hour += 1)
      yield { hour, edges };
  }
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
      copyChunks.run(first.hour);
      finishCompaction(db, sealing.id, atMs);
    })();
  });
  const sealer = new Compactor(db);
  while (sealer.step(untilMs));
  const periods = db.prepare<[], { level: number; period: number }>(
    'SELECT DISTINCT level, period FROM sealings ORDER BY id',
  );
  db.transaction(() => {
    for (const { level, period } of periods.all()) copyRollups.run(level, period);
  })();
  close();
}
