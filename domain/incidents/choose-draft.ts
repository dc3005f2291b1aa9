import type { HeronEvent } from '../model/event';
import { healthRank, isProblem } from '../model/health';
import { thresholds } from '../model/thresholds';
import type { IncidentDraft } from './incident-draft';
import type { EventPlace } from './place-event';

/** An event that is to be added to one of the open incidents of its row. */
export interface Placed {
  event: HeronEvent;
  place: EventPlace;
  /** The open incidents of the row, the one that was added to last first. */
  drafts: readonly IncidentDraft[];
  /** The one that the present problem of the row belongs to. */
  owner: IncidentDraft | undefined;
  /** The one in which the cluster has no active LB, as far as is known. */
  withoutLb: IncidentDraft | undefined;
  /** The one in which the cluster has a split brain. */
  split: IncidentDraft | undefined;
}

/**
 * The open incident that an event belongs to; undefined: none. Faults of different edges are different incidents, unless the same
 * happens to them at the same time, or one is seen to cause the other.
 */
export function chooseDraft(placed: Placed): IncidentDraft | undefined {
  const { event, place } = placed;
  // What begins, continues or ends a time without an active LB belongs to the incident of that time.
  const isRise = event.type === 'lb-role' && event.to === 'master';
  const isOfOutage = event.type === 'no-active-lb' || place.health === 'no-active-lb' || isRise;
  if (isOfOutage && placed.withoutLb) return placed.withoutLb;
  if (placed.split && isEndOfSplit(event)) return placed.split;
  if (event.type === 'edge-state') return ofEdge(placed);
  if (event.type === 'lb-role') return ofRole(placed);
  if (event.type === 'failover' || event.type === 'failback') return ofMove(placed, event);
  return place.scope === 'lb' ? ofLb(placed) : ofRow(placed);
}

/** One of the masters yields its role, or the cluster has one active LB again, whatever else is wrong with it. */
function isEndOfSplit(event: HeronEvent): boolean {
  if (event.type === 'lb-role') return event.from === 'master' && event.to !== 'unknown';
  return event.type === 'cluster-state' && event.from === 'split-brain';
}

function ofEdge({ event, place, drafts, owner }: Placed): IncidentDraft | undefined {
  const { edgeId } = place;
  if (edgeId === null || event.type !== 'edge-state') return undefined;
  const code = event.reasons[0]?.code ?? null;
  const own =
    drafts.find((draft) => draft.faults.get(edgeId)?.code === code) ??
    drafts.find((draft) => draft.faults.has(edgeId));
  if (place.weight !== 'trouble') return drafts.find((draft) => draft.unwellEdges.has(edgeId)) ?? own;
  if (own && !isAnotherFault(own, edgeId, event)) return own;
  if (event.clusterId === null) return own ? undefined : owner;
  return drafts.find((draft) => {
    if (draft.isLost(place.subject, event.recordedAtMs)) return true;
    // The state of the cluster was recorded just before that of its edge.
    if (draft === owner && draft.faults.size === 0 && draft.lastLbMs === null)
      return isWithin(event, draft.lastRecordedMs, thresholds.likeFaultsMs);
    return [...draft.faults.values()].some(
      (fault) => fault.code === code && isWithin(event, fault.atMs, thresholds.likeFaultsMs),
    );
  });
}

/**
 * Whether an edge has another fault than before: it had recovered from that one, or it became worse for another reason long after it.
 */
function isAnotherFault(
  draft: IncidentDraft,
  edgeId: string,
  event: Extract<HeronEvent, { type: 'edge-state' }>,
): boolean {
  const known = draft.faults.get(edgeId)?.code;
  if (known === null || known === undefined || known === event.reasons[0]?.code) return false;
  if (draft.recoveredEdges.has(edgeId)) return true;
  const isWorse = isProblem(event.from) && healthRank(event.to) < healthRank(event.from);
  return isWorse && draft.unwellEdges.has(edgeId) && !isRecentFault(draft, edgeId, event);
}

