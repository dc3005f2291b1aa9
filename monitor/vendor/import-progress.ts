import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { vendorClusterSchema, vendorEdgeSchema } from '../../domain/vendor/vendor-objects';
import { asJson } from '../base/as-json';
import { writeFileDurably } from '../base/write-file';

/** What was read after this long is read again: the vendor's inventory may have changed meanwhile. */
const maxAgeMs = 30 * 60_000;
const maxProgressBytes = 64 * 1024 * 1024;

const part = <T extends z.ZodType>(item: T) =>
  z.object({ nextPage: z.int().min(1), isComplete: z.boolean(), items: z.array(item) });

/** What an import has read so far. */
export const importProgressSchema = z.object({
  /** Where it was read from, so that the progress of another source is not continued. */
  apiUrl: z.string(),
  startedAtMs: z.number(),
  clusters: part(vendorClusterSchema),
  edges: part(vendorEdgeSchema),
  /** The times of the last hour's requests by resource, UTC milliseconds. */
  requestTimes: z.record(z.string(), z.array(z.number())),
});
export type ImportProgress = z.infer<typeof importProgressSchema>;

/** Where an import stores its progress, so that it goes on after a crash. */
export interface ProgressStore {
  load(): Promise<ImportProgress | null>;
  save(progress: ImportProgress): Promise<void>;
}

/** An import that has read nothing yet. */
export function newProgress(apiUrl: string, startedAtMs: number): ImportProgress {
  const nothing = (): { nextPage: number; isComplete: boolean; items: [] } => ({
    nextPage: 1,
    isComplete: false,
    items: [],
  });
  return { apiUrl, startedAtMs, clusters: nothing(), edges: nothing(), requestTimes: {} };
}

/** Whether stored progress is of this source and recent enough to go on. `reusesComplete`: also where nothing is left to read. */
export function canContinue(
  stored: ImportProgress,
  { apiUrl, nowMs, reusesComplete }: { apiUrl: string; nowMs: number; reusesComplete: boolean },
): boolean {
  const ageMs = nowMs - stored.startedAtMs;
  const isComplete = stored.clusters.isComplete && stored.edges.isComplete;
  const isRecent = ageMs >= 0 && ageMs < maxAgeMs;
  return stored.apiUrl === apiUrl && isRecent && (reusesComplete || !isComplete);
}

/** Progress in a file that only its owner may read. A file that is damaged counts as none. */
export function progressFile(file: string): ProgressStore & { remove(): Promise<void> } {
  return {
    load: async () => {
      const bytes = await readFile(file).catch(() => null);
      if (bytes === null || bytes.length > maxProgressBytes) return null;
      const parsed = importProgressSchema.safeParse(asJson(bytes.toString('utf8')));
      return parsed.success ? parsed.data : null;
    },
    save: (progress) => writeFileDurably(file, JSON.stringify(progress), { replace: true }),
    remove: () => rm(file, { force: true }),
  };
}
