import path from 'node:path';
import { openWritable } from '../../../db/file/open-writable';
import { migrations } from '../../../db/migrations/migrations';
import { Compactor } from '../../../db/compact/compactor';
import { SampleWriter, toSampleRows } from '../../../db/write/sample-writer';
import { DemoSamples } from '../../fixtures/history/demo-samples';

export interface SizeFigures {
  /** Bytes of the file for each sealed edge-sample, its minutes, hours, indexes and half-filled pages included. */
  bytesPerSample: number;
  /** Of these the bodies of chunks and of rollups alone. */
  chunkBytesPerSample: number;
  rollupBytesPerSample: number;
  /** Samples sealed a second of the sealing thread, reading and deleting the rows included. */
  sealedSamplesPerSecond: number;
}

const hourMs = 3_600_000;
const hours = 26;
const intervalMs = 5_000;

/** A day and more of the demo fleet's samples of eight metrics, sealed: what the file needs for them afterwards. */
export function benchSize(folder: string): SizeFigures {
  const startMs = Date.UTC(2026, 10, 2);
  const fleet = new DemoSamples({ seed: 1, clusters: 4, startMs, intervalMs });
  const { db, close } = openWritable(path.join(folder, 'size.sqlite'), migrations, startMs);
  try {
    const writer = new SampleWriter(db);
    const sealer = new Compactor(db);
    const pages = (): number =>
      Number(db.pragma('page_count', { simple: true })) -
      Number(db.pragma('freelist_count', { simple: true }));
    const before = pages();
    let sealingMs = 0;
    for (let hour = 0; hour < hours; hour++) {
      const fromMs = startMs + hour * hourMs;
      for (let atMs = fromMs; atMs < fromMs + hourMs; atMs += intervalMs) {
        const { rows } = toSampleRows(fleet.round(atMs));
        db.transaction(() => writer.write(rows))();
      }
      const begunMs = performance.now();
      while (sealer.step(fromMs + 2 * hourMs));
      sealingMs += performance.now() - begunMs;
    }
    const sum = (sql: string): number => Number(db.prepare(sql).pluck().get());
    const samples = sum('SELECT sum(samples) FROM chunks');
    const perSample = (bytes: number): number => Math.round((100 * bytes) / samples) / 100;
    return {
      bytesPerSample: perSample((pages() - before) * Number(db.pragma('page_size', { simple: true }))),
      chunkBytesPerSample: perSample(sum('SELECT sum(length(body)) FROM chunks')),
      rollupBytesPerSample: perSample(sum('SELECT sum(length(body)) FROM rollups')),
      sealedSamplesPerSecond: Math.round((1000 * samples) / sealingMs),
    };
  } finally {
    close();
  }
}
