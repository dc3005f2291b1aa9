import type Database from 'better-sqlite3';
import { hash } from 'node:crypto';
import type { PruneBody, SealBody, SealedRows } from '../chain/ledger-entry';
import { countOf, numbersOf, parseRangeText } from '../chain/number-ranges';
import type { NumberedLine } from '../chain/sealable-rows';
import { chunkLine, rollupLine } from '../chain/sealed-tables';
import { firstDifference } from './compare-rows';
import { whatWords } from './check-numbered';
import type { Findings } from './findings';

/** The line ends with the row's digest of its body, as text. */
type StoredRow = [edge: number, line: string, body: Buffer, id: number];
interface Pruned extends PruneBody {
  ledgerId: number;
  /** Rows that the seals know in its periods. */
  known: number;
}
interface HourSet extends SealedRows {
  ids?: string | undefined;
  table: 'chunks' | 'rollups';
  level: number;
  period: number;
  sealing: number;
}

const lastEdge = Number.MAX_SAFE_INTEGER;

/** Checks chunks and rollups, bodies included, against the seals. */
export class HourCheck {
  /** Rows that the seals know and that are here. */
  readonly present = { chunks: 0, rollups: 0 };
  private readonly chunks: Database.Statement<[number, number, number, number], StoredRow>;
  private readonly rollups: Database.Statement<[number, number, number, number, number], StoredRow>;
  private readonly edgeId: Database.Statement<[number], string>;

  constructor(
    db: Database.Database,
    private readonly prunings: Pruned[],
    private readonly findings: Findings,
    private readonly onRow: (bytes: number) => void,
  ) {
    this.chunks = db
      .prepare<[number, number, number, number], StoredRow>(
        `SELECT edge, ${chunkLine}, body, id FROM chunks
         WHERE hour = ? AND edge BETWEEN ? AND ? AND sealing = ? ORDER BY edge`,
      )
      .raw();
    this.rollups = db
      .prepare<[number, number, number, number, number], StoredRow>(
        `SELECT edge, ${rollupLine}, body, id FROM rollups
         WHERE level = ? AND period = ? AND edge BETWEEN ? AND ? AND sealing = ? ORDER BY edge`,
      )
      .raw();
    this.edgeId = db.prepare<[number], string>('SELECT id FROM edges WHERE number = ?').pluck();
  }

  seal(ledgerId: number, body: Pick<SealBody, 'chunks' | 'rollups'>): void {
    this.sets(
      ledgerId,
      body.chunks.map((set) => ({ ...set, table: 'chunks', level: 0, period: set.hour })),
    );
    this.sets(
      ledgerId,
      body.rollups.map((set) => ({ ...set, table: 'rollups' })),
    );
  }

  /** After the last seal: what was pruned must be what had been sealed. */
  concludePrunings(): void {
    for (const { ledgerId, table, count, known } of this.prunings) {
      this.findings.count('prunings', count);
      if (count === known) continue;
      this.findings.found('prunings', {
        table: 'ledger',
        id: ledgerId,
        words: `Ledger row ${ledgerId} removed ${count} ${table} where ${known} had been sealed.`,
      });
    }
  }

  /** One sealing's rows may be several sets, each going on where the one before ended. */
  private sets(ledgerId: number, sets: HourSet[]): void {
    let afterEdge = 0;
    for (const [index, set] of sets.entries()) {
      const next = sets[index + 1];
      const goesOn = next !== undefined && isSame(next, set);
      const ranges = parseRangeText(set.rows);
      const last = goesOn ? (ranges.at(-1)?.[1] ?? 0) : lastEdge;
      this.set(ledgerId, set, afterEdge + 1, last);
      afterEdge = goesOn ? last : 0;
    }
  }

  private set(ledgerId: number, set: HourSet, firstEdge: number, last: number): void {
    const pruned = this.prunings.find(
      (prune) =>
        prune.ledgerId > ledgerId &&
        prune.table === set.table &&
        prune.level === set.level &&
        prune.fromPeriod <= set.period &&
        set.period <= prune.toPeriod,
    );
    const rows =
      set.table === 'chunks'
        ? this.chunks.iterate(set.period, firstEdge, last, set.sealing)
        : this.rollups.iterate(set.level, set.period, firstEdge, last, set.sealing);
    const lines: NumberedLine[] = [];
    const ids: number[] = [];
    for (const [edge, line, body, id] of rows) {
      this.onRow(body.length);
      if (!line.endsWith(`"${hash('sha256', body, 'hex')}"]`))
        return this.bad(ledgerId, set, edge, 'was changed: its body does not have its digest');
      lines.push([edge, line]);
      ids.push(id);
    }
    if (pruned) {
      pruned.known += countOf(parseRangeText(set.rows));
      const [here] = lines;
      if (here) this.bad(pruned.ledgerId, set, here[0], 'is here, though it was removed');
      return;
    }
    const difference = firstDifference(lines, set);
    if (difference) return this.bad(ledgerId, set, difference.number, whatWords[difference.what]);
    const sealedIds = set.ids === undefined ? null : [...numbersOf(parseRangeText(set.ids))];
    const moved = sealedIds?.findIndex((id, index) => id !== ids[index]) ?? -1;
    if (moved >= 0) return this.bad(ledgerId, set, lines[moved]?.[0] ?? null, 'has another row number');
    this.findings.count(set.table, lines.length);
    this.present[set.table] += lines.length;
  }

  private bad(ledgerId: number, set: HourSet, edge: number | null, what: string): void {
    const id = edge === null ? null : (this.edgeId.get(edge) ?? `number ${edge}`);
    const row = set.table === 'chunks' ? 'The chunk' : 'The rollup';
    this.findings.found(set.table, {
      table: set.table,
      period: set.period,
      edge: id,
      words: `${row} of edge ${id ?? '(one of several)'} for ${periodWords(set)} ${what} (sealed in ledger row ${ledgerId}).`,
    });
  }
}

function isSame(a: HourSet, b: HourSet): boolean {
  return a.level === b.level && a.period === b.period && a.sealing === b.sealing;
}

function periodWords({ table, level, period }: HourSet): string {
  if (table === 'chunks' || level === 1)
    return `the hour ${period} (${new Date(period * 3_600_000).toISOString().slice(0, 13)}Z)`;
  if (level === 2) return `the day ${period} (${new Date(period * 86_400_000).toISOString().slice(0, 10)})`;
  return `the month ${period} (${1970 + Math.floor(period / 12)}-${String((period % 12) + 1).padStart(2, '0')})`;
}
