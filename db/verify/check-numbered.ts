import type Database from 'better-sqlite3';
import type { SealBody, SealedRows, SealedThrough } from '../chain/ledger-entry';
import { parseRangeText } from '../chain/number-ranges';
import type { NumberedLine } from '../chain/sealable-rows';
import { sealedTables, type SealedTableName } from '../chain/sealed-tables';
import { firstDifference } from './compare-rows';
import type { CheckName, Findings } from './findings';
import { NumberSet } from './number-set';

const checkOf: Record<SealedTableName, CheckName> = {
  sealings: 'sealed hours',
  spansBegun: 'spans',
  spansEnded: 'spans',
  runsBegun: 'monitor runs',
  runsEnded: 'monitor runs',
  clockSteps: 'monitor runs',
  inventoryVersions: 'inventories',
  clusters: 'names',
  edges: 'names',
};

const beginnings: (keyof SealedThrough)[] = [
  'sealings',
  'spansBegun',
  'runsBegun',
  'clockSteps',
  'inventoryVersions',
  'clusters',
  'edges',
];
const endings = ['spansEnded', 'runsEnded'] as const;

/** Row numbers in a SQL statement's reach: more than SQLite gives out. */
const endless = Number.MAX_SAFE_INTEGER;
/** Heron numbers rows from 1: a lower number was inserted by someone else. */
const leastNumber = -Number.MAX_SAFE_INTEGER;

/** Checks the tables whose rows are numbered against the seals, in the seals' order. */
export class NumberedCheck {
  private readonly statements = new Map<
    SealedTableName,
    Database.Statement<[number, number], NumberedLine>
  >();
  private through: SealedThrough | null = null;
  private readonly ended = { spansEnded: new NumberSet(), runsEnded: new NumberSet() };

  constructor(
    private readonly db: Database.Database,
    private readonly findings: Findings,
  ) {}

  /** What the seals read so far cover; null: no seal was read. */
  get coveredThrough(): SealedThrough | null {
    return this.through;
  }

  seal(ledgerId: number, body: SealBody): void {
    for (const name of beginnings) {
      const from = this.through === null ? leastNumber : this.through[name] + 1;
      this.compare(ledgerId, name, this.between(name, from, body.through[name]), body[name]);
    }
    for (const name of endings) {
      const ranges = parseRangeText(body[name]?.rows ?? '');
      const rows = ranges.flatMap(([first, last]) => this.between(name, first, last));
      this.compare(ledgerId, name, rows, body[name]);
      for (const range of ranges) this.ended[name].addRange(range);
    }
    this.through = body.through;
  }

  /** The first ended span or run that no seal covers the end of, and how many there are. */
  uncoveredEnds(name: 'spansEnded' | 'runsEnded'): { first: number | null; count: number } {
    const numbers = this.uncovered(name);
    return { first: numbers[0] ?? null, count: numbers.length };
  }

  /** Whether a row has ended and no seal covers its end. */
  isUncoveredEnd(name: 'spansEnded' | 'runsEnded', number: number): boolean {
    return this.uncovered(name).includes(number);
  }

  private uncovered(name: 'spansEnded' | 'runsEnded'): number[] {
    const over = name === 'spansEnded' ? 'to_ms IS NOT NULL' : "ended <> 'running'";
    return this.db
      .prepare<[], number>(`SELECT id FROM ${sealedTables[name].table} WHERE ${over} ORDER BY id`)
      .pluck()
      .all()
      .filter((id) => !this.ended[name].has(id));
  }

  private compare(
    ledgerId: number,
    name: SealedTableName,
    rows: NumberedLine[],
    sealed: SealedRows | undefined,
  ): void {
    const { table } = sealedTables[name];
    const check = checkOf[name];
    const difference = firstDifference(rows, sealed ?? { rows: '', marks: '', sha256: emptyDigest });
    if (difference === null) {
      if (name !== 'spansBegun' && name !== 'runsBegun') this.findings.count(check, rows.length);
      return;
    }
    const { number, what } = difference;
    this.findings.found(check, {
      table,
      id: number,
      words: `${table} row ${number ?? `among ${sealed?.rows ?? ''}`} ${whatWords[what]} (sealed in ledger row ${ledgerId}).`,
    });
  }

  private between(name: SealedTableName, first: number, last: number): NumberedLine[] {
    let statement = this.statements.get(name);
    if (!statement) {
      const { table, key, line } = sealedTables[name];
      statement = this.db
        .prepare<[number, number], NumberedLine>(
          `SELECT ${key}, ${line} FROM ${table} WHERE ${key} BETWEEN ? AND ? ORDER BY ${key}`,
        )
        .raw();
      this.statements.set(name, statement);
    }
    return last < first ? [] : statement.all(first, Math.min(last, endless));
  }
}

/** SHA-256 of nothing: no rows. */
const emptyDigest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** What is wrong with a row, after its name. */
export const whatWords = {
  missing: 'is missing',
  added: 'was put in later',
  changed: 'was changed',
};
