import { readFile, rm } from 'node:fs/promises';
import { z } from 'zod';
import { requestFailureSchema } from '../../domain/contract/request-failure';
import { vendorClusterSchema, vendorEdgeSchema } from '../../domain/vendor/vendor-objects';
import { asJson } from '../base/as-json';
import { writeFileDurably } from '../base/write-file';

const maxStateBytes = 64 * 1024 * 1024;

/** What the latest readings of the vendor's inventory led to, kept over restarts. */
export const readingStateSchema = z.object({
  version: z.literal(1),
  /** Where it was read, so that what another source had is not taken for this one's. */
  apiUrl: z.string(),
  /** When reading was last begun, UTC milliseconds. */
  triedAtMs: z.number(),
  /** A reading is under way; after a start: it was interrupted. */
  isReading: z.boolean(),
  /** Why the latest reading failed; null: it did not. */
  failure: requestFailureSchema.nullable(),
  /** What the vendor had; null: it was not read completely yet. */
  vendor: z
    .object({
      readAtMs: z.number(),
      clusters: z.array(vendorClusterSchema),
      edges: z.array(vendorEdgeSchema),
    })
    .nullable(),
  /** The preview or the failure that a finding reported last, so that one is not reported at every reading; null: none. */
  reported: z.string().nullable(),
});
export type ReadingState = z.infer<typeof readingStateSchema>;

/** The state in a file that only its owner may read; a damaged file counts as none. */
export function readingStateFile(file: string) {
  return {
    load: async (): Promise<ReadingState | null> => {
      const bytes = await readFile(file).catch(() => null);
      if (bytes === null || bytes.length > maxStateBytes) return null;
      const parsed = readingStateSchema.safeParse(asJson(bytes.toString('utf8')));
      return parsed.success ? parsed.data : null;
    },
    save: (state: ReadingState): Promise<void> =>
      writeFileDurably(file, JSON.stringify(state), { replace: true }),
    remove: (): Promise<void> => rm(file, { force: true }),
  };
}
