import { parentPort, Worker } from 'node:worker_threads';
import { z } from 'zod';
import { encodeChunk } from '../../../db/codec/encode-chunk';
import { encodeRollup, levels } from '../../../db/codec/encode-rollup';
import { RollupTable } from '../../../db/codec/rollup-table';
import { hourOfSamples } from './traffic';

/** An hour of one edge, sealed. */
export interface SealedHour {
  edge: number;
  hour: number;
  samples: number;
  chunk: Uint8Array;
  minutes: Uint8Array;
}

const jobSchema = z.object({ hour: z.number(), edges: z.array(z.number()) });
const minuteMs = 60_000;

/** The worker's side: seals the hours it is told, as sealing itself does it. */
export function serveSealing(): void {
  const table = new RollupTable(60);
  parentPort?.on('message', (message: unknown) => {
    const { hour, edges } = jobSchema.parse(message);
    const sealed = edges.map((edge): SealedHour => {
      const rows = hourOfSamples(edge, hour);
      table.clear();
      for (const cells of rows) table.add(Math.floor((cells[0] ?? 0) / minuteMs), cells);
      const chunk = encodeChunk(hour, rows);
      const minutes = encodeRollup(levels.minutesOfHour, hour, table);
      return { edge, hour, samples: rows.length, chunk, minutes };
    });
    parentPort?.postMessage(sealed);
  });
}

/** The other side: seals hours in several threads and hands them over in the order of time. */
export async function sealHours(
  entry: URL,
  jobs: Iterable<{ hour: number; edges: number[] }>,
  threads: number,
  take: (sealed: SealedHour[]) => void,
): Promise<void> {
  const workers = Array.from({ length: threads }, () => new Worker(entry, { workerData: 'seal' }));
  const ask = async (worker: Worker, job: object): Promise<SealedHour[]> =>
    new Promise((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (sealed: SealedHour[]) => {
        worker.off('error', reject);
        resolve(sealed);
      });
      worker.postMessage(job);
    });
  try {
    const answers: Promise<SealedHour[]>[] = workers.map(() => Promise.resolve([]));
    let turn = 0;
    for (const job of jobs) {
      const place = turn % threads;
      const worker = workers[place];
      if (!worker) throw new RangeError('sealing needs a thread');
      take((await answers[place]) ?? []);
      answers[place] = ask(worker, job);
      turn += 1;
    }
    for (let rest = 0; rest < threads; rest++) take((await answers[(turn + rest) % threads]) ?? []);
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}
