import type { EdgeTrack } from '../observe/edge-track';
import type { Absence } from '../../model/event';
import { thresholds } from '../../model/thresholds';

/** An edge as a rolling update sees it. */
export interface UpdatedEdge {
  id: string;
  name: string;
  /** By the inventory: one that is disabled there is away on purpose. */
  enabled: boolean;
  track: Pick<
    EdgeTrack,
    'health' | 'sinceMs' | 'rebootedAtMs' | 'agentRestartedAtMs' | 'device' | 'deviceMs'
  >;
}

interface SeenAbsence extends Omit<Absence, 'toMs'> {
  /** Null: it is still away. */
  toMs: number | null;
  /** Away on purpose. */
  disabled: boolean;
  versionBefore: string | null;
  /** Whether it restarted or changed its version meanwhile; null: not read yet. `not-known`: it does not tell. */
  renewed: 'yes' | 'no' | 'not-known' | null;
  /** It was away on purpose: disabled, or back with another version. A restart alone may as well be a fault. */
  planned: boolean;
  /** Another was away at the same time. */
  together: boolean;
}

/** Recent absences of a cluster's edges, in order. */
export interface RollingTrack {
  absences: readonly SeenAbsence[];
  /** Edges seen healthy since monitoring began: an absence begins only after that. */
  seenWell: ReadonlySet<string>;
  versions: Readonly<Record<string, string>>;
  /** The last reported run: when it began, and how many edges it had. */
  reported: { sinceMs: number; edges: number } | null;
}

export const newRollingTrack: RollingTrack = {
  absences: [],
  seenWell: new Set(),
  versions: {},
  reported: null,
};

/** Whether something is still to be read before an absence can be judged. */
export function isPending({ absences }: RollingTrack): boolean {
  return absences.some(({ renewed, toMs }) => toMs !== null && renewed === null);
}

/**
 * Applies the current state of a cluster's edges. `found` is a rolling update: edges were away one after another, each back and
 * renewed before the next went away. It is reported when it is recognised, and again when it has covered all edges.
 */
export function observeRolling(
  track: RollingTrack,
  edges: readonly UpdatedEdge[],
  nowMs: number,
): { track: RollingTrack; found: Absence[] | null } {
  const oldestMs = nowMs - thresholds.rollingAbsenceMs - thresholds.rollingPauseMs;
  let absences = track.absences.filter(({ fromMs, toMs }) => (toMs ?? fromMs) >= oldestMs);
  const seenWell = new Set(track.seenWell);
  const versions = { ...track.versions };
  for (const edge of edges) {
    const open = absences.find(({ edgeId, toMs }) => edgeId === edge.id && toMs === null);
    if (isAway(edge)) {
      if (!open && seenWell.has(edge.id)) absences = begin(absences, edge, versions[edge.id] ?? null, nowMs);
      continue;
    }
    if (edge.track.health === 'unknown') continue;
    seenWell.add(edge.id);
    absences = absences.map((one) => (one.edgeId === edge.id ? judged(one, edge, nowMs) : one));
    const version = edge.track.device?.description;
    if (version && !isPending({ ...track, absences })) versions[edge.id] = version;
  }
  const run = runOf(absences);
  const enough = run.length >= edgesNeeded(run);
  const [first] = run;
  const reported = first && track.reported?.sinceMs === first.fromMs ? track.reported : null;
  const coversAll = run.length >= edges.filter(({ enabled }) => enabled).length;
  const isNews = first && enough && (reported === null || (coversAll && run.length > reported.edges));
  const next = { absences, seenWell, versions, reported };
  if (!isNews) return { track: next, found: null };
  return {
    track: { ...next, reported: { sinceMs: first.fromMs, edges: run.length } },
    found: run.map(toAbsence),
  };
}

