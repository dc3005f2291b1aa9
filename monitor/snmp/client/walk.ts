import { sharedOid } from '../codec/shared-values';
import {
  asnType,
  compareOids,
  isAbsent,
  isUnder,
  malformedType,
  suffixOf,
  type Varbind,
} from '../codec/varbind';
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

/** Smallest requests before GETBULK is given up for GETNEXT. */
const minVarbinds = 4;
/** Columns requested side by side while it is not known which of them hangs, and rows of each. */
const maxAlone = 8;
const rowsAlone = 4;
/** How often a column is requested alone without an answer before it is left out. */
const strikesToLeaveOut = 3;
const maxRemarks = 8;

interface Column {
  base: string;
  /** Where the next request starts. */
  from: string;
  /** The greatest OID so far. */
  greatest: string;
  rows: number;
  /** Rows to request next: the expected ones, and the one behind them. */
  ask: number;
  /** Requests that named this column and were not answered; from the first one on it is requested alone. */
  strikes: number;
}

/** What a walk sends. */
export interface WalkRequests {
  getBulk: GetBulk;
  /** For agents that refuse GETBULK; null: a refusal ends the walk. */
  getNext?: GetNext | null;
  /** Whether the agent answers at all, after a request that it did not answer. Without it every time-out ends the run. */
  isAlive?: () => Promise<boolean>;
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
  /** Columns without a row that the agent did not answer, or refused. */
  readonly unanswered: string[] = [];
  /** What was odd about the tables, in words. */
  readonly remarks: string[] = [];
  private pending: Column[];
  private packets = 0;
  private varbinds = maxVarbinds;
  /** The agent answered a GETBULK with an error, such as tooBig or genErr. */
  private bulkRefused = false;

  constructor(bases: readonly string[]) {
    this.pending = [...new Set(bases)].map((base) => ({
      base,
      from: startBefore(base),
      greatest: startBefore(base),
      rows: 0,
      ask: expectedRows(base),
      strikes: 0,
    }));
  }

  get done(): boolean {
    return this.pending.length === 0;
  }

  /**
   * Walks until every column is finished. What the agent refuses or does not answer, although it is alive, is requested with less at a
   * time, then alone, and then left out. Rejects as the requests do; the rows found by then are retained.
   */
  async run(requests: WalkRequests): Promise<void> {
    while (this.pending.length > 0) {
      if (this.packets >= maxPackets) {
        this.remark('the tables are larger than a walk reads');
        for (const { base, rows } of this.pending) if (rows === 0) this.unanswered.push(base);
        this.pending = [];
        return;
      }
      const trusted = this.pending.filter(({ strikes }) => strikes === 0);
      if (trusted.length > 0) await this.askTogether(trusted, requests);
      else await this.askAlone(this.pending.slice(0, maxAlone), requests);
    }
  }

  private async askTogether(columns: Column[], requests: WalkRequests): Promise<void> {
    const { asked, rows } = this.next(columns);
    try {
      const answers = await this.followers(asked, rows, requests);
      const finished = asked.filter((column, at) => !this.addRows(column, answers[at] ?? null, at === 0));
      this.finish(finished);
    } catch (error) {
      if (isRefusal(error) && !this.bulkRefused && this.varbinds > minVarbinds) {
        this.varbinds = Math.ceil(this.varbinds / 2);
        return;
      }
      if (!isUnanswered(error) || !(await requests.isAlive?.())) throw error;
      this.varbinds = Math.max(minVarbinds, Math.ceil(this.varbinds / 2));
      for (const column of asked) column.strikes = 1;
    }
  }

  private async askAlone(columns: Column[], requests: WalkRequests): Promise<void> {
    const results = await Promise.allSettled(
      columns.map((column) => this.followers([column], Math.min(column.ask, rowsAlone), requests)),
    );
    const failure = results.find((result) => result.status === 'rejected' && !isUnanswered(result.reason));
    if (failure?.status === 'rejected') throw failure.reason;
    const anyAnswered = results.some(({ status }) => status === 'fulfilled');
    const [first] = results;
    if (!anyAnswered && first?.status === 'rejected' && !(await requests.isAlive?.())) throw first.reason;
    columns.forEach((column, at) => {
      const result = results[at];
      if (result?.status === 'fulfilled') {
        column.strikes = 1;
        if (!this.addRows(column, result.value[0] ?? null, true)) this.finish([column]);
        return;
      }
      column.strikes += 1;
      if (column.strikes > strikesToLeaveOut) this.leaveOut(column);
    });
  }

