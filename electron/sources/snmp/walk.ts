import { sharedOid } from './shared-values';
import { compareOids, isAbsent, isUnder, type Varbind } from './varbind';

/** Columns asked together and rows of each: about 32 varbinds, one packet that fits an Ethernet frame. */
const columnsAtOnce = 8;
const rowsAtOnce = 4;
/** Most rows kept of one column and most packets of one walk; an agent cannot make a walk endless. */
const maxRowsPerColumn = 256;
const maxPackets = 200;

export type GetBulk = (oids: string[], repetitions: number) => Promise<Varbind[][]>;

interface Column {
  base: string;
  /** Where the next request starts. */
  from: string;
  rows: number;
}

/** A walk over several columns at once that can be interrupted by a deadline and taken up again. */
export class Walk {
  /** Every row found, by OID. */
  readonly rows = new Map<string, Varbind>();
  private pending: Column[];
  private packets = 0;

  constructor(bases: readonly string[]) {
    this.pending = [...new Set(bases)].map((base) => ({ base, from: before(base), rows: 0 }));
  }

  get done(): boolean {
    return this.pending.length === 0;
  }

  /** Walks until every column is finished. Rejects as `getBulk` does; what was found by then is kept. */
  async run(getBulk: GetBulk): Promise<void> {
    while (this.pending.length > 0) {
      if (this.packets >= maxPackets) this.pending = [];
      this.packets += 1;
      const asked = this.pending.slice(0, columnsAtOnce);
      const answers = await getBulk(
        asked.map((column) => column.from),
        rowsAtOnce,
      );
      const finished = new Set(
        asked.filter((column, at) => !this.take(column, answers[at] ?? null, at === 0)),
      );
      this.pending = this.pending.filter((column) => !finished.has(column));
    }
  }

  /** Keeps a column's rows; false when the column is finished. A missing list means: the answer had no room for it. */
  private take(column: Column, answer: Varbind[] | null, first: boolean): boolean {
    if (answer === null || answer.length === 0) return !first;
    for (const row of answer) {
      const ended = isAbsent(row) || !isUnder(row.oid, column.base);
      // A row that does not follow its predecessor would make the walk go round in circles.
      if (ended || compareOids(row.oid, column.from) <= 0 || column.rows >= maxRowsPerColumn) return false;
      const oid = sharedOid(row.oid);
      this.rows.set(oid, row);
      column.from = oid;
      column.rows += 1;
    }
    return true;
  }
}

/**
 * An OID just before `base`, so that a value at `base` itself is found too: scripts behind pass_persist sometimes answer
 * a scalar without its `.0`.
 */
function before(base: string): string {
  const parts = base.split('.');
  const last = Number(parts.pop());
  return last > 0 ? [...parts, last - 1, 2_147_483_647].join('.') : base;
}
