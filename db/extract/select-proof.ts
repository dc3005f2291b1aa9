import type Database from 'better-sqlite3';
import { parseLedgerEntry } from '../chain/ledger-entry';
import { parseRangeText } from '../chain/number-ranges';
import { coveredSets, type CoveredSet } from './covered-sets';

/** Max. events followed to the next sealed head; an event farther from it is included without a proof. */
const mostLinks = 20_000;
/** Ledger rows searched for the signature, which follows its seal closely. */
const rowsToSignature = 8;
/** A sealed set with more rows than this is not included for the sake of a few of them. */
const mostLines = 20_000;

/** The part of the proof that goes into an incident file. */
export interface ProofSelection {
  linkIds: number[];
  ledgerIds: number[];
  /** Sets that cover rows of the file. */
  sets: { ledgerId: number; set: CoveredSet }[];
}

interface Seal {
  id: number;
  headId: number;
  sets: CoveredSet[];
}

/** `copiedRows`: by table, the numbers of the rows copied unchanged (of chunks and rollups: their sealings). */
export function selectProof(
  db: Database.Database,
  eventIds: readonly number[],
  copiedRows: Readonly<Record<string, ReadonlySet<number>>>,
): ProofSelection {
  const lastEventId = Number(db.prepare('SELECT coalesce(max(id), 0) FROM events').pluck().get());
  const heads: { headId: number; sealId: number }[] = [];
  const sets: ProofSelection['sets'] = [];
  const neededSeals = new Set<number>();
  for (const seal of sealsOf(db)) {
    heads.push({ headId: seal.headId, sealId: seal.id });
    for (const set of seal.sets) {
      if (!touches(set, copiedRows)) continue;
      sets.push({ ledgerId: seal.id, set });
      neededSeals.add(seal.id);
    }
  }
  const linkIds = new Set<number>();
  const copied = new Set(eventIds);
  let linkedTo = 0;
  for (const eventId of eventIds) {
    if (eventId <= linkedTo) continue;
    const head = heads.find(({ headId }) => headId >= eventId);
    const endId = head?.headId ?? lastEventId;
    if (endId - eventId > mostLinks) continue;
    for (let id = eventId; id <= endId; id += 1) if (!copied.has(id)) linkIds.add(id);
    linkedTo = endId;
    if (head) neededSeals.add(head.sealId);
  }
  return { linkIds: [...linkIds].sort((a, b) => a - b), ledgerIds: ledgerIdsOf(db, neededSeals), sets };
}

/** Each seal and what leads from it to the signature over it; and every key. */
function ledgerIdsOf(db: Database.Database, seals: ReadonlySet<number>): number[] {
  const ids = new Set(
    db.prepare<[], number>("SELECT id FROM ledger WHERE kind = 'key' ORDER BY id").pluck().all(),
  );
  const after = db.prepare<[number, number], { id: number; kind: string }>(
    'SELECT id, kind FROM ledger WHERE id > ? ORDER BY id LIMIT ?',
  );
  for (const sealId of seals) {
    ids.add(sealId);
    const rows = after.all(sealId, rowsToSignature);
    const place = rows.findIndex(({ kind }) => kind === 'signature');
    for (const { id } of rows.slice(0, place + 1)) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}

function* sealsOf(db: Database.Database): Generator<Seal> {
  const rows = db
    .prepare<[], { id: number; body: string }>("SELECT id, body FROM ledger WHERE kind = 'seal' ORDER BY id")
    .iterate();
  for (const { id, body } of rows) {
    const entry = parseLedgerEntry('seal', body);
    if (entry.kind === 'seal') yield { id, headId: entry.body.events.id, sets: coveredSets(entry.body) };
  }
}

function touches(
  { table, rows, period, sealing }: CoveredSet,
  copiedRows: Readonly<Record<string, ReadonlySet<number>>>,
): boolean {
  const ranges = parseRangeText(rows.rows);
  const count = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  const of = copiedRows[table];
  if (!of || count > mostLines) return false;
  if (period !== null && sealing !== null) return of.has(sealing);
  for (const number of of) if (ranges.some(([first, last]) => first <= number && number <= last)) return true;
  return false;
}
