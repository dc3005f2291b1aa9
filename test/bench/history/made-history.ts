import { openWritable } from '../../../db/file/open-writable';
import { migrations } from '../../../db/migrations/migrations';
import { levels } from '../../../db/codec/encode-rollup';
import { beginCompaction, finishCompaction } from '../../../db/compact/open-compaction';
import { CompactedRows } from '../../../db/compact/compacted-rows';
import { Compactor } from '../../../db/compact/compactor';
import { WriterSession } from '../../../db/write/writer-session';
import type { Inventory } from '../../../domain/inventory/inventory';
import { dayMs, hourMs } from './fleet';
import { clusterLife } from './incidents';
import { sealHours } from './compact-worker';

/** Heron is restarted about monthly: each time every open state ends and begins again. */
const runMs = 30 * dayMs;
const restartMs = 20_000;
const batchesPerCommit = 200;

/** States and events of all clusters of an inventory between two times, by the writer of the app. */
export function writeStates(
  file: string,
  inventory: Inventory,
  range: { fromMs: number; toMs: number },
): void {
  for (let fromMs = range.fromMs; fromMs < range.toMs; fromMs += runMs) {
    const toMs = Math.min(range.toMs, fromMs + runMs - restartMs);
    const session = WriterSession.open({ file, nowMs: fromMs, version: 'bench' });
    session.putInventory(inventory, fromMs);
    const happenings = inventory.clusters.flatMap((cluster, index) => [
      ...clusterLife(cluster, index + Math.floor((fromMs - range.fromMs) / dayMs) * 10_000, fromMs, toMs),
    ]);
    happenings.sort((a, b) => a.atMs - b.atMs);
    happenings.push({ atMs: toMs, spans: [], events: [] });
    for (let first = 0; first < happenings.length; first += batchesPerCommit) {
      const batches = happenings.slice(first, first + batchesPerCommit);
      const nowMs = batches.at(-1)?.atMs ?? toMs;
      session.commit({ nowMs, lost: null, batches: batches.map((batch) => ({ ...batch, samples: [] })) });
    }
    session.close();
  }
}

export interface SealedSamples {
  file: string;
  /** The bundled entry that runs `serveSealing` in a thread. */
  entry: URL;
  /** Whole hours. */
  range: { fromMs: number; toMs: number };
  /** Edges 1 to so many have samples of their own, every 10 s, sealed by the code of the app. */
  ownEdges: number;
  /** The sealed rows of these are written so many times again, for the edges after them. */
  copies: number;
}

/** Sealed hours, days and months of samples in a file that holds the edges already. */
export async function writeSealedSamples({
  file,
  entry,
  range,
  ownEdges,
  copies,
}: SealedSamples): Promise<void> {
  const { db, close } = openWritable(file, migrations, range.toMs);
  db.pragma('journal_mode = MEMORY');
  db.pragma('synchronous = OFF');
  db.exec(`CREATE TEMP TABLE copies AS
    WITH RECURSIVE c (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < ${copies}) SELECT n FROM c`);
  const copyChunks = db.prepare(
    `INSERT INTO chunks (hour, edge, sealing, samples, sha256, body)
     SELECT t.hour, t.edge + ${ownEdges} * c.n, t.sealing, t.samples, t.sha256, t.body
     FROM copies c CROSS JOIN chunks t WHERE t.hour = ? AND t.edge <= ${ownEdges}`,
  );
  const copyRollups = db.prepare(
    `INSERT INTO rollups (level, period, edge, sealing, sha256, body)
     SELECT t.level, t.period, t.edge + ${ownEdges} * c.n, t.sealing, t.sha256, t.body
     FROM copies c CROSS JOIN rollups t WHERE t.level = ? AND t.period = ? AND t.edge <= ${ownEdges}`,
  );
  const compacted = new CompactedRows(db);
  const edges = Array.from({ length: ownEdges }, (_, index) => index + 1);
  function* jobs(): Generator<{ hour: number; edges: number[] }> {
    for (let hour = range.fromMs / hourMs; hour < range.toMs / hourMs; hour += 1) yield { hour, edges };
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
  const compactor = new Compactor(db);
  while (compactor.step(range.toMs));
  const periods = db.prepare<[], { level: number; period: number }>(
    'SELECT DISTINCT level, period FROM sealings ORDER BY id',
  );
  db.transaction(() => {
    for (const { level, period } of periods.all()) copyRollups.run(level, period);
  })();
  close();
}
