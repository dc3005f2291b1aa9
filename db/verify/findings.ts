/** The checks, in the order in which they are reported. */
export const checkNames = [
  'extract',
  'events',
  'ledger',
  'keys',
  'signatures',
  'sealed hours',
  'chunks',
  'rollups',
  'spans',
  'monitor runs',
  'inventories',
  'names',
  'samples',
  'prunings',
  'anchor',
] as const;
export type CheckName = (typeof checkNames)[number];

/** A row that is not what it must be. `id` is its number, where it has one. */
export interface BadRecord {
  table: string;
  id: number | null;
  /** UTC hour, day or month since 1970, for chunks and rollups. */
  period: number | null;
  edge: string | null;
  /** One sentence: which record, and what differs. */
  words: string;
}

/**
 * `ok`: looked at, and as it must be. `bad`: not. `open`: as far as it is covered it is as it must be, but part of it is not
 * covered (yet), or no signature vouches for it.
 */
export interface Check {
  name: CheckName;
  count: number;
  /** What was counted: "rows", "signatures". */
  unit: string;
  result: 'ok' | 'bad' | 'open';
  words: string;
  bad: BadRecord | null;
}

const units: Partial<Record<CheckName, string>> = {
  keys: 'keys',
  signatures: 'signatures',
  anchor: 'anchors',
  extract: 'files',
};

/** Collects what the checks find. Only the first bad record of each check is stored. */
export class Findings {
  private readonly counts = new Map<CheckName, number>();
  private readonly bad = new Map<CheckName, BadRecord>();
  private readonly notes = new Map<CheckName, string[]>();
  private readonly open = new Set<CheckName>();

  count(name: CheckName, more = 1): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + more);
  }

  /** Stores a bad record, unless an earlier one of the same check is known. */
  found(name: CheckName, record: Partial<BadRecord> & Pick<BadRecord, 'table' | 'words'>): void {
    if (!this.bad.has(name)) this.bad.set(name, { id: null, period: null, edge: null, ...record });
  }

  /** A word to add to a check's line. */
  note(name: CheckName, words: string): void {
    this.notes.set(name, [...(this.notes.get(name) ?? []), words]);
  }

  /** As `note`; and part of this check is not covered. */
  leftOpen(name: CheckName, words: string): void {
    this.open.add(name);
    this.note(name, words);
  }

  isBad(name: CheckName): boolean {
    return this.bad.has(name);
  }

  /** One entry for each check, in their order; without the `left out`. */
  checks(leftOut: ReadonlySet<CheckName>): Check[] {
    return checkNames
      .filter((name) => !leftOut.has(name))
      .map((name) => {
        const bad = this.bad.get(name) ?? null;
        return {
          name,
          count: this.counts.get(name) ?? 0,
          unit: units[name] ?? 'rows',
          result: bad ? 'bad' : this.open.has(name) ? 'open' : 'ok',
          words: bad?.words ?? this.notes.get(name)?.join(' ') ?? 'As they were written.',
          bad,
        };
      });
  }
}
