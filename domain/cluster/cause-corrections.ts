import type { CauseCorrection, Cause, FailoverEvent } from '../model/event';
import { thresholds } from '../model/thresholds';
import type { EventContext, MonitoredRow } from './cluster-events';
import type { UptimeTrack } from '../model/uptime';
import { causeOf } from './detect/cause';
import { causeOnReturn, type UptimesBefore } from './detect/cause-on-return';
import { causeWithTraps } from './detect/cause-with-traps';
import type { Detection } from './detect/detection';
import { demotedFor, runningSinceMs, type RoleChange } from './detect/role-change';

interface Unsettled {
  event: FailoverEvent;
  change: RoleChange;
  /** Its service answered while its agent was silent, so it was neither dead nor cut off. */
  served: boolean;
  before: UptimesBefore;
}

/** Max. failovers of a row whose cause may still be corrected. */
const maxUnsettled = 16;

/** Failovers whose cause was not certain when they were reported, until better evidence arrives. */
export class CauseCorrections {
  #unsettled: readonly Unsettled[] = [];

  retainFrom(previous: CauseCorrections): void {
    this.#unsettled = previous.#unsettled;
  }

  /**
   * Notes a failover of an earlier run whose edge has not answered since. `monotonicOffsetMs`: the monotonic clock's time at 0 UTC
   * milliseconds.
   */
  restore(event: FailoverEvent, monotonicOffsetMs: number): void {
    const { fromEdgeId, toEdgeId, bracket, gapMs, oldRoleAfter, uptimesBefore } = event;
    const ofMove = { fromEdgeId, toEdgeId, bracket, gapMs, oldRoleAfter };
    const uptime = (uptimeMs: number | null | undefined): UptimeTrack | null =>
      typeof uptimeMs === 'number' && uptimesBefore
        ? { uptimeMs, wraps: 0, atMonotonicMs: uptimesBefore.atMs + monotonicOffsetMs }
        : null;
    const before = {
      systemUptime: uptime(uptimesBefore?.machineMs),
      agentUptime: uptime(uptimesBefore?.agentMs),
    };
    // Without them nothing tells a machine that was cut off from one that stood still.
    const served = uptimesBefore === undefined;
    const change: RoleChange = { kind: 'failover', ...ofMove, oldLostSeenMs: null };
    this.#unsettled = [...this.#unsettled, { event, change, served, before }].slice(-maxUnsettled);
  }

  /** Notes a failover that was just reported. */
  add(event: FailoverEvent, change: Detection, row: MonitoredRow): void {
    const { kind } = event.cause;
    if (change.kind !== 'failover' || (kind !== 'unknown' && kind !== 'edge-unreachable')) return;
    const { http, tcp, systemUptime, agentUptime } = row.track(event.fromEdgeId);
    const served = [http, tcp].some(({ asked, failures }) => asked && failures === 0);
    this.#unsettled = [
      ...this.#unsettled,
      { event, change, served, before: { systemUptime, agentUptime } },
    ].slice(-maxUnsettled);
  }

  /** The corrections that the latest reading of an edge leads to. */
  apply(edgeId: string, row: MonitoredRow, context: EventContext): CauseCorrection[] {
    if (this.#unsettled.length === 0) return [];
    const corrections: CauseCorrection[] = [];
    this.#unsettled = this.#unsettled.filter((one) => {
      const { event } = one;
      if (event.fromEdgeId !== edgeId) return true;
      const isUnknown = event.cause.kind === 'unknown';
      if (isUnknown) one.change = withDemotion(withRunAgain(one.change, row), row, context.nowMs);
      const cause = isUnknown ? laterCause(one, row, context) : returnCause(one, row);
      if (cause) corrections.push(correctionOf(event, cause, context.nowMs));
      const isOver = isUnknown && context.nowMs - event.recordedAtMs > thresholds.causeWaitMs;
      return cause === null && !isOver && (isUnknown || !hasReturned(one, row));
    });
    return corrections;
  }
}

function laterCause({ change, event }: Unsettled, row: MonitoredRow, { traps }: EventContext): Cause | null {
  const track = row.track(event.fromEdgeId);
  const nameOf = (id: string): string => row.edges.find((edge) => edge.id === id)?.name ?? id;
  const cause = causeWithTraps(
    causeOf(change, event.fromEdgeName, event.toEdgeName, track),
    change,
    track,
    nameOf,
    traps(),
  );
  return cause.kind === 'unknown' ? null : cause;
}

/** The change, with when its old LB ran again. */
function withRunAgain(change: RoleChange, row: MonitoredRow): RoleChange {
  const role = row.roleTrack(change.fromEdgeId);
  if (change.oldRanAgainMs !== undefined || !role) return change;
  const sinceMs = runningSinceMs(role, change.oldLostSeenMs ?? change.bracket.firstNewMs);
  return sinceMs === null ? change : { ...change, oldRanAgainMs: sinceMs };
}

/** The change, with the demotion that a full reading soon after it shows: role polls do not read priorities. */
function withDemotion(change: RoleChange, row: MonitoredRow, nowMs: number): RoleChange {
  const { oldYieldedMs, oldDemoted, fromEdgeId, toEdgeId } = change;
  if (oldDemoted !== undefined || oldYieldedMs === undefined) return change;
  const [old, next] = [row.roleTrack(fromEdgeId), row.roleTrack(toEdgeId)];
  if (!old || !next || nowMs - oldYieldedMs > thresholds.demotionReadMs) return change;
  return { ...change, ...demotedFor(old, next) };
}

/** Whether its edge has answered in full since: what it does later has nothing to do with the failover. */
function hasReturned({ event }: Unsettled, row: MonitoredRow): boolean {
  const { snmp, parts } = row.track(event.fromEdgeId);
  return snmp.failures === 0 && (parts.device.answeredMs ?? -Infinity) > event.bracket.firstNewMs;
}

function returnCause({ change, event, served, before }: Unsettled, row: MonitoredRow): Cause | null {
  const cause = causeOnReturn(change, event.fromEdgeName, before, row.track(event.fromEdgeId));
  return served && cause?.kind === 'cut-off' ? null : cause;
}

function correctionOf(event: FailoverEvent, cause: Cause, nowMs: number): CauseCorrection {
  const { clusterId, clusterName, fromEdgeId, fromEdgeName, toEdgeId, toEdgeName } = event;
  return {
    type: 'cause-corrected',
    timeMs: Math.round(nowMs),
    recordedAtMs: Math.round(nowMs),
    clusterId,
    clusterName,
    failoverMs: event.timeMs,
    ...{ fromEdgeId, fromEdgeName, toEdgeId, toEdgeName },
    previousCause: event.cause.kind,
    cause,
  };
}
