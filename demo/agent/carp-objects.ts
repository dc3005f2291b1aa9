import type { CarpRole } from '../carp/member';
import { advbase } from '../fleet/demo-cluster';
import type { DemoEdge } from '../fleet/demo-edge';
import { integer, octetString, row, textIndex } from './object-rows';
import type { ObjectInstance } from './object-table';

/** OPENBSD-CARP-MIB carpIfState. */
const stateNumber: Record<CarpRole, number> = { init: 0, backup: 1, master: 2 };
const truth = { true: 1, false: 2 };

/** The line that FreeBSD's ifconfig(8) prints for a CARP address. */
export function carpLine(role: CarpRole, vhid: number, advskew: number): string {
  return `carp: ${role.toUpperCase()} vhid ${String(vhid)} advbase ${String(advbase)} advskew ${String(advskew)}`;
}

/** CARP twice: as net-snmp's `extend carp` (NET-SNMP-EXTEND-MIB) and as OPENBSD-CARP-MIB. Empty for a standalone edge. */
export function carpObjects(edge: DemoEdge, vhid: number): ObjectInstance[] {
  if (edge.plan.lbIp === undefined) return [];
  const { advskew } = edge.plan;
  const role = (): CarpRole => edge.roleNow() ?? 'init';
  const line = (): string => carpLine(role(), vhid, advskew);
  const name = textIndex('carp');
  return [
    ...row('1.3.6.1.4.1.8072.1.3.2', [0], [[1, integer, 1]]),
    ...row('1.3.6.1.4.1.8072.1.3.2.2.1', name, [
      [2, octetString, '/usr/local/libexec/carp-role'],
      [3, octetString, ''],
      [4, octetString, ''],
      [5, integer, 1],
      [6, integer, 1],
      [7, integer, 1],
      [20, integer, 4],
      [21, integer, 1],
    ]),
    ...row('1.3.6.1.4.1.8072.1.3.2.3.1', name, [
      [1, octetString, line],
      [2, octetString, line],
      [3, integer, 1],
      [4, integer, 0],
    ]),
    ...row('1.3.6.1.4.1.8072.1.3.2.4.1', [...name, 1], [[2, octetString, line]]),
    ...row(
      '1.3.6.1.4.1.30155.6.1',
      [0],
      [
        [1, integer, truth.true],
        [2, integer, truth.true],
        [3, integer, truth.false],
      ],
    ),
    ...row('1.3.6.1.4.1.30155.6.2', [0], [[1, integer, 1]]),
    ...row(
      '1.3.6.1.4.1.30155.6.2.2.1',
      [1],
      [
        [1, integer, 1],
        [2, octetString, 'carp0'],
        [3, integer, vhid],
        [4, octetString, 'vmx2'],
        [5, integer, advbase],
        [6, integer, advskew],
        [7, integer, () => stateNumber[role()]],
      ],
    ),
  ];
}
