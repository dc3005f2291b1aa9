import type { Cause } from '../../model/event';
import { thresholds } from '../../model/thresholds';
import { stoodStillMs, uptimeWrapMs } from '../../model/uptime';
import { utcSecond } from '../../words/time';
import { machineUptimeOf, type EdgeTrack } from '../observe/edge-track';
import type { RoleChange } from './role-change';

/** The uptimes of an edge before it fell silent. */
export type UptimesBefore = Pick<EdgeTrack, 'systemUptime' | 'agentUptime'>;

/**
 * Why an edge was silent, once it answers again: it restarted meanwhile, or it was cut off and went on running. Null: what it has
 * reported so far does not tell.
 */
export function causeOnReturn(
  { bracket }: RoleChange,
  name: string,
  before: UptimesBefore,
  track: EdgeTrack,
): Cause | null {
  const { snmp, parts, agentUptime, systemUptime } = track;
  const deviceMs = parts.device.answeredMs;
  if (snmp.failures > 0 || snmp.lastAnswerMs === null || snmp.lastAnswerMs <= bracket.firstNewMs) return null;
  const lostMs = bracket.lastOldMs;
  const uptimeMs = deviceMs !== null && deviceMs > bracket.firstNewMs ? machineUptimeOf(track) : null;
  if (deviceMs !== null && uptimeMs !== null)
    return causeByBoot(deviceMs - uptimeMs, lostMs, stoodStillMs(before.systemUptime, systemUptime), name);
  // An agent that went on running proves the same of its machine; one that restarted proves nothing.
  if (!agentUptime) return null;
  const agentStartMs = snmp.lastAnswerMs - agentUptime.uptimeMs - agentUptime.wraps * uptimeWrapMs;
  if (agentStartMs >= lostMs - thresholds.bootTimeErrorMs) return null;
  return causeByBoot(agentStartMs, lostMs, stoodStillMs(before.agentUptime, agentUptime), name);
}

function causeByBoot(startedMs: number, lostMs: number, pausedMs: number, name: string): Cause | null {
  const words = `${name} answers again, and has been up since ${utcSecond(startedMs)} UTC`;
  if (startedMs >= lostMs - thresholds.bootTimeErrorMs)
    return { kind: 'edge-rebooted', evidence: [`${words}: it restarted after it lost the role.`] };
  // A machine that was paused was not cut off.
  if (pausedMs > thresholds.bootTimeErrorMs) return null;
  return { kind: 'cut-off', evidence: [`${words}: it did not restart.`] };
}
