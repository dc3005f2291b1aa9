import type { EdgeTrack } from '../observe/edge-track';
import type { RoleChange } from './role-change';
import type { Cause } from '../../model/event';
import { evidenceWords, type TrapEvidence } from '../../traps/evidence';

/** A trap may come this long before the old LB was last seen active (a poll that was under way) and still explain the move. */
const earlierMs = 3_000;
const mostLines = 6;

/**
 * A move's cause with what the two edges sent by themselves. The lines are added to the evidence of whatever cause the
 * polls found. Where they found none, a trap may name it, if it is authenticated and its meaning is exact: the link of the
 * old edge's LB or proxy interface went down. The move itself, its bracket and its gap come from polls alone.
 */
export function causeWithTraps(
  cause: Cause,
  move: RoleChange,
  old: EdgeTrack,
  nameOf: (edgeId: string) => string,
  traps: readonly TrapEvidence[],
): Cause {
  const about = traps
    .filter((one) => one.edgeId === move.fromEdgeId || one.edgeId === move.toEdgeId)
    .filter((one) => one.atMs >= move.bracket.lastOldMs - earlierMs)
    .sort((a, b) => a.atMonotonicMs - b.atMonotonicMs);
  if (about.length === 0) return cause;
  const named = cause.kind === 'unknown' ? namedBy(about, move, old) : null;
  const lines = about.slice(0, mostLines).map((one) => evidenceWords(one, nameOf(one.edgeId)));
  return { kind: named ?? cause.kind, evidence: [...cause.evidence, ...new Set(lines)] };
}

function namedBy(traps: readonly TrapEvidence[], move: RoleChange, old: EdgeTrack): Cause['kind'] | null {
  const use = old.device?.interfaceUse;
  const links = traps.filter(
    ({ edgeId, authenticated, interfaceIndex }) =>
      edgeId === move.fromEdgeId &&
      authenticated &&
      interfaceIndex !== null &&
      (interfaceIndex === use?.loadBalancer || interfaceIndex === use?.proxy),
  );
  if (links.some(({ kind }) => kind === 'link-disabled')) return 'administrator-disabled';
  return links.some(({ kind }) => kind === 'link-down') ? 'link-cut' : null;
}
