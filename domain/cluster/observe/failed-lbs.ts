import type { SnmpReading } from '../../model/reading';
import type { EdgeTrack } from './edge-track';

/**
 * LBs whose edges do not answer, or said last that the LB cannot serve. For those whose role nobody tells outright: traffic
 * does not tell a stopped LB from a backup.
 */
export function unwellLbs(tracks: ReadonlyMap<string, EdgeTrack>): Set<string> {
  const unwell = [...tracks].filter(
    ([, { device, snmp }]) => snmp.failures > 0 || (device !== null && cannotServe(device)),
  );
  return new Set(unwell.map(([id]) => id));
}

/** The link of its LB or proxy interface is gone or switched off, or a process that the edge watches does not run. */
function cannotServe({ interfaces, interfaceUse, watched }: SnmpReading): boolean {
  const { proxy, loadBalancer } = interfaceUse;
  const isDown = interfaces.some(
    ({ index, adminUp, operUp }) =>
      (index === proxy || index === loadBalancer) && (adminUp === false || operUp === false),
  );
  return isDown || watched.some(({ table, failed }) => table === 'process' && failed);
}
