import { row, textIndex, timeTicks } from '../../../demo/agent/object-rows';
import type { ObjectInstance } from '../../../demo/agent/object-table';
import { tag } from '../../../demo/agent/tags';
import type { addressesOf } from './fleet';

/**
 * What the agents offer. `one-arm`: a net-snmp host with one interface and `extend carp`, of which a health poll asks 9
 * objects. `vendor`: the vendor's objects and three interfaces, 21 objects.
 */
export const edgeKinds = ['one-arm', 'vendor'] as const;
export type EdgeKind = (typeof edgeKinds)[number];

/** The agents say that they have run for ten days: a young agent is walked more often. */
const uptimeMs = 10 * 24 * 3_600_000;
const startedMs = Date.now() - uptimeMs;
const interfacesOf: Record<EdgeKind, readonly string[]> = {
  'one-arm': ['vmx0'],
  vendor: ['vmx0', 'vmx1', 'vmx2'],
};

const since = (nowMs: number): number => timeTicks(nowMs - startedMs);
const octets = (perMs: number) => (nowMs: number) => BigInt(Math.floor((nowMs - startedMs) * perMs));

/** What all agents of a kind and role answer alike: one list serves them all. */
export function sharedObjects(kind: EdgeKind, master: boolean): ObjectInstance[] {
  const name = textIndex('carp');
  const line = `carp: ${master ? 'MASTER' : 'BACKUP'} vhid 1 advbase 1 advskew ${master ? 0 : 100}`;
  const interfaces = interfacesOf[kind];
  return [
    ...row(
      '1.3.6.1.2.1.1',
      [0],
      [
        [1, tag.octetString, 'FreeBSD edge 12.4-RELEASE amd64'],
        [3, tag.timeTicks, since],
      ],
    ),
    ...row('1.3.6.1.2.1.6', [0], [[9, tag.gauge32, (nowMs) => 500 + (nowMs % 100)]]),
    ...row('1.3.6.1.2.1.25.1', [0], [[1, tag.timeTicks, since]]),
    ...(kind === 'vendor' ? vendorObjects : []),
    ...row('1.3.6.1.2.1.2', [0], [[1, tag.integer, interfaces.length]]),
    ...interfaces.flatMap((label, at) => [
      ...row(
        '1.3.6.1.2.1.2.2.1',
        [at + 1],
        [
          [2, tag.octetString, label],
          [3, tag.integer, 6],
          [7, tag.integer, 1],
          [8, tag.integer, 1],
        ],
      ),
      ...row(
        '1.3.6.1.2.1.31.1.1.1',
        [at + 1],
        [
          [1, tag.octetString, label],
          [6, tag.counter64, octets(12_000 * (at + 1))],
          [10, tag.counter64, octets(60_000 * (at + 1))],
        ],
      ),
    ]),
    ...row('1.3.6.1.4.1.8072.1.3.2.2.1', name, [[5, tag.integer, 1]]),
    ...row('1.3.6.1.4.1.8072.1.3.2.3.1', name, [
      [1, tag.octetString, line],
      [2, tag.octetString, line],
    ]),
  ];
}

const vendorObjects = [
  ...row('1.3.6.1.4.1.46262.4.2.1.12', [1], [[1, tag.integer, (nowMs) => 2_000 + (nowMs % 1_000)]]),
  ...row('1.3.6.1.4.1.46262.6.2.1', [1], [[11, tag.integer, 160]]),
  ...row(
    '1.3.6.1.4.1.46262.9.2.1',
    [1],
    [
      [5, tag.integer, 3],
      [6, tag.integer, 4],
    ],
  ),
];

/**
 * sysName, and ipAdEntIfIndex: where the edge's own addresses are. The vendor's edges are known by the order of their
 * interfaces.
 */
export function ownObjects(
  kind: EdgeKind,
  name: string,
  addresses: ReturnType<typeof addressesOf>,
): ObjectInstance[] {
  const own = kind === 'vendor' ? [] : [addresses.proxyIp, addresses.lbIp];
  return [
    ...row('1.3.6.1.2.1.1', [0], [[5, tag.octetString, name]]),
    ...own.flatMap((address) =>
      row('1.3.6.1.2.1.4.20.1', address.split('.').map(Number), [[2, tag.integer, 1]]),
    ),
  ];
}

/** One object of a health poll, for the peer's configuration. */
export interface PolledObject {
  name: string;
  base: string;
  instance: string;
  type: 'gauge' | 'counter' | 'DisplayString';
}

const ifEntry = '1.3.6.1.2.1.2.2.1';
const ifXEntry = '1.3.6.1.2.1.31.1.1.1';

/** The objects that a health poll asks of a bench agent: what Heron finds out by walking it. */
export function polledObjects(kind: EdgeKind): PolledObject[] {
  const column = (name: string, base: string, type: PolledObject['type']): PolledObject[] =>
    interfacesOf[kind].map((_, at) => ({ name, base, instance: String(at + 1), type }));
  return [
    { name: 'sysUpTime', base: '1.3.6.1.2.1.1.3', instance: '0', type: 'gauge' },
    { name: 'hrSystemUptime', base: '1.3.6.1.2.1.25.1.1', instance: '0', type: 'gauge' },
    { name: 'tcpCurrEstab', base: '1.3.6.1.2.1.6.9', instance: '0', type: 'gauge' },
    { name: 'ifNumber', base: '1.3.6.1.2.1.2.1', instance: '0', type: 'gauge' },
    ...(kind === 'vendor' ? vendorPolled : []),
    ...column('ifAdminStatus', `${ifEntry}.7`, 'gauge'),
    ...column('ifOperStatus', `${ifEntry}.8`, 'gauge'),
    ...column('ifHCInOctets', `${ifXEntry}.6`, 'counter'),
    ...column('ifHCOutOctets', `${ifXEntry}.10`, 'counter'),
    {
      name: 'carp',
      base: '1.3.6.1.4.1.8072.1.3.2.3.1.2.4.99.97.114',
      instance: '112',
      type: 'DisplayString',
    },
  ];
}

const vendorPolled: PolledObject[] = [
  { name: 'cpu_percentage', base: '1.3.6.1.4.1.46262.4.2.1.12.1', instance: '1', type: 'gauge' },
  { name: 'swapinfo', base: '1.3.6.1.4.1.46262.6.2.1.11', instance: '1', type: 'gauge' },
  { name: 'ca_connectivity', base: '1.3.6.1.4.1.46262.9.2.1.5', instance: '1', type: 'gauge' },
  { name: 'smsm_connectivity', base: '1.3.6.1.4.1.46262.9.2.1.6', instance: '1', type: 'gauge' },
];
