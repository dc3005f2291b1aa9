import Database from 'better-sqlite3';
import type { ExpectedTable } from '../file/expected-tables';

/** Keys `from` to `to` whose rows, if there were any, cannot be read; Infinity: to the table's end. */
export interface Hole {
  from: number;
  to: number;
}

/** The part of one table that could be salvaged. */
export interface SalvagedTable {
  name: string;
  rows: number;
  /** Rows that could be read but are not what Heron wrote: they do not fit their own checksum, or the table's rules. */
  wrongRows: number;
  holes: Hole[];
}

/** Restores a row: it was restored, is a duplicate, or is wrong. Its values are in the order of the table's columns. */
export type RestoreRow = (row: unknown[]) => 'restored' | 'duplicate' | 'wrong';

interface Reading {
  complete: boolean;
  /** Key of the last row read; null: none was. */
  lastKey: number | null;
}

/** Attempts at damaged ranges of one table; each costs one descent of its tree. */
const mostProbes = 2000;
const highestPower = 52;

/**
 * Reads every readable row of a table. At a damaged page SQLite stops: the rows are then read from the other end, and the range
 * between is halved, widest first, until no more rows are found.
 */
export class TableSalvage {
  private rows = 0;
  private wrongRows = 0;
  private probes = 0;
  private readonly holes: Hole[] = [];

  constructor(
    private readonly db: Database.Database,
    private readonly table: ExpectedTable,
    private readonly restore: RestoreRow,
  ) {}

  run(): SalvagedTable {
    const up = this.read('', '', []);
    if (!up.complete) this.readOn(up.lastKey);
    return { name: this.table.name, rows: this.rows, wrongRows: this.wrongRows, holes: merged(this.holes) };
  }

  private readOn(reached: number | null): void {
    const down = this.read('', 'DESC', []);
    if (this.table.key === null) {
      this.holes.push({ from: 0, to: Infinity });
      return;
    }
    const base = reached ?? -1;
    if (down.lastKey !== null) this.readInside({ from: base + 1, to: down.lastKey - 1 });
    else this.readInside(...this.beforeDamagedEnd(base));
  }

  /** The end itself is damaged: the ranges between `base` and the furthest key from which rows could be read backwards. */
  private beforeDamagedEnd(base: number): Hole[] {
    for (let power = highestPower; power >= 0; power -= 1) {
      const from = base + 2 ** power;
      const { lastKey } = this.readBetween({ from: base + 1, to: from }, 'DESC');
      if (lastKey === null) continue;
      this.holes.push({ from: base + 2 ** (power + 1) + 1, to: Infinity });
      return [
        { from: base + 1, to: lastKey - 1 },
        { from: from + 1, to: base + 2 ** (power + 1) },
      ];
    }
    this.holes.push({ from: base + 1, to: Infinity });
    return [];
  }

  /** Reads what it can in ranges whose two ends are known. */
  private readInside(...ranges: Hole[]): void {
    const waiting = ranges.filter(({ from, to }) => from <= to);
    while (waiting.length > 0 && this.probes < mostProbes) {
      waiting.sort((a, b) => a.to - a.from - (b.to - b.from));
      const range = waiting.pop();
      if (range) waiting.push(...this.leftOf(range));
    }
    this.holes.push(...waiting);
  }

  /** Reads a range from both ends, and returns what is left to read. */
  private leftOf({ from, to }: Hole): Hole[] {
    const up = this.readBetween({ from, to }, '');
    if (up.complete) return [];
    // A key may have several rows: the last ones may be readable only from the other end.
    const down = this.readBetween({ from: up.lastKey ?? from, to }, 'DESC');
    const left = { from: (up.lastKey ?? from - 1) + 1, to: (down.lastKey ?? to + 1) - 1 };
    if (left.from > left.to) return [];
    if (up.lastKey !== null || down.lastKey !== null) return [left];
    if (from === to) {
      this.holes.push(left);
      return [];
    }
    const middle = Math.floor((from + to) / 2);
    return [
      { from, to: middle },
      { from: middle + 1, to },
    ];
  }

  private readBetween({ from, to }: Hole, direction: '' | 'DESC'): Reading {
    this.probes += 1;
    return this.read(`WHERE ${this.table.key} BETWEEN ? AND ?`, direction, [from, to]);
  }

  private read(where: string, direction: '' | 'DESC', bounds: number[]): Reading {
    const { key, columns, name } = this.table;
    const order = key ?? columns[0] ?? '';
    let lastKey: number | null = null;
    try {
      const rows = this.db
        .prepare<number[], unknown[]>(
          `SELECT ${key ?? 'NULL'}, ${columns.join(', ')} FROM ${name} ${where} ORDER BY ${order} ${direction}`,
        )
        .raw()
        .iterate(...bounds);
      for (const [at, ...row] of rows) {
        const outcome = this.restore(row);
        if (outcome === 'restored') this.rows += 1;
        if (outcome === 'wrong') this.wrongRows += 1;
        if (typeof at === 'number') lastKey = at;
      }
      return { complete: true, lastKey };
    } catch (error) {
      if (!isReadFailure(error)) throw error;
      return { complete: false, lastKey };
    }
  }
}

function merged(holes: Hole[]): Hole[] {
  const result: Hole[] = [];
  for (const hole of [...holes].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last && hole.from <= last.to + 1) last.to = Math.max(last.to, hole.to);
    else result.push({ ...hole });
  }
  return result;
}

function isReadFailure(error: unknown): boolean {
  return error instanceof Database.SqliteError && /^SQLITE_(CORRUPT|IOERR|NOTADB)/.test(error.code);
}
