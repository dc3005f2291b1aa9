import { openChunkBody } from '../codec/chunk';
import type { Chunk } from '../codec/chunk-shape';
import { HistoryError } from '../model/history-error';

/** Opens a chunk's body. Throws a HistoryError that names it when it is not what Heron wrote. */
export function openChunk(body: Uint8Array, file: string, hour: number, edge: string): Chunk {
  try {
    return openChunkBody(body);
  } catch (error) {
    const at = new Date(hour * 3_600_000).toISOString();
    throw new HistoryError({
      code: 'damaged',
      what: `The samples of ${edge} in the hour from ${at} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
      where: file,
      todo: 'The file was damaged or altered: compare it with a backup.',
    });
  }
}
