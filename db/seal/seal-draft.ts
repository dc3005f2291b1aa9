import type Database from 'better-sqlite3';
import type { SealBody } from '../chain/ledger-entry';
import { toRangeText } from '../chain/number-ranges';
import { sealRows } from '../chain/sealable-rows';
import { chunkLine, rollupLine } from '../chain/sealed-tables';

/** A finished compaction: a row of the table `sealings`. */
export interface Sealing {
  id: number;
  level: number;
  period: number;
}

/** Rows digested in one step, a few milliseconds. */
const rowsAStep = 1000;

interface Work {
  sealing: Sealing;
  table: 'chunks' | 'rollups';
  afterEdge: number;
}

type NumberedLine = [edge: number, line: string, id: number];

/**
 * The chunks and rollups of finished compactions, digested step by step, so that no commit waits for long. They never change, so
 * writes between two steps do not matter.
 */
export class SealDraft {
  readonly chunks: SealBody['chunks'] = [];
  readonly rollups: SealBody['rollups'] = [];
  /** The last compaction digested here; null when there is none. */
  readonly lastSealingId: number | null;
  private readonly work: Work[];
  private readonly nextChunks: Database.Statement<[number, number, number, number], NumberedLine>;
  private readonly nextRollups: Database.Statement<[number, number, number, number, number], NumberedLine>;

  constructor(db: Database.Database, sealings: Sealing[]) {
    this.lastSealingId = sealings.at(-1)?.id ?? null;
    this.work = sealings.flatMap((sealing) => [
      ...(sealing.level === 1 ? [{ sealing, table: 'chunks' as const, afterEdge: 0 }] : []),
      { sealing, table: 'rollups' as const, afterEdge: 0 },
    ]);
    this.nextChunks = db
      .prepare<[number, number, number, number], NumberedLine>(
        `SELECT edge, ${chunkLine}, id FROM chunks WHERE hour = ? AND edge > ? AND sealing = ? ORDER BY edge LIMIT ?`,
      )
      .raw();
    this.nextRollups = db
      .prepare<[number, number, number, number, number], NumberedLine>(
        `SELECT edge, ${rollupLine}, id FROM rollups
         WHERE level = ? AND period = ? AND edge > ? AND sealing = ? ORDER BY edge LIMIT ?`,
      )
      .raw();
  }

  /** True when everything is digested. */
  get done(): boolean {
    return this.work.length === 0;
  }

  step(): void {
    const [work] = this.work;
    if (!work) return;
    const { id, level, period } = work.sealing;
    const rows =
      work.table === 'chunks'
        ? this.nextChunks.all(period, work.afterEdge, id, rowsAStep)
        : this.nextRollups.all(level, period, work.afterEdge, id, rowsAStep);
    const sealed = sealRows(rows.map(([edge, line]) => [edge, line]));
    const ids = idsText(rows.map((row) => row[2]));
    if (sealed && work.table === 'chunks') this.chunks.push({ hour: period, sealing: id, ...sealed, ids });
    if (sealed && work.table === 'rollups') this.rollups.push({ level, period, sealing: id, ...sealed, ids });
    work.afterEdge = rows.at(-1)?.[0] ?? 0;
    if (rows.length < rowsAStep) this.work.shift();
  }
}

/** The rows' own numbers, which ascend with their edges unless a compaction was interrupted: then no seal names them. */
function idsText(ids: readonly number[]): string | undefined {
  const ascend = ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? 0));
  return ascend ? toRangeText(ids) : undefined;
}