/** The absences before the one of `edgeId`, or before now, that may be one update with it: all renewed, one after another. */
export function rollingBefore(track: RollingTrack, edgeId: string, nowMs: number): Absence[] {
  const before = track.absences.filter((one) => one.edgeId !== edgeId || one.toMs !== null);
  const run = runOf(before).filter((one) => one.renewed === 'yes');
  const last = run.at(-1);
  if (!last) return [];
  const longestMs = last.planned ? thresholds.rollingPauseMs : thresholds.rollingRestartPauseMs;
  return nowMs - (last.toMs ?? nowMs) <= longestMs ? run.map(toAbsence) : [];
}

function isAway({ enabled, track }: UpdatedEdge): boolean {
  return !enabled || track.health === 'down' || track.health === 'disabled';
}

function begin(
  absences: readonly SeenAbsence[],
  { id, name, enabled, track }: UpdatedEdge,
  versionBefore: string | null,
  nowMs: number,
): SeenAbsence[] {
  const fromMs = enabled ? (track.sinceMs ?? nowMs) : nowMs;
  const overlapping = absences.filter(
    (one) => (one.toMs ?? Infinity) > fromMs && fromMs - one.fromMs <= thresholds.rollingAbsenceMs,
  );
  const next: SeenAbsence = {
    edgeId: id,
    edgeName: name,
    fromMs,
    toMs: null,
    disabled: !enabled,
    versionBefore,
    renewed: null,
    planned: !enabled,
    together: overlapping.length > 0,
  };
  return [...absences.map((one) => (overlapping.includes(one) ? { ...one, together: true } : one)), next];
}

/** An absence whose edge is back, as far as it has been read since. */
function judged(absence: SeenAbsence, { track }: UpdatedEdge, nowMs: number): SeenAbsence {
  const back = { ...absence, toMs: absence.toMs ?? track.sinceMs ?? nowMs };
  if (back.renewed !== null) return back;
  if (back.disabled) return { ...back, renewed: 'yes' };
  if (track.device === null || (track.deviceMs ?? 0) < back.toMs) return back;
  const { description, systemUptimeMs, agentUptimeMs } = track.device;
  if (back.versionBefore !== null && description !== null && description !== back.versionBefore)
    return { ...back, renewed: 'yes', planned: true };
  // Where the machine reports no uptime, its agent's tells whether anything restarted.
  const restartedMs = systemUptimeMs === null ? track.agentRestartedAtMs : track.rebootedAtMs;
  if ((restartedMs ?? 0) >= back.fromMs - thresholds.bootTimeErrorMs) return { ...back, renewed: 'yes' };
  return { ...back, renewed: (systemUptimeMs ?? agentUptimeMs) === null ? 'not-known' : 'no' };
}

/** The latest absences that were one after another, of different edges, none for too long and none too long apart. */
function runOf(absences: readonly SeenAbsence[]): SeenAbsence[] {
  const run: SeenAbsence[] = [];
  for (const absence of absences.toReversed()) {
    const { edgeId, fromMs, toMs, renewed, together } = absence;
    // An absence that continues, or is not judged yet, neither extends nor ends the run before it.
    if (run.length === 0 && (toMs === null || renewed === null) && !together) continue;
    const after = run[0];
    const fits =
      toMs !== null &&
      (renewed === 'yes' || renewed === 'not-known') &&
      !together &&
      toMs - fromMs <= thresholds.rollingAbsenceMs &&
      (after === undefined || after.fromMs - toMs <= longestPauseMs(absence, after)) &&
      !run.some((one) => one.edgeId === edgeId);
    if (!fits) break;
    run.unshift(absence);
  }
  return run;
}

function longestPauseMs(one: SeenAbsence, next: SeenAbsence): number {
  return one.planned && next.planned ? thresholds.rollingPauseMs : thresholds.rollingRestartPauseMs;
}

/** Where some edges do not report whether they were renewed, more edges are needed. */
function edgesNeeded(run: readonly SeenAbsence[]): number {
  return run.every(({ renewed }) => renewed === 'yes')
    ? thresholds.rollingEdges
    : thresholds.rollingEdgesUnproven;
}

function toAbsence({ edgeId, edgeName, fromMs, toMs }: SeenAbsence): Absence {
  return { edgeId, edgeName, fromMs: Math.round(fromMs), toMs: Math.round(toMs ?? fromMs) };
}
