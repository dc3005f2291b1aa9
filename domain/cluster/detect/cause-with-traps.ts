import { thresholds } from '../../model/thresholds';
import type { EdgeTrack } from '../observe/edge-track';
import type { RoleChange } from './role-change';
import type { Cause } from '../../model/event';
import { evidenceWords, type TrapEvidence } from '../../traps/evidence';

const maxLines = 6;

/**
 * The cause of a change of the active LB, with the traps of the two edges added to the evidence of the cause that polls found. Where
 * they found none, or only that the LB does not run, a trap may name it, if it is authenticated and unambiguous: the link of the old
 * edge's LB interface went down. The change itself, its bracket and its gap are derived from polls only.
 */
export function causeWithTraps(
  cause: Cause,
  move: RoleChange,
  old: EdgeTrack,
  nameOf: (edgeId: string) => string,
  traps: readonly TrapEvidence[],
): Cause {
  const relevant = traps
    .filter((one) => one.edgeId === move.fromEdgeId || one.edgeId === move.toEdgeId)
    .filter((one) => one.atMs >= move.bracket.lastOldMs - thresholds.trapBeforeBracketMs)
    .sort((a, b) => a.atMonotonicMs - b.atMonotonicMs);
  if (relevant.length === 0) return cause;
  // An LB without a link reports INIT or FAULT, too; a process that failed did so for another reason.
  const mayName = cause.kind === 'unknown' || (cause.kind === 'lb-stopped' && old.processFailedMs.size === 0);
  const named = mayName ? namedBy(relevant, move, old) : null;
  const lines = relevant.slice(0, maxLines).map((one) => evidenceWords(one, nameOf(one.edgeId)));
  return { kind: named ?? cause.kind, evidence: [...cause.evidence, ...new Set(lines)] };
}

function namedBy(traps: readonly TrapEvidence[], move: RoleChange, old: EdgeTrack): Cause['kind'] | null {
  const lbIndex = old.device?.interfaceUse.loadBalancer ?? null;
  const untilMs = Math.min(move.oldYieldedMs ?? Infinity, move.oldRanAgainMs ?? Infinity);
  const links = traps.filter(
    ({ edgeId, authenticated, interfaceIndex, atMs }) =>
      edgeId === move.fromEdgeId &&
      authenticated &&
      interfaceIndex !== null &&
      interfaceIndex === lbIndex &&
      atMs <= untilMs,
  );
  if (links.some(({ kind }) => kind === 'link-disabled')) return 'administrator-disabled';
  return links.some(({ kind }) => kind === 'link-down') ? 'link-cut' : null;
}
