import type { DemoEdge } from '../fleet/demo-edge';
import { encodeOid } from './ber-writer';
import { row, timeTicks, integer, octetString, oid } from './object-rows';
import { parseOid, type ObjectInstance } from './object-table';
import { tag } from './tags';

/** net-snmp's sysObjectID on FreeBSD (NET-SNMP-TC). */
const freebsdAgent = '1.3.6.1.4.1.8072.3.2.8';

/** SNMPv2-MIB system, HOST-RESOURCES-MIB uptime and date, TCP-MIB connections. */
export function systemObjects(edge: DemoEdge, location: string): ObjectInstance[] {
  const { name } = edge.plan;
  return [
    ...row(
      '1.3.6.1.2.1.1',
      [0],
      [
        [1, octetString, `FreeBSD ${name} 12.4-RELEASE FreeBSD 12.4-RELEASE amd64`],
        [2, oid, encodeOid(parseOid(freebsdAgent))],
        [3, tag.timeTicks, (nowMs) => timeTicks(edge.agentUptimeMs(nowMs))],
        [4, octetString, 'NOC <noc@example.net>'],
        [5, octetString, name],
        [6, octetString, location],
        [7, integer, 72],
      ],
    ),
    ...row('1.3.6.1.2.1.6', [0], [[9, tag.gauge32, (nowMs) => edge.tcpEstablished(nowMs)]]),
    ...row(
      '1.3.6.1.2.1.25.1',
      [0],
      [
        [1, tag.timeTicks, (nowMs) => timeTicks(edge.systemUptimeMs(nowMs))],
        [
          6,
          tag.gauge32,
          () => 68 + (edge.conditions.lbRunning ? 3 : 0) + (edge.conditions.proxyRunning ? 9 : 0),
        ],
      ],
    ),
  ];
}
