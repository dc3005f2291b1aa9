import { sharedOid } from '../codec/shared-values';
import { asnType, compareOids, isAbsent, isUnder, type Varbind } from '../codec/varbind';
import { SnmpFailure } from './failure';

/** Varbinds per answer: with names and values of usual length it fits an Ethernet frame. */
const maxVarbinds = 32;
/** Rows requested of a column whose length is unknown. */
const usualRows = 4;
const maxRowsAtOnce = 12;
const maxKnownBases = 1_000;
/** Rows per column and packets per walk: an agent cannot make a walk endless. */
const maxRowsPerColumn = 256;
const maxPackets = 200;

export type GetBulk = (oids: string[], repetitions: number) => Promise<Varbind[][]>;
export type GetNext = (oids: string[]) => Promise<Varbind[]>;

interface Column {
  base: string;
  /** Where the next request starts. */
  from: string;
  rows: number;
  /** Rows to request next: the expected ones, and the one behind them. */
  ask: number;
}

/**
 * Rows that a column had in the previous walk of any agent: the agents of a fleet are alike, and most lack most columns. It only
 * decides which columns share a packet.
 */
const rowsBefore = new Map<string, number>();

/** A walk over several columns at once. When a deadline interrupts it, it can be resumed. */
export class Walk {
  /** Every row found, by OID. */
  readonly rows = new Map<string, Varbind>();
  private pending: Column[];
  private packets = 0;
  /** The agent answered a GETBULK with an error, such as tooBig or genErr. */
  private bulkRefused = false;

  constructor(bases: readonly string[]) {
    this.pending = [...new Set(bases)].map((base) => ({
      base,
      from: startBefore(base),
      rows: 0,
      ask: expectedRows(base),
    }));
  }

  get done(): boolean {
    return this.pending.length === 0;
  }

  /**
   * Walks until every column is finished. An agent that refuses GETBULK is queried with `getNext`, and a column that it refuses too is
   * left out. Rejects as the requests do; the rows found by then are retained.
   */
  async run(getBulk: GetBulk, getNext: GetNext | null = null): Promise<void> {
    while (this.pending.length > 0) {
      const { asked, rows } = this.next();
      const from = asked.map((column) => column.from);
      const answers = await this.followers(from, rows, getBulk, getNext);
      const finished = new Set(
        asked.filter((column, at) => !this.addRows(column, answers[at] ?? null, at === 0)),
      );
      this.pending = this.packets >= maxPackets ? [] : this.pending.filter((column) => !finished.has(column));
    }
  }

  private async followers(
    from: string[],
    rows: number,
    getBulk: GetBulk,
    getNext: GetNext | null,
  ): Promise<Varbind[][]> {
    if (!this.bulkRefused || !getNext) {
      this.packets += 1;
      try {
        return await getBulk(from, rows);
      } catch (error) {
        if (!getNext || !isRefusal(error)) throw error;
        this.bulkRefused = true;
      }
    }
    return this.nextOf(from, getNext);
  }

  /** One row per column. Columns that are refused together are requested separately. */
  private async nextOf(from: string[], getNext: GetNext): Promise<Varbind[][]> {
    this.packets += 1;
    try {
      return (await getNext(from)).map((row) => [row]);
    } catch (error) {
      const [only = ''] = from;
      if (!isRefusal(error)) throw error;
      if (from.length === 1) return [[{ oid: only, type: asnType.endOfMibView, value: null }]];
      const half = Math.ceil(from.length / 2);
      return [
        ...(await this.nextOf(from.slice(0, half), getNext)),
        ...(await this.nextOf(from.slice(half), getNext)),
      ];
    }
  }

  /** The columns of the next request, those with the fewest rows first, and the rows of each. */
  private next(): { asked: Column[]; rows: number } {
    this.pending.sort((a, b) => a.ask - b.ask);
    let count = 0;
    let rows = 1;
    for (const { ask } of this.pending) {
      if (count > 0 && (count + 1) * ask > maxVarbinds) break;
      count += 1;
      rows = ask;
    }
    return { asked: this.pending.slice(0, count), rows };
  }

  /** Adds a column's rows; false when the column is finished. Without an answer there was no room for the column. */
  private addRows(column: Column, answer: Varbind[] | null, first: boolean): boolean {
    if (answer === null || answer.length === 0) return !first;
    column.ask = usualRows;
    for (const row of answer) {
      const ended = isAbsent(row) || !isUnder(row.oid, column.base);
      // A row that does not follow its predecessor would make the walk endless.
      if (ended || compareOids(row.oid, column.from) <= 0 || column.rows >= maxRowsPerColumn) {
        noteLength(column);
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

function expectedRows(base: string): number {
  const rows = rowsBefore.get(base);
  return rows === undefined ? usualRows : Math.min(rows + 1, maxRowsAtOnce);
}

function noteLength({ base, rows }: Column): void {
  if (rowsBefore.size < maxKnownBases || rowsBefore.has(base)) rowsBefore.set(base, rows);
}

/** Whether an agent answered with an error that fewer or other objects may avoid. */
export function isRefusal(error: unknown): boolean {
  return error instanceof SnmpFailure && error.next === 'ask-less';
}

const starts = new Map<string, string>();

/**
 * An OID just before `base`, so that a value at `base` itself is found too: scripts behind pass_persist sometimes answer
 * a scalar without its `.0`.
 */
export function startBefore(base: string): string {
  const known = starts.get(base);
  if (known !== undefined) return known;
  const parts = base.split('.');
  const last = Number(parts.pop());
  const start = last > 0 ? [...parts, last - 1, 2_147_483_647].join('.') : base;
  if (starts.size < maxKnownBases) starts.set(base, start);
  return start;
}
