import type Database from 'better-sqlite3';
import { levels } from '../codec/encode-rollup';
import { firstDayOfMonth } from '../codec/periods';
import { parseRangeText } from '../chain/number-ranges';
import type { ChainPlace } from '../chain/signed-text';
import type { SealBody } from '../chain/ledger-entry';
import type { CheckName, Findings } from './findings';
import { NumberSet } from './number-set';

interface PendingSeal {
  ledgerId: number;
  body: SealBody;
}

const hourMs = 3_600_000;

/** What the signed part of a ledger covers. A seal that nothing signs can have been appended by anybody. */
export class SignedCover {
  /** The last seal that a signature covers; null: none yet. */
  lastSeal: PendingSeal | null = null;
  lastEventId = 0;
  private pending: PendingSeal[] = [];
  private readonly ended = { spans: new NumberSet(), runs: new NumberSet() };

  /** A row of kind `seal`. */
  seal(ledgerId: number, body: SealBody): void {
    this.pending.push({ ledgerId, body });
  }

  /** A valid signature over the ledger up to `ledgerId` and over the events up to a head. The last one counts. */
  signed(ledgerId: number, events: ChainPlace): void {
    for (const seal of this.pending.filter((one) => one.ledgerId <= ledgerId)) {
      this.lastSeal = seal;
      for (const range of parseRangeText(seal.body.spansEnded?.rows ?? '')) this.ended.spans.addRange(range);
      for (const range of parseRangeText(seal.body.runsEnded?.rows ?? '')) this.ended.runs.addRange(range);
    }
    this.pending = this.pending.filter((one) => one.ledgerId > ledgerId);
    this.lastEventId = Math.max(this.lastSeal?.body.events.id ?? 0, events.id);
  }

  /** The earliest hour, day or month of which a seal that nothing signs covers chunks or rollups, as its first moment; null: none. */
  unsignedPeriodMs(): number | null {
    let earliest: number | null = null;
    const note = (level: number, period: number): void => {
      earliest = Math.min(earliest ?? Infinity, startOfPeriodMs(level, period));
    };
    for (const { body } of this.pending) {
      for (const { hour } of body.chunks) note(levels.minutesOfHour, hour);
      for (const { level, period } of body.rollups) note(level, period);
    }
    return earliest;
  }

  hasEnd(of: 'spans' | 'runs', number: number): boolean {
    return this.ended[of].has(number);
  }
}

const affected = [
  { check: 'spans', table: 'spans', key: 'id', name: 'spansBegun', timeMs: 'from_ms' },
  { check: 'monitor runs', table: 'monitor_runs', key: 'id', name: 'runsBegun', timeMs: 'start_ms' },
  { check: 'monitor runs', table: 'clock_steps', key: 'id', name: 'clockSteps', timeMs: 'at_ms' },
  {
    check: 'inventories',
    table: 'inventory_versions',
    key: 'id',
    name: 'inventoryVersions',
    timeMs: 'at_ms',
  },
  { check: 'names', table: 'clusters', key: 'number', name: 'clusters', timeMs: 'first_seen_ms' },
  { check: 'names', table: 'edges', key: 'number', name: 'edges', timeMs: 'first_seen_ms' },
] as const;

/** The earliest time that an event says something about. A note may be about any time, and is shown with the time of its recording. */
const eventMs = `CASE WHEN type = 'note' THEN recorded_ms ELSE min(time_ms, recorded_ms,
  coalesce(body ->> '$.bracket.lastOldMs', time_ms), coalesce(body ->> '$.fromMs', time_ms),
  coalesce(body ->> '$.failoverMs', time_ms)) END`;

/**
 * Notes for each check the earliest time about which a row says something that no signed seal covers. A row appended today can be
 * about last week: from that time on, what the history says is not proven. `signedId`: the last signed ledger row.
 */
export function noteUnsignedTimes(
  db: Database.Database,
  cover: SignedCover,
  signedId: number,
  findings: Findings,
): void {
  const through = cover.lastSeal?.body.through;
  const note = (check: CheckName, times: readonly (number | null | undefined)[]): void => {
    const known = times.filter((time) => typeof time === 'number');
    if (known.length > 0) findings.openFrom(check, Math.floor(known.reduce((a, b) => Math.min(a, b))));
  };
  const least = (sql: string, after: number): number | null | undefined =>
    db.prepare<[number], number | null>(sql).pluck().get(after);
  for (const { check, table, key, name, timeMs } of affected)
    note(check, [least(`SELECT min(${timeMs}) FROM ${table} WHERE ${key} > ?`, through?.[name] ?? 0)]);
  note('events', [least(`SELECT min(${eventMs}) FROM events WHERE id > ?`, cover.lastEventId)]);
  note('spans', unsignedEnds(db, cover, 'spans'));
  note('monitor runs', unsignedEnds(db, cover, 'runs'));
  note('sealed hours', [...unsignedSealings(db, through?.sealings ?? 0), cover.unsignedPeriodMs()]);
  notePrunings(db, signedId, findings);
}

/** Times of ends that no signed seal covers. Of a run that goes on, the time until which it has watched is not covered either. */
function unsignedEnds(db: Database.Database, cover: SignedCover, of: 'spans' | 'runs'): number[] {
  const sql =
    of === 'spans'
      ? 'SELECT id, to_ms FROM spans WHERE to_ms IS NOT NULL'
      : 'SELECT id, watched_until_ms FROM monitor_runs';
  let earliest: number | null = null;
  for (const [id, timeMs] of db.prepare<[], [number, number]>(sql).raw().iterate())
    if (!cover.hasEnd(of, id) && (earliest === null || timeMs < earliest)) earliest = timeMs;
  return earliest === null ? [] : [earliest];
}

function unsignedSealings(db: Database.Database, after: number): number[] {
  return db
    .prepare<[number], [number, number]>(
      'SELECT level, min(period) FROM sealings WHERE id > ? GROUP BY level',
    )
    .raw()
    .all(after)
    .map(([level, period]) => startOfPeriodMs(level, period));
}

/** A removal that is not signed yet takes nothing back of what is proven, but what it removed is not there to be proven. */
function notePrunings(db: Database.Database, after: number, findings: Findings): void {
  const count = db
    .prepare<[number], number>("SELECT count(*) FROM ledger WHERE kind = 'prune' AND id > ?")
    .pluck()
    .get(after);
  if (count === undefined || count === 0) return;
  findings.leftOpen('prunings', `${count} removals of readings came after the last signature: not signed.`);
}

function startOfPeriodMs(level: number, period: number): number {
  if (level === levels.hoursOfDay) return period * 24 * hourMs;
  if (level === levels.hoursOfMonth) return firstDayOfMonth(period) * 24 * hourMs;
  return period * hourMs;
}
