import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import { genesisHash } from '../chain/event-chain';
import { ledgerGenesis, ledgerHash } from '../chain/ledger-chain';
import { parseLedgerEntry, pruneBodySchema, type LedgerEntry } from '../chain/ledger-entry';
import type { ChainPlace } from '../chain/signed-text';
import { checkAnchor } from './check-anchor';
import { checkCoverage, closingSeal, type LastSeal } from './check-coverage';
import { checkEvents } from './check-events';
import { HourCheck } from './check-hours';
import { KeyCheck, type LastSignature } from './check-keys';
import { NumberedCheck } from './check-numbered';
import { checkSamples } from './check-samples';
import type { Findings } from './findings';
import type { Reader } from './reader';
import { noteUnsignedTimes, SignedCover } from './unsigned-times';

type LedgerRow = [id: number, atMs: number, kind: string, body: string, hash: Buffer, previousHash: Buffer];

/** Result of a verification, apart from its findings. */
export interface Verified {
  signed: LastSignature | null;
  trustedKey: string | null;
}

/** One verification of an open history: a pass over the events, then one over the ledger, which leads to all the rest. */
export class Verification {
  private readonly historyId: string;
  private readonly keys: KeyCheck;
  private readonly numbered: NumberedCheck;
  private readonly hours: HourCheck;
  private readonly cover = new SignedCover();
  private readonly lastEventId: number;
  private readonly hashAt: Record<'ledger' | 'events', Database.Statement<[number], Buffer>>;
  private readonly sealIds: number[] = [];
  private lastSeal: Omit<LastSeal, 'lastLedgerId'> | null = null;

  constructor(
    private readonly db: Database.Database,
    private readonly findings: Findings,
    private readonly onBytes: (bytes: number) => void,
  ) {
    this.historyId =
      db.prepare<[], string>("SELECT value FROM meta WHERE key = 'history-id'").pluck().get() ?? '';
    this.keys = new KeyCheck(this.historyId, findings);
    this.numbered = new NumberedCheck(db, findings);
    this.hours = new HourCheck(db, this.prunings(), findings, onBytes);
    this.lastEventId = Number(db.prepare('SELECT coalesce(max(id), 0) FROM events').pluck().get());
    this.hashAt = {
      ledger: db.prepare<[number], Buffer>('SELECT hash FROM ledger WHERE id = ?').pluck(),
      events: db.prepare<[number], Buffer>('SELECT hash FROM events WHERE id = ?').pluck(),
    };
  }

  run({ key, trusted, anchor }: Reader): Verified {
    const { findings, keys } = this;
    checkEvents(this.db, this.historyId, findings, this.onBytes);
    const lastLedgerId = this.ledger();
    this.inventoryBodies();
    const closing = closingSeal(this.db, this.lastSeal?.body);
    if (closing?.underWay) this.hours.seal(lastLedgerId, closing.underWay);
    this.hours.concludePrunings();
    keys.conclude(key, trusted);
    if (!findings.isBad('ledger')) {
      const last = this.lastSeal && { ...this.lastSeal, lastLedgerId };
      checkCoverage(this.db, last, this.numbered, this.hours.present, findings);
      this.unsignedRows();
    }
    this.concludeSignatures(key !== null, closing !== null, lastLedgerId);
    if (anchor !== null) {
      const history = {
        historyId: this.historyId,
        lastLedgerId,
        lastEventId: this.lastEventId,
        ledger: (id: number) => this.hash('ledger', id),
        events: (id: number) => this.hash('events', id),
        knowsKey: (fingerprint: string) => keys.knows(fingerprint),
      };
      checkAnchor(anchor, history, findings);
    }
    return { signed: keys.lastSignature, trustedKey: keys.trustedKey };
  }

