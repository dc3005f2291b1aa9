import type { DemoEdge } from '../fleet/demo-edge';
import { integer, octetString, row } from './object-rows';
import type { ObjectInstance } from './object-table';

/** ca_connectivity: connected to the Central Authority, or the edge's service is down. */
const ca = { connected: 3, edgeDown: 4 };
/** smsm_connectivity: connected to logging, or closed. */
const logging = { connected: 4, closed: 7 };

/** VSE-MIB under .1.3.6.1.4.1.46262: each listed object is a column, its one row has index 1. */
export function vendorObjects(edge: DemoEdge): ObjectInstance[] {
  const online = (): boolean => edge.conditions.proxyRunning && edge.conditions.linksUp;
  return [
    ...row(
      '1.3.6.1.4.1.46262.4.2.1.12',
      [1],
      [[1, integer, (nowMs) => Math.round(edge.cpuPercent(nowMs) * 100)]],
    ),
    ...row(
      '1.3.6.1.4.1.46262.6.2.1',
      [1],
      [[11, integer, (nowMs) => Math.round(edge.swapPercent(nowMs) * 100)]],
    ),
    ...row(
      '1.3.6.1.4.1.46262.9.2.1',
      [1],
      [
        [1, octetString, edge.plan.name],
        [5, integer, () => (online() ? ca.connected : ca.edgeDown)],
        [6, integer, () => (online() ? logging.connected : logging.closed)],
      ],
    ),
  ];
}
