import { ChunkOfVersion1 } from './chunk-of-version-1';
import { ChunkOfVersion2 } from './chunk-of-version-2';
import type { Chunk } from './chunk-shape';

/** Opens a chunk's body, of whichever version. Throws a RangeError when it is not one. */
export function openChunkBody(body: Uint8Array): Chunk {
  return body[0] === 1 ? ChunkOfVersion1.open(body) : ChunkOfVersion2.open(body);
}