  /** Checks the ledger row by row, and what each row claims about the rest. Returns the last row's number. */
  private ledger(): number {
    const rows = this.db
      .prepare<[], LedgerRow>('SELECT id, at_ms, kind, body, hash, previous_hash FROM ledger ORDER BY id')
      .raw();
    let before = { id: 0, hash: ledgerGenesis(this.historyId) };
    for (const [id, atMs, kind, body, hash, previousHash] of rows.iterate()) {
      const due = before.id + 1;
      if (id !== due) return this.badLedger(due, `is missing: after ${before.id} comes ${id}`);
      if (!previousHash.equals(before.hash))
        return this.badLedger(id, `does not follow row ${before.id}: its previous hash is another one`);
      if (!hash.equals(ledgerHash(id, previousHash, { atMs, kind, body })))
        return this.badLedger(id, 'was changed after it was recorded');
      let entry: LedgerEntry;
      try {
        entry = parseLedgerEntry(kind, body);
      } catch (error) {
        return this.badLedger(
          id,
          `cannot be understood: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      this.apply(id, atMs, entry);
      this.findings.count('ledger');
      this.onBytes(body.length);
      before = { id, hash };
    }
    return before.id;
  }

  private apply(id: number, atMs: number, entry: LedgerEntry): void {
    if (entry.kind === 'key') this.keys.enter(id, entry.body);
    if (entry.kind === 'signature') {
      this.keys.signature(id, atMs, entry.body, (ledgerId) => this.hash('ledger', ledgerId));
      this.eventsUpTo(entry.body.events, id);
      if (this.keys.lastSignature?.rowId === id) this.cover.signed(entry.body.ledger.id, entry.body.events);
    }
    if (entry.kind === 'seal') {
      this.cover.seal(id, entry.body);
      this.eventsUpTo(entry.body.events, id);
      this.numbered.seal(id, entry.body);
      this.hours.seal(id, entry.body);
      this.lastSeal = { ledgerId: id, body: entry.body };
      this.sealIds.push(id);
    }
  }

  /** What only seals cover that nothing signs is as open as what no seal covers. */
  private unsignedRows(): void {
    const { cover, keys, db, findings } = this;
    const signed = keys.lastSignature;
    const seal = signed === null ? this.lastSeal?.body : cover.lastSeal?.body;
    checkSamples(db, seal, findings);
    const isClosed = seal === this.lastSeal?.body && closingSeal(db, seal) !== null;
    if (signed !== null && !isClosed) noteUnsignedTimes(db, cover, signed.ledgerId, findings);
  }

  /** Checks what a seal or signature claims about the events. */
  private eventsUpTo({ id, hash }: ChainPlace, ledgerId: number): void {
    if (id > this.lastEventId) {
      const missing = this.lastEventId + 1;
      this.findings.found('events', {
        table: 'events',
        id: missing,
        words: `Event ${missing} is missing: ledger row ${ledgerId} knows events up to ${id}.`,
      });
    } else if (this.hash('events', id) !== hash) {
      const after = this.lastSeal?.body.events.id ?? 0;
      this.findings.found('events', {
        table: 'events',
        id,
        words: `Event ${id} is not the one that ledger row ${ledgerId} names: events ${after + 1} to ${id} were written anew.`,
      });
    }
  }

  /**
   * Whether seals came after what is signed. For one who expects a key that is a fault, but for the one seal of a running Heron
   * that is just being signed.
   */
  private concludeSignatures(expected: boolean, closed: boolean, lastLedgerId: number): void {
    const signed = this.keys.lastSignature;
    const unsigned = this.sealIds.filter((id) => id > (signed?.ledgerId ?? 0));
    const [first] = unsigned;
    if (expected && first !== undefined && (closed || unsigned.length > 1)) {
      this.findings.found('signatures', {
        table: 'ledger',
        id: lastLedgerId + 1,
        words: `Ledger row ${lastLedgerId + 1} is missing: nothing signs what was sealed in row ${first} and later.`,
      });
    } else if (signed === null) {
      this.findings.leftOpen('signatures', 'Not signed: no key vouches for this history.');
    } else if (first !== undefined) {
      this.findings.leftOpen(
        'signatures',
        `Signed up to ledger row ${signed.ledgerId}; what came later is not.`,
      );
    } else this.findings.note('signatures', `Signed up to ledger row ${signed.ledgerId}.`);
    if (signed !== null && lastLedgerId > signed.rowId)
      this.findings.leftOpen(
        'ledger',
        `${lastLedgerId - signed.rowId} rows came after the last signature (row ${signed.rowId}).`,
      );
  }

  private hash(chain: 'ledger' | 'events', id: number): string | null {
    if (id === 0 && chain === 'events') return genesisHash(this.historyId).toString('hex');
    if (id === 0) return ledgerGenesis(this.historyId).toString('hex');
    return this.hashAt[chain].get(id)?.toString('hex') ?? null;
  }

  private inventoryBodies(): void {
    const rows = this.db
      .prepare<[], [number, string, Buffer]>('SELECT id, body, sha256 FROM inventory_versions ORDER BY id')
      .raw();
    for (const [id, body, sha256] of rows.iterate()) {
      this.onBytes(body.length);
      if (createHash('sha256').update(body, 'utf8').digest().equals(sha256)) continue;
      const words = `Inventory version ${id} was changed: its body does not have its digest.`;
      this.findings.found('inventories', { table: 'inventory_versions', id, words });
    }
  }

  private prunings(): ConstructorParameters<typeof HourCheck>[1] {
    const rows = this.db
      .prepare<[], [number, string]>("SELECT id, body FROM ledger WHERE kind = 'prune' ORDER BY id")
      .raw()
      .all();
    return rows.flatMap(([ledgerId, body]) => {
      // One that cannot be understood is found where the ledger is read.
      const checked = pruneBodySchema.safeParse(parsedOrNull(body));
      return checked.success ? [{ ledgerId, ...checked.data, known: 0 }] : [];
    });
  }

  private badLedger(id: number, what: string): number {
    this.findings.found('ledger', { table: 'ledger', id, words: `Ledger row ${id} ${what}.` });
    return id - 1;
  }
}

function parsedOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
