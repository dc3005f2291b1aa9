import { haveSameCodes, type Health } from '../../model/health';
import type { Edge } from '../../inventory/inventory';
import type { Reading } from '../../model/reading';
import { thresholds } from '../../model/thresholds';
import type { Change } from '../detect/change';
import type { LbDetection, RowEdges } from '../detect/lb-detection';
import type { EdgeTrack } from '../observe/edge-track';
import { noteOthersAnswered, othersAnsweredMs } from '../observe/reachability';
import type { RoleTrack } from '../observe/role-track';
import { areSilentTogether } from '../observe/silent-together';
import { edgeDownBracket } from './down-bracket';
import { groupReasons } from './group-reasons';
import { judgeEdge, type Judgement } from './judge-edge';
import { steadyState } from './steady-state';
import { siblingsWitness, witnessReasons } from './witness-reasons';

/** What other rows show of the path to the edges. */
export interface Elsewhere {
  /** When an edge of another row last answered, monotonic milliseconds; null: none did. */
  answeredElsewhereMs: number | null;
  /** Every edge of the fleet has failed since the last answer of any. */
  isFleetSilent?: boolean;
}

/**
 * Judges the edge that was read, and every edge whose SNMP agent is not answering: whether silence is an outage depends on the
 * others. `hasChanged`: a state or a reason is different, whether or not that is a change to report.
 */
export function judgeEdges(
  read: Edge,
  reading: Reading,
  row: RowEdges,
  detection: LbDetection,
  { answeredElsewhereMs, isFleetSilent = false }: Elsewhere,
): { changes: Change[]; hasChanged: boolean } {
  const changes: Change[] = [];
  let hasChanged = false;
  const silentTogether = row.tracks.hasFailing && (isFleetSilent || isRowSilent(row, detection));
  for (const edge of row.tracks.hasFailing ? row.edges : [read]) {
    const observed = row.tracks.get(edge.id);
    if (edge.id !== read.id && observed.snmp.failures === 0) continue;
    const othersMs = othersAnsweredMs(row.tracks.byId, observed, answeredElsewhereMs);
    const noted = noteOthersAnswered(observed, othersMs, reading.finishedMonotonicMs);
    const raw = judgeOne(edge, noted, row, detection, silentTogether);
    if (edge.id === read.id) row.tracks.service.note(edge, reading, noted, raw);
    const { track: steadiness, judged } = steadyState(
      noted.steadiness,
      edge.name,
      raw,
      reading.finishedMonotonicMs,
    );
    const track = steadiness === noted.steadiness ? noted : { ...noted, steadiness };
    if (judged.health === track.health && !isFirstKnownReason(track, judged)) {
      const same = track === observed && track.reasons.length === 0 && judged.reasons.length === 0;
      if (same) continue;
      hasChanged = true;
      row.tracks.set({ ...track, reasons: judged.reasons });
      if (track.sinceMs !== null && !haveSameCodes(track.reasons, judged.reasons)) {
        const { health, reasons } = judged;
        changes.push({ kind: 'edge-reasons', edge, health, reasons, atMs: reading.finishedAtMs });
      }
      continue;
    }
    hasChanged = true;
    const { health, reasons } = judged;
    // A state cannot have begun before the one that it ended.
    const beganMs = judged.beganMs === null ? null : Math.max(judged.beganMs, track.sinceMs ?? -Infinity);
    const atMs = beganMs ?? reading.finishedAtMs;
    row.tracks.set({ ...track, health, reasons, ...sinceOf(track, health, atMs) });
    const from = track.health;
    const bracket = edgeDownBracket(
      { from, to: health, atMs: reading.finishedAtMs },
      edge.id,
      row.tracks.service,
    );
    changes.push({ kind: 'edge-state', edge, from, to: health, reasons, atMs, ...(bracket && { bracket }) });
  }
  return { changes, hasChanged };
}

/** Since when it is in its next state. One that was dated back to the beginning of the state before leaves nothing of that. */
function sinceOf(track: EdgeTrack, next: Health, atMs: number): Pick<EdgeTrack, 'sinceMs' | 'before'> {
  const isReplaced = track.sinceMs !== null && atMs <= track.sinceMs;
  if (!isReplaced) return { sinceMs: atMs, before: { health: track.health, sinceMs: track.sinceMs } };
  const { before } = track;
  return before?.health === next && before.sinceMs !== null
    ? { sinceMs: before.sinceMs, before: null }
    : { sinceMs: atMs, before };
}

function isRowSilent(row: RowEdges, detection: LbDetection): boolean {
  const polled = row.edges.filter((edge) => row.isEnabled(edge) && (edge.snmp ?? edge.http ?? edge.tcp));
  return areSilentTogether(
    polled.map((edge) => ({
      edge,
      track: row.tracks.get(edge.id),
      loss: detection.roleTrack(edge.id)?.loss ?? null,
    })),
  );
}

function judgeOne(
  edge: Edge,
  track: EdgeTrack,
  row: RowEdges,
  detection: LbDetection,
  silentTogether: boolean,
): Judgement {
  const role = detection.roleTrack(edge.id);
  const { witnesses } = detection;
  const groups = groupReasons(edge.name, edge.id, witnesses.groups);
  return judgeEdge(edge, track, {
    enabled: row.isEnabled(edge),
    limits: row.limitsOf(edge),
    silentTogether,
    lbStopped: isLbStopped(role),
    groupNotes: groups.notes,
    witnessReasons: role
      ? [
          ...groups.faults,
          ...witnessReasons(edge.name, role, witnesses.wanted, witnesses.disagreementOn(edge.id), () =>
            siblingsWitness(detection.track.roles, witnesses.wanted),
          ),
        ]
      : [],
  });
}

/** An edge that stays unknown from the start on is reported once its reason is known. */
function isFirstKnownReason(track: EdgeTrack, judged: Judgement): boolean {
  return (
    track.sinceMs === null &&
    judged.reasons.every(({ code }) => code !== 'not-read-yet' && code !== 'no-source')
  );
}

/** Whether an LB has been INIT or FAULT long enough to count as stopped: a restart or a take-over passes through INIT. */
function isLbStopped(role: RoleTrack | undefined): boolean {
  if (!role?.first || !role.last || (role.role !== 'init' && role.role !== 'fault')) return false;
  return role.last.toMonotonicMs - role.first.fromMonotonicMs >= thresholds.lbStoppedMs;
}
