import { once } from 'node:events';
import os from 'node:os';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { checkWorlds, type ExhaustiveResult } from './exhaustive';

/** The part of the small worlds that one thread checks: some of the groups that are checked at all. */
const partSchema = z.object({
  smallWorlds: z.object({ every: z.number(), part: z.number(), parts: z.number() }),
});

/** Checks every Nth group of small worlds (`every`) in threads, which run this bundle anew; `progress` gets the sums. */
export async function checkInThreads(
  every: number,
  progress: (result: ExhaustiveResult) => void,
): Promise<ExhaustiveResult> {
  if (every === 0) return summed([]);
  const parts = os.availableParallelism();
  const results: ExhaustiveResult[] = [];
  await Promise.all(
    Array.from({ length: parts }, async (_, part) => {
      const worker = new Worker(new URL(import.meta.url), {
        workerData: { smallWorlds: { every, part, parts } },
        stdout: false,
      });
      worker.on('message', (result: ExhaustiveResult) => {
        results[part] = result;
        progress(summed(results));
      });
      const [code] = (await once(worker, 'exit')) as [number];
      if (code !== 0) throw new Error(`A thread that checks small worlds ended with ${code}.`);
    }),
  );
  return summed(results);
}

/** Does the work of a thread that `checkInThreads` started; false: this is none. */
export function isCheckingThread(): boolean {
  const of = partSchema.safeParse(workerData);
  if (isMainThread || !of.success) return false;
  const { every, part, parts } = of.data.smallWorlds;
  const report = (result: ExhaustiveResult): void => parentPort?.postMessage(result);
  report(checkWorlds((index) => index % every === 0 && (index / every) % parts === part, report));
  return true;
}

function summed(results: readonly ExhaustiveResult[]): ExhaustiveResult {
  const sum: ExhaustiveResult = { worlds: 0, triples: 0, wrong: 0, examples: [] };
  for (const { worlds, triples, wrong, examples } of results.filter(Boolean)) {
    sum.worlds += worlds;
    sum.triples += triples;
    sum.wrong += wrong;
    sum.examples.push(...examples);
  }
  return sum;
}