  private leaveOut(column: Column): void {
    if (column.rows === 0) this.unanswered.push(column.base);
    this.remark(`${column.base}: the agent answers no request for what follows ${column.from}`);
    this.finish([column]);
  }

  private finish(columns: readonly Column[]): void {
    this.pending = this.pending.filter((column) => !columns.includes(column));
  }

  private remark(words: string): void {
    if (this.remarks.length < maxRemarks && !this.remarks.includes(words)) this.remarks.push(words);
  }

  private async followers(
    columns: readonly Column[],
    rows: number,
    { getBulk, getNext = null }: WalkRequests,
  ): Promise<(Varbind[] | null)[]> {
    const from = columns.map((column) => column.from);
    if (!this.bulkRefused || !getNext) {
      this.packets += 1;
      try {
        return await getBulk(from, rows);
      } catch (error) {
        const isSmallest = columns.length === 1 || this.varbinds <= minVarbinds;
        if (!getNext || !isRefusal(error) || !isSmallest) throw error;
        this.bulkRefused = true;
      }
    }
    return this.nextOf(columns, getNext);
  }

  /** One row per column. Columns that are refused together are requested separately. */
  private async nextOf(columns: readonly Column[], getNext: GetNext): Promise<(Varbind[] | null)[]> {
    this.packets += 1;
    try {
      const found = await getNext(columns.map(({ from }) => from));
      return columns.map((_, at) => (found[at] ? [found[at]] : null));
    } catch (error) {
      const [only] = columns;
      if (!isRefusal(error) || !only) throw error;
      if (columns.length === 1) {
        if (only.rows === 0) this.unanswered.push(only.base);
        return [[{ oid: only.from, type: asnType.endOfMibView, value: null }]];
      }
      const half = Math.ceil(columns.length / 2);
      return [
        ...(await this.nextOf(columns.slice(0, half), getNext)),
        ...(await this.nextOf(columns.slice(half), getNext)),
      ];
    }
  }

  /** The columns of the next request, those with the fewest rows first, and the rows of each. */
  private next(columns: Column[]): { asked: Column[]; rows: number } {
    columns.sort((a, b) => a.ask - b.ask);
    let count = 0;
    let rows = 1;
    for (const { ask } of columns) {
      if (count > 0 && (count + 1) * ask > this.varbinds) break;
      count += 1;
      rows = Math.min(ask, this.varbinds);
    }
    return { asked: columns.slice(0, count), rows };
  }

  /**
   * Adds a column's rows; false when the column is finished. Without an answer there was no room for the column. Rows out of order are
   * added, too; an answer without any new row ends the column, once it was continued from the greatest row.
   */
  private addRows(column: Column, answer: Varbind[] | null, first: boolean): boolean {
    if (answer === null || answer.length === 0) return !first;
    column.ask = usualRows;
    let latest: string | null = null;
    for (const row of answer) {
      if (row.type === malformedType) return this.skipMalformed(column);
      const ended = isAbsent(row) || !isUnder(row.oid, column.base);
      if (ended || column.rows >= maxRowsPerColumn) {
        if (!ended)
          this.remark(`${column.base}: it has more than the ${maxRowsPerColumn} rows that are read`);
        noteLength(column);
        return false;
      }
      const follows = compareOids(row.oid, column.greatest) > 0;
      if (!follows) {
        this.remark(`${column.base}: the agent answers its rows out of order`);
        if (this.rows.has(row.oid)) continue;
      }
      latest = sharedOid(row.oid);
      this.rows.set(latest, row);
      column.rows += 1;
      if (follows) column.greatest = latest;
    }
    if (latest === null && column.from === column.greatest) return false;
    column.from = latest ?? column.greatest;
    return true;
  }

  /** Continues behind a row whose name cannot be read: most likely it has the next index. */
  private skipMalformed(column: Column): boolean {
    this.remark(`${column.base}: a row is malformed`);
    const index = isUnder(column.greatest, column.base)
      ? suffixOf(column.greatest, column.base).split('.')[0]
      : '0';
    column.greatest = `${column.base}.${Number(index) + 1}`;
    column.from = column.greatest;
    column.rows += 1;
    return column.rows < maxRowsPerColumn;
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

function isUnanswered(error: unknown): boolean {
  return error instanceof SnmpFailure && (error.code === 'timeout' || error.code === 'unanswered');
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
  // Before a scalar's instance comes its object.
  const start = (last > 0 ? [...parts, last - 1, 2_147_483_647] : parts).join('.');
  if (starts.size < maxKnownBases) starts.set(base, start);
  return start;
}
