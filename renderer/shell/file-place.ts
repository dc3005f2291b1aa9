import { z } from 'zod';

const storageKey = 'heron.file-place';

const placeSchema = z.object({
  path: z.string().max(4096),
  travelMs: z.number().nullable(),
  windowMs: z.number().positive(),
});
/** A view and the time that it shows. */
export type Place = z.infer<typeof placeSchema>;

const memorySchema = z.object({
  /** The file that was open; null: none was. */
  file: z.string().max(4096).nullable(),
  here: placeSchema,
  /** What the file replaced; null: nothing, or no file was open. */
  before: placeSchema.nullable(),
  /** The view does not yet follow the file that was opened or closed last. */
  isDue: z.boolean(),
});
/** What a page leaves to the page that replaces it, which is loaded anew whenever another history is shown. */
export type PageMemory = z.infer<typeof memorySchema>;

/** What the page before left in this window; null: it is the window's first. */
export function pageBefore(): PageMemory | null {
  try {
    return memorySchema.parse(JSON.parse(sessionStorage.getItem(storageKey) ?? 'null'));
  } catch {
    return null;
  }
}

export function leaveToNextPage(memory: PageMemory): void {
  sessionStorage.setItem(storageKey, JSON.stringify(memory));
}
