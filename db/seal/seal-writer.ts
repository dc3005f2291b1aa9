import type Database from 'better-sqlite3';
import { genesisHash } from '../chain/event-chain';
import { closingOf } from './closing';
import { sealBodySchema, type SealBody, type SealedRows, type SealedThrough } from '../chain/ledger-entry';
import type { ChainHead, LedgerWriter } from '../chain/ledger-writer';
import { endedRows, NumberedRows, sealRows, type NumberedLine } from '../chain/sealable-rows';
import { durably } from './durable';
import { SealDraft, type Sealing } from './seal-draft';
import { sealedTables } from '../chain/sealed-tables';

/** Without a finished hour (nothing answered, nothing is configured) the history is sealed after this time. */
const longestMs = 65 * 60_000;
const mostSealings = 32;
/** Rows of one table in one seal; more go into the next, which follows at once. */
const mostRows = 2000;

const nothing: SealedThrough = {
  sealings: 0,
  spansBegun: 0,
  runsBegun: 0,
  clockSteps: 0,
  inventoryVersions: 0,
  clusters: 0,
  edges: 0,
};

/** Makes seals, in the writer's thread. */
export class SealWriter {
  private last: { id: number; atMs: number; through: SealedThrough };
  /** When the last seal was made, by the monotonic clock; null: by an earlier run. */
  private sealedAtMs: number | null = null;
  private draft: SealDraft | null = null;
  /** The last seal reached a limit: the next one follows at once. */
  private more = false;
  private readonly numbered: NumberedRows;
  private readonly endedSpans: Database.Statement<[number, number], NumberedLine>;
  private readonly endedRuns: Database.Statement<[number, number], NumberedLine>;

  constructor(
    private readonly db: Database.Database,
    private readonly historyId: string,
    private readonly ledger: LedgerWriter,
  ) {
    this.numbered = new NumberedRows(db);
    this.endedSpans = endedRows(db, 'span', sealedTables.spansEnded);
    this.endedRuns = endedRows(db, 'run', sealedTables.runsEnded);
    this.last = this.readLast();
  }

  /** The last seal's ledger row; 0 when there is none. */
  get lastSealId(): number {
    return this.last.id;
  }

  /**
   * Does the next step of sealing, a few milliseconds, when something is to be sealed. True: there is more to do. Not inside a
   * transaction. `monotonicMs` paces it, whatever the wall clock does.
   */
  step(nowMs: number, monotonicMs = nowMs): boolean {
    // What an earlier run left is soon sealed, but not sooner than the wall clock asks for.
    this.sealedAtMs ??= monotonicMs - Math.max(0, Math.min(longestMs, nowMs - this.last.atMs));
    this.draft ??= this.draftIfDue(monotonicMs - this.sealedAtMs);
    const draft = this.draft;
    if (draft === null) return false;
    if (!draft.done) {
      draft.step();
      return true;
    }
    try {
      durably(this.db, () => this.db.transaction(() => this.seal(draft, nowMs, false)).immediate());
    } catch (error) {
      this.forget();
      throw error;
    }
    this.draft = null;
    this.sealedAtMs = monotonicMs;
    return this.more;
  }

  /** Seals everything that is not sealed yet, at the end of a run. Inside a transaction. */
  close(nowMs: number): void {
    this.sealAll(nowMs, true);
  }

  /** Seals what a seal can cover now, without waiting for the end of the hour. Inside a transaction. */
  sealNow(nowMs: number): void {
    this.sealAll(nowMs, false);
  }

  /** Discards the state of a rolled-back transaction. */
  forget(): void {
    this.draft = null;
    this.last = this.readLast();
  }

  private sealAll(nowMs: number, closing: boolean): void {
    do {
      const draft = this.draft ?? new SealDraft(this.db, this.finishedSealings());
      this.draft = null;
      while (!draft.done) draft.step();
      this.seal(draft, nowMs, closing);
    } while (this.more);
  }

  private draftIfDue(sinceMs: number): SealDraft | null {
    const sealings = this.finishedSealings();
    return sealings.length > 0 || this.more || sinceMs >= longestMs ? new SealDraft(this.db, sealings) : null;
  }

  private finishedSealings(): Sealing[] {
    return this.db
      .prepare<[number, number], Sealing>(
        `SELECT id, level, period FROM sealings WHERE id > ? AND finished_ms IS NOT NULL ORDER BY id LIMIT ?`,
      )
      .all(this.last.through.sealings, mostSealings);
  }

  private seal(draft: SealDraft, nowMs: number, closing: boolean): void {
    const before = this.last.through;
    const next = (name: keyof SealedThrough): NumberedLine[] =>
      this.numbered.after(name, before[name], mostRows);
    const sealings = next('sealings').filter(([id]) => id <= (draft.lastSealingId ?? 0));
    const begun = {
      sealings,
      spansBegun: next('spansBegun'),
      runsBegun: next('runsBegun'),
      clockSteps: next('clockSteps'),
      inventoryVersions: next('inventoryVersions'),
      clusters: next('clusters'),
      edges: next('edges'),
    };
    const through = Object.fromEntries(
      Object.entries(begun).map(([name, rows]) => [
        name,
        rows.at(-1)?.[0] ?? before[name as keyof SealedThrough],
      ]),
    ) as SealedThrough;
    const ended = {
      spansEnded: this.endedSpans.all(through.spansBegun, mostRows),
      runsEnded: this.endedRuns.all(through.runsBegun, mostRows),
    };
    const all = { ...begun, ...ended };
    this.more =
      Object.values(all).some((rows) => rows.length === mostRows) ||
      (closing && draft.lastSealingId !== null);
    const sets = Object.fromEntries(Object.entries(all).map(([name, rows]) => [name, sealRows(rows)]));
    const body: SealBody = {
      events: this.eventsHead(),
      through,
      chunks: draft.chunks,
      rollups: draft.rollups,
      ...(sets as Partial<Record<keyof typeof all, SealedRows>>),
      ...(closing && !this.more ? { closing: closingOf(this.db) } : {}),
    };
    this.last = { id: this.ledger.append(nowMs, { kind: 'seal', body }).id, atMs: nowMs, through };
    this.forgetEnds('span', ended.spansEnded);
    this.forgetEnds('run', ended.runsEnded);
  }

  private forgetEnds(what: 'span' | 'run', rows: NumberedLine[]): void {
    const last = rows.at(-1);
    if (!last) return;
    this.db.prepare('DELETE FROM unsealed_ends WHERE what = ? AND number <= ?').run(what, last[0]);
  }

  private eventsHead(): { id: number; hash: string } {
    const head = this.db
      .prepare<[], ChainHead>('SELECT id, hash FROM events ORDER BY id DESC LIMIT 1')
      .get() ?? { id: 0, hash: genesisHash(this.historyId) };
    return { id: head.id, hash: head.hash.toString('hex') };
  }

  private readLast(): SealWriter['last'] {
    const row = this.db
      .prepare<[], { id: number; atMs: number; body: string }>(
        "SELECT id, at_ms AS atMs, body FROM ledger WHERE kind = 'seal' ORDER BY id DESC LIMIT 1",
      )
      .get();
    if (!row) return { id: 0, atMs: 0, through: nothing };
    return { id: row.id, atMs: row.atMs, through: sealBodySchema.parse(JSON.parse(row.body)).through };
  }
}
