import type Database from 'better-sqlite3';
import { levels } from '../codec/encode-rollup';
import { endOfHourMs } from '../codec/periods';
import { digestHotSamples } from '../seal/closing';
import type { Closing, SealBody } from '../chain/ledger-entry';
import { closingSeal } from './check-coverage';
import type { Findings } from './findings';

const minuteMs = 60_000;

/**
 * Samples that are not compacted yet. The seal of the last closing covers those of its time, also after a further run has begun, until
 * a compaction takes them away. `seal`: the last one that is signed, or the last one of a history that nobody signed.
 */
export function checkSamples(db: Database.Database, seal: SealBody | undefined, findings: Findings): void {
  const here = digestHotSamples(db, Infinity) ?? [];
  findings.count(
    'samples',
    here.reduce((sum, { count }) => sum + count, 0),
  );
  const sealed = sealedSamples(db, seal);
  if (sealed === null) {
    // Not the first sample that is here: the ones before it can have been deleted.
    const fromMs = Math.min(unsealedFromMs(db, seal), (here[0]?.minute ?? Infinity) * minuteMs);
    findings.leftOpen('samples', 'Of hours that are not sealed yet: not covered.', finite(fromMs));
    return;
  }
  compare(here, sealed, closingSeal(db, seal) !== null, findings);
}

function compare(
  here: NonNullable<Closing['samples']>,
  sealed: NonNullable<Closing['samples']>,
  closed: boolean,
  findings: Findings,
): void {
  const known = new Map(sealed.map((minute) => [minute.minute, minute]));
  const lastKnown = Math.max(-Infinity, ...known.keys());
  const open: number[] = [];
  for (const { minute, count, sha256 } of here) {
    const was = known.get(minute);
    known.delete(minute);
    if (was?.sha256 === sha256) continue;
    // A run that begins in the minute in which the one before it ended adds to that minute.
    const mayGrow = !closed && was !== undefined && minute === lastKnown && count > was.count;
    if (mayGrow || (!closed && was === undefined && minute > lastKnown)) open.push(minute);
    else badMinute(minute, was ? 'differ from those sealed' : 'were not among those sealed', findings);
  }
  for (const [minute] of known) badMinute(minute, 'are missing: they were sealed', findings);
  if (open.length > 0)
    findings.leftOpen(
      'samples',
      'Of hours that are not sealed yet: not covered.',
      Math.min(...open) * minuteMs,
    );
}

/** What the last closing sealed of the samples; null: nothing, too many, or a compaction has moved some of them since. */
function sealedSamples(db: Database.Database, seal: SealBody | undefined): Closing['samples'] {
  const closing = seal?.closing;
  if (!seal || !closing) return null;
  const lastSealing = Number(db.prepare('SELECT coalesce(max(id), 0) FROM sealings').pluck().get());
  const underWay = closing.underWay === null ? 0 : 1;
  return lastSealing > seal.through.sealings + underWay ? null : closing.samples;
}

/** From when on samples can have been read that no seal covers: after the last sealed hour, while a run was watching. */
function unsealedFromMs(db: Database.Database, seal: SealBody | undefined): number {
  const hour = db
    .prepare<[number, number], number | null>(
      'SELECT max(period) FROM sealings WHERE id <= ? AND level = ? AND finished_ms IS NOT NULL',
    )
    .pluck()
    .get(seal?.through.sealings ?? 0, levels.minutesOfHour);
  const afterMs = typeof hour === 'number' ? endOfHourMs(hour) : -Infinity;
  const startMs = db
    .prepare<[number], number | null>('SELECT min(start_ms) FROM monitor_runs WHERE watched_until_ms > ?')
    .pluck()
    .get(Number.isFinite(afterMs) ? afterMs : Number.MIN_SAFE_INTEGER);
  return typeof startMs === 'number' ? Math.max(afterMs, startMs) : Infinity;
}

function finite(timeMs: number): number | null {
  return Number.isFinite(timeMs) ? timeMs : null;
}

function badMinute(minute: number, what: string, findings: Findings): void {
  const at = new Date(minute * minuteMs);
  const when = Number.isNaN(at.getTime()) ? '' : ` (${at.toISOString()})`;
  findings.found('samples', {
    table: 'samples',
    id: minute,
    words: `The samples of minute ${minute}${when} ${what} at the closing.`,
  });
}
