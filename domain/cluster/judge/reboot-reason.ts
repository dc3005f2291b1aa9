import type { Reason } from '../../model/health';
import type { SnmpReading } from '../../model/reading';
import { thresholds } from '../../model/thresholds';

/**
 * That a machine started a short while ago (hrSystemUptime): worth knowing, and nothing wrong in itself. sysUpTime
 * tells of its agent only.
 */
export function rebootReasons(edgeName: string, device: SnmpReading): Reason[] {
  const { systemUptimeMs } = device;
  if (systemUptimeMs === null || systemUptimeMs >= thresholds.recentRebootMs) return [];
  const minutes = Math.floor(systemUptimeMs / 60_000);
  const fact = `${edgeName} started ${minutes < 1 ? 'less than a minute' : `${minutes} min`} ago.`;
  return [{ code: 'rebooted-recently', fact, detail: 'Its counters began anew then.' }];
}
