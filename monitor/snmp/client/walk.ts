import { sharedOid } from '../codec/shared-values';
import { compareOids, isAbsent, isUnder, type Varbind } from '../codec/varbind';

/** Varbinds that one answer may have: it then fits an Ethernet frame with names and values of usual length. */
const varbindsAtOnce = 32;
/** Rows asked of a column about which nothing is known. */
const usualRows = 4;
const mostRowsAtOnce = 12;
const maxKnownBases = 1_000;
/** Most rows kept of one column and most packets of one walk; an agent cannot make a walk endless. */
const maxRowsPerColumn = 256;
const maxPackets = 200;

export type GetBulk = (oids: string[], repetitions: number) => Promise<Varbind[][]>;

interface Column {
  base: string;
  /** Where the next request starts. */
  from: string;
  rows: number;
  /** How many rows are asked for next: those that are likely there, and the one behind them. */
  ask: number;
}

/**
 * How many rows a column had in the walk before: agents of a fleet are much alike, and most lack most of what is looked for. It
 * only decides which columns share a packet. What an agent has is what it answers.
 */
const rowsBefore = new Map<string, number>();

/** A walk over several columns at once that can be interrupted by a deadline and taken up again. */
export class Walk {
  /** Every row found, by OID. */
  readonly rows = new Map<string, Varbind>();
  private pending: Column[];
  private packets = 0;

  constructor(bases: readonly string[]) {
    this.pending = [...new Set(bases)].map((base) => ({
      base,
      from: before(base),
      rows: 0,
      ask: likely(base),
    }));
  }

  get done(): boolean {
    return this.pending.length === 0;
  }

  /** Walks until every column is finished. Rejects as `getBulk` does; what was found by then is kept. */
  async run(getBulk: GetBulk): Promise<void> {
    while (this.pending.length > 0) {
      if (this.packets >= maxPackets) this.pending = [];
      this.packets += 1;
      const { asked, rows } = this.next();
      const answers = await getBulk(
        asked.map((column) => column.from),
        rows,
      );
      const finished = new Set(
        asked.filter((column, at) => !this.take(column, answers[at] ?? null, at === 0)),
      );
      this.pending = this.pending.filter((column) => !finished.has(column));
    }
  }

  /** Columns to ask together, those with the fewest rows first, and how many rows of each. */
  private next(): { asked: Column[]; rows: number } {
    this.pending.sort((a, b) => a.ask - b.ask);
    let count = 0;
    let rows = 1;
    for (const { ask } of this.pending) {
      if (count > 0 && (count + 1) * ask > varbindsAtOnce) break;
      count += 1;
      rows = ask;
    }
    return { asked: this.pending.slice(0, count), rows };
  }

  /** Keeps a column's rows; false when the column is finished. A missing list means: the answer had no room for it. */
  private take(column: Column, answer: Varbind[] | null, first: boolean): boolean {
    if (answer === null || answer.length === 0) return !first;
    column.ask = usualRows;
    for (const row of answer) {
      const ended = isAbsent(row) || !isUnder(row.oid, column.base);
      // A row that does not follow its predecessor would make the walk go round in circles.
      if (ended || compareOids(row.oid, column.from) <= 0 || column.rows >= maxRowsPerColumn) {
        remember(column);
        return false;
      }
      const oid = sharedOid(row.oid);
      this.rows.set(oid, row);
      column.from = oid;
      column.rows += 1;
    }
    return true;
  }
}

function likely(base: string): number {
  const rows = rowsBefore.get(base);
  return rows === undefined ? usualRows : Math.min(rows + 1, mostRowsAtOnce);
}

function remember({ base, rows }: Column): void {
  if (rowsBefore.size < maxKnownBases || rowsBefore.has(base)) rowsBefore.set(base, rows);
}

const starts = new Map<string, string>();

/**
 * An OID just before `base`, so that a value at `base` itself is found too: scripts behind pass_persist sometimes answer
 * a scalar without its `.0`.
 */
function before(base: string): string {
  const known = starts.get(base);
  if (known !== undefined) return known;
  const parts = base.split('.');
  const last = Number(parts.pop());
  const start = last > 0 ? [...parts, last - 1, 2_147_483_647].join('.') : base;
  if (starts.size < maxKnownBases) starts.set(base, start);
  return start;
}
