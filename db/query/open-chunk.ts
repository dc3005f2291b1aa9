import { openChunkBody } from '../codec/chunk';
import type { Chunk } from '../codec/chunk-shape';
import type { Metric } from '../codec/sample-scale';
import { HistoryError } from '../model/history-error';

/** Opens a chunk's body. It and its methods throw a HistoryError that names the chunk where it is not what Heron wrote. */
export function openChunk(body: Uint8Array, file: string, hour: number, edge: string): Chunk {
  return new NamedChunk(body, file, hour, edge);
}

/** A chunk is decoded when it is asked: only then is it known whether it can be. */
class NamedChunk implements Chunk {
  private readonly chunk: Chunk;

  constructor(
    body: Uint8Array,
    private readonly file: string,
    readonly hour: number,
    private readonly edge: string,
  ) {
    this.chunk = this.named(() => openChunkBody(body));
  }

  get count(): number {
    return this.chunk.count;
  }

  timesMs(): Float64Array {
    return this.named(() => this.chunk.timesMs());
  }

  answered(): Int32Array {
    return this.named(() => this.chunk.answered());
  }

  stored(metric: Metric): Float64Array {
    return this.named(() => this.chunk.stored(metric));
  }

  storedAt(metric: Metric, row: number): number {
    return this.named(() => this.chunk.storedAt(metric, row));
  }

  private named<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const at = new Date(this.hour * 3_600_000).toISOString();
      throw new HistoryError({
        code: 'damaged',
        what: `The samples of ${this.edge} in the hour from ${at} cannot be read: ${error instanceof Error ? error.message : String(error)}.`,
        where: this.file,
        todo: 'The file was damaged or altered: compare it with a backup.',
      });
    }
  }
}
