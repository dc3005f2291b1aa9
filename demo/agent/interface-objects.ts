import { lbLinked } from '../faults/conditions';
import type { DemoEdge } from '../fleet/demo-edge';
import { counter32, counter64, InterfaceCounters } from '../traffic/counters';
import {
  counter32 as counter32Tag,
  counter64 as counter64Tag,
  gauge32,
  integer,
  ipAddress,
  octetString,
} from './object-rows';
import { row, timeTicks } from './object-rows';
import type { ObjectInstance } from './object-table';
import { tag } from './tags';

interface Interface {
  index: number;
  name: string;
  alias: string;
  /** IANAifType: 6 ethernetCsmacd, 24 softwareLoopback. */
  type: number;
  mtu: number;
  megabitsPerSecond: number;
  address: string;
  mask: string;
  counters: InterfaceCounters;
  adminUp(): boolean;
  operUp(): boolean;
}

const up = 1;
const down = 2;
const always = (): boolean => true;

/** IF-MIB ifTable and ifXTable and IP-MIB ipAddrTable. A standalone edge has no load balancer interface. */
export function interfaceObjects(edge: DemoEdge, mask: string): ObjectInstance[] {
  const interfaces = interfacesOf(edge, mask);
  return [
    ...row('1.3.6.1.2.1.2', [0], [[1, integer, interfaces.length]]),
    ...interfaces.flatMap((one) => [...ifRow(edge, one), ...ifXRow(one), ...addressRow(one)]),
  ];
}

function interfacesOf(edge: DemoEdge, mask: string): Interface[] {
  const { plan, counters } = edge;
  const ethernet = { type: 6, mtu: 1500, mask };
  const linked = (): boolean => edge.conditions.linksUp;
  const lbUp = (): boolean => edge.conditions.lbAdminUp;
  const vmx0 = {
    ...ethernet,
    index: 1,
    name: 'vmx0',
    alias: 'management',
    megabitsPerSecond: 1_000,
    adminUp: always,
  };
  const vmx1 = {
    ...ethernet,
    index: 2,
    name: 'vmx1',
    alias: 'proxy',
    megabitsPerSecond: 10_000,
    adminUp: always,
  };
  const vmx2 = {
    ...ethernet,
    index: 3,
    name: 'vmx2',
    alias: 'load balancer',
    megabitsPerSecond: 10_000,
    adminUp: lbUp,
  };
  const loopback = {
    index: plan.lbIp ? 4 : 3,
    name: 'lo0',
    alias: 'loopback',
    type: 24,
    mtu: 16_384,
    mask: '255.0.0.0',
  };
  const list: Interface[] = [
    { ...vmx0, address: plan.managementIp, counters: counters.management, operUp: always },
    { ...vmx1, address: plan.proxyIp, counters: counters.proxy, operUp: linked },
  ];
  if (plan.lbIp) {
    list.push({
      ...vmx2,
      address: plan.lbIp,
      counters: counters.loadBalancer,
      operUp: () => lbLinked(edge.conditions) && lbUp(),
    });
  }
  list.push({
    ...loopback,
    megabitsPerSecond: 0,
    address: '127.0.0.1',
    counters: new InterfaceCounters(),
    adminUp: always,
    operUp: always,
  });
  return list;
}

function ifRow(edge: DemoEdge, one: Interface): ObjectInstance[] {
  const { counters } = one;
  const mac = Buffer.from([0x00, 0x50, 0x56, ...ipAddress(one.address).subarray(1)]);
  const changed = (nowMs: number): number =>
    one.index === 1 ? 0 : timeTicks(Math.max(0, edge.agentUptimeMs(nowMs) - (nowMs - edge.linkChangedAtMs)));
  return row(
    '1.3.6.1.2.1.2.2.1',
    [one.index],
    [
      [1, integer, one.index],
      [2, octetString, one.name],
      [3, integer, one.type],
      [4, integer, one.mtu],
      [5, gauge32, Math.min(one.megabitsPerSecond * 1_000_000, 0xffff_ffff)],
      [6, octetString, one.type === 24 ? Buffer.alloc(0) : mac],
      [7, integer, () => (one.adminUp() ? up : down)],
      [8, integer, () => (one.operUp() ? up : down)],
      [9, tag.timeTicks, changed],
      [10, counter32Tag, () => counter32(counters.inOctets)],
      [11, counter32Tag, () => counter32(counters.inPackets)],
      [13, counter32Tag, 0],
      [14, counter32Tag, 0],
      [16, counter32Tag, () => counter32(counters.outOctets)],
      [17, counter32Tag, () => counter32(counters.outPackets)],
      [19, counter32Tag, 0],
      [20, counter32Tag, 0],
    ],
  );
}

function ifXRow(one: Interface): ObjectInstance[] {
  const { counters } = one;
  return row(
    '1.3.6.1.2.1.31.1.1.1',
    [one.index],
    [
      [1, octetString, one.name],
      [6, counter64Tag, () => counter64(counters.inOctets)],
      [7, counter64Tag, () => counter64(counters.inPackets)],
      [10, counter64Tag, () => counter64(counters.outOctets)],
      [11, counter64Tag, () => counter64(counters.outPackets)],
      [15, gauge32, one.megabitsPerSecond],
      [17, integer, one.type === 24 ? down : up],
      [18, octetString, one.alias],
    ],
  );
}

function addressRow(one: Interface): ObjectInstance[] {
  return row(
    '1.3.6.1.2.1.4.20.1',
    [...ipAddress(one.address)],
    [
      [1, tag.ipAddress, ipAddress(one.address)],
      [2, integer, one.index],
      [3, tag.ipAddress, ipAddress(one.mask)],
    ],
  );
}
