import { checkNames, type BadRecord, type Check, type CheckName } from '../../domain/proof/check';

export type { BadRecord, Check, CheckName } from '../../domain/proof/check';

const units: Partial<Record<CheckName, string>> = {
  keys: 'keys',
  signatures: 'signatures',
  anchor: 'anchors',
  file: 'files',
  extract: 'files',
};

/** Collects what the checks find. Only the first bad record of each check is stored. */
export class Findings {
  private readonly counts = new Map<CheckName, number>();
  private readonly bad = new Map<CheckName, BadRecord>();
  private readonly notes = new Map<CheckName, string[]>();
  private readonly open = new Map<CheckName, number | null>();

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

  /**
   * Notes that part of this check is proven by nothing. `fromMs`: the time of its first record, where that can lie before the last
   * signature; what was recorded after the signature needs none.
   */
  leftOpen(name: CheckName, words: string, fromMs: number | null = null): void {
    const known = this.open.get(name) ?? null;
    this.open.set(name, known === null || fromMs === null ? (known ?? fromMs) : Math.min(known, fromMs));
    this.note(name, words);
  }

  /** Dates what is open of a check back to the earliest time that it is about. A check that was not open becomes so. */
  openFrom(name: CheckName, fromMs: number): void {
    if (!this.open.has(name)) return this.leftOpen(name, 'No signed seal covers all of them.', fromMs);
    this.open.set(name, Math.min(this.open.get(name) ?? fromMs, fromMs));
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
          openFromMs: this.open.get(name) ?? null,
        };
      });
  }
}