function ofRole({ event, place, drafts }: Placed): IncidentDraft | undefined {
  const { edgeId } = place;
  if (edgeId === null) return undefined;
  // An LB that falls silent after its edge had recovered has another fault.
  const isSilent = event.type === 'lb-role' && event.to === 'unknown' && place.weight === 'sign';
  const own = drafts.find(
    (draft) => isRecentFault(draft, edgeId, event) && !(isSilent && draft.recoveredEdges.has(edgeId)),
  );
  if (own) return own;
  // An LB that answers again ends what its edge had, however long ago that began.
  const isAnswering = event.type === 'lb-role' && event.from === 'unknown';
  const unwell = isAnswering ? drafts.find((draft) => draft.unwellEdges.has(edgeId)) : undefined;
  if (unwell) return unwell;
  const moved = isSilent
    ? drafts.find(
        (draft) => draft.isUnseenOnly && isWithin(event, draft.lastRecordedMs, thresholds.likeFaultsMs),
      )
    : drafts.find((draft) => isLbDraft(draft, event) && draft.movedEdges.has(edgeId));
  return moved ?? (place.weight === 'sign' ? undefined : ofLb({ event, drafts, owner: undefined }));
}

/** Causes that are a fault of the old LB's edge itself. */
const ownFaults = new Set(['edge-died', 'edge-rebooted', 'lb-stopped', 'link-cut']);

function ofMove(
  { drafts }: Placed,
  event: Extract<HeronEvent, { type: 'failover' | 'failback' }>,
): IncidentDraft | undefined {
  const { fromEdgeId, toEdgeId } = event;
  const own = drafts.find((draft) => isRecentFault(draft, fromEdgeId, event));
  if (own) return own;
  const isReturn = event.type === 'failback';
  const returned = isReturn ? drafts.find((draft) => draft.faults.has(toEdgeId)) : undefined;
  if (returned) return returned;
  const isOwnFault = !isReturn && ownFaults.has(event.cause.kind);
  return drafts.find((draft) => {
    if (!isLbDraft(draft, event)) return false;
    if (isOwnFault && draft.real) return draft.faults.has(fromEdgeId);
    return draft.movedEdges.has(fromEdgeId) || draft.movedEdges.has(toEdgeId);
  });
}

function ofLb({
  event,
  drafts,
  owner,
}: Pick<Placed, 'event' | 'drafts' | 'owner'>): IncidentDraft | undefined {
  const isSplit =
    event.type === 'split-brain' || (event.type === 'cluster-state' && event.to === 'split-brain');
  const again = isSplit ? drafts.find((draft) => draft.hasSplit) : undefined;
  if (again) return again;
  const recentMs = isSplit ? thresholds.consequenceMs : thresholds.incidentQuietMs;
  const isOf = (draft: IncidentDraft): boolean =>
    draft.lastLbMs !== null && (draft === owner || isWithin(event, draft.lastLbMs, recentMs));
  return drafts.filter(isOf).sort((a, b) => (b.lastLbMs ?? 0) - (a.lastLbMs ?? 0))[0];
}

function ofRow(placed: Placed): IncidentDraft | undefined {
  const { event, place, drafts, owner } = placed;
  const lost = drafts.find((draft) => draft.lostRows.has(place.subject));
  if (lost) return lost;
  if (place.weight === 'recovery')
    return drafts.find((draft) => isWithin(event, draft.lastRecordedMs, 0)) ?? owner ?? drafts[0];
  const isOfLb = place.health === 'no-active-lb' || place.health === 'split-brain';
  // That the state is not known any more is no end of it.
  if (place.health === 'unknown' && owner) return owner;
  const byLb = isOfLb ? ofLb(placed) : undefined;
  if (byLb) return byLb;
  const recent = drafts.find((draft) => isWithin(event, draft.lastRecordedMs, thresholds.consequenceMs));
  return recent ?? owner ?? drafts[0];
}

function isLbDraft(draft: IncidentDraft, event: HeronEvent): boolean {
  return draft.lastLbMs !== null && isWithin(event, draft.lastLbMs, thresholds.incidentQuietMs);
}

/** Whether the edge had its fault recently enough to have caused the event. */
function isRecentFault(draft: IncidentDraft, edgeId: string, event: HeronEvent): boolean {
  const fault = draft.faults.get(edgeId);
  return fault !== undefined && isWithin(event, fault.atMs, thresholds.consequenceMs);
}

function isWithin({ recordedAtMs }: HeronEvent, sinceMs: number, ms: number): boolean {
  return recordedAtMs - sinceMs <= ms;
}
