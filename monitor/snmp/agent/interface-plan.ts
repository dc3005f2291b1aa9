import type { InterfaceReading, SnmpReading } from '../../../domain/model/reading';
import type { DeviceModule } from '../devices/device-module';
import { ifMib, loopbackType } from '../devices/if-mib';
import { decodeInteger, decodeText, suffixOf, type Varbind } from '../codec/varbind';

/** Max. polled interfaces, and max. interfaces whose octets are polled. */
const maxInterfaces = 24;
const maxCounted = 8;

export const maxNameLength = 64;

type Use = SnmpReading['interfaceUse'];

/** One of the edge's addresses, with the interface that had it when the agent was walked. */
export interface PlannedAddress {
  use: keyof Use;
  /** ipAdEntIfIndex of the address. */
  oid: string;
  index: number;
}

/** The edge's own addresses, to find the interfaces that carry them. */
export interface EdgeAddresses {
  managementIp: string | null;
  proxyIp: string | null;
  lbIp: string | null;
}

/** An interface that is polled, with the exact instances of its columns. */
export interface PlannedInterface extends Pick<InterfaceReading, 'index' | 'name' | 'counterBits'> {
  /** Where `name` was read; polled, because indexes may move. Null without a name, and where counters are not polled. */
  nameOid: string | null;
  adminStatus: string;
  operStatus: string;
  /** Null where counters are not polled, or not offered. */
  inOctets: string | null;
  outOctets: string | null;
  discontinuity: string | null;
  /** As the walk found it: a speed seldom changes. */
  speedBitsPerSecond: number | null;
}

interface Found {
  index: number;
  loopback: boolean;
}

/** The interfaces to poll, and which of them serves which use of the edge. */
export function planInterfaces(
  rows: ReadonlyMap<string, Varbind>,
  under: (base: string) => string[],
  addresses: EdgeAddresses,
  order: DeviceModule['interfaceOrder'],
): { interfaces: PlannedInterface[]; interfaceUse: Use; addresses: PlannedAddress[] } {
  const found = foundInterfaces(rows, under);
  const interfaceUse = useOf(rows, found, addresses, order);
  const used = new Set(Object.values(interfaceUse));
  const inOrder = [
    ...found.filter(({ index }) => used.has(index)),
    ...found.filter(({ index, loopback }) => !used.has(index) && !loopback),
  ].slice(0, maxInterfaces);
  const interfaces = inOrder
    .map(({ index }, at) => plan(rows, index, used.has(index) || at < maxCounted))
    .sort((a, b) => a.index - b.index);
  return { interfaces, interfaceUse, addresses: addressesOf(rows, addresses, interfaceUse) };
}

function addressesOf(rows: ReadonlyMap<string, Varbind>, own: EdgeAddresses, use: Use): PlannedAddress[] {
  const by = { management: own.managementIp, proxy: own.proxyIp, loadBalancer: own.lbIp };
  return (Object.keys(by) as (keyof Use)[]).flatMap((name) => {
    const oid = `${ifMib.addressIfIndex}.${by[name]}`;
    const row = by[name] === null ? undefined : rows.get(oid);
    const index = row ? decodeInteger(row, 1).value : null;
    return index !== null && index === use[name] ? [{ use: name, oid, index }] : [];
  });
}

function foundInterfaces(rows: ReadonlyMap<string, Varbind>, under: (base: string) => string[]): Found[] {
  return under(ifMib.operStatus)
    .map((oid) => Number(suffixOf(oid, ifMib.operStatus)))
    .filter((index) => Number.isInteger(index) && index > 0)
    .map((index) => {
      const type = rows.get(`${ifMib.type}.${index}`);
      return { index, loopback: type !== undefined && decodeInteger(type).value === loopbackType };
    })
    .sort((a, b) => a.index - b.index);
}

function useOf(
  rows: ReadonlyMap<string, Varbind>,
  found: Found[],
  addresses: EdgeAddresses,
  order: DeviceModule['interfaceOrder'],
): Use {
  const known = new Set(found.map(({ index }) => index));
  const byAddress = (address: string | null): number | null => {
    const row = address === null ? undefined : rows.get(`${ifMib.addressIfIndex}.${address}`);
    const index = row ? decodeInteger(row, 1).value : null;
    return index !== null && known.has(index) ? index : null;
  };
  const real = found.filter(({ loopback }) => !loopback);
  const byOrder = (use: keyof Use): number | null => {
    const at = order.indexOf(use);
    return at < 0 ? null : (real[at]?.index ?? null);
  };
  return {
    management: byAddress(addresses.managementIp) ?? byOrder('management'),
    proxy: byAddress(addresses.proxyIp) ?? byOrder('proxy'),
    loadBalancer: byAddress(addresses.lbIp) ?? byOrder('loadBalancer'),
  };
}

function plan(rows: ReadonlyMap<string, Varbind>, index: number, counted: boolean): PlannedInterface {
  const at = (base: string): string | null => (rows.has(`${base}.${index}`) ? `${base}.${index}` : null);
  const wide = at(ifMib.hcInOctets) !== null && at(ifMib.hcOutOctets) !== null;
  const { name, nameOid } = nameOf(rows, index);
  return {
    index,
    name,
    nameOid: counted ? nameOid : null,
    counterBits: wide ? 64 : 32,
    adminStatus: `${ifMib.adminStatus}.${index}`,
    operStatus: `${ifMib.operStatus}.${index}`,
    inOctets: counted ? at(wide ? ifMib.hcInOctets : ifMib.inOctets) : null,
    outOctets: counted ? at(wide ? ifMib.hcOutOctets : ifMib.outOctets) : null,
    discontinuity: counted ? at(ifMib.discontinuity) : null,
    speedBitsPerSecond: speedOf(rows, index),
  };
}

/** ifHighSpeed where it says something, or ifSpeed, which cannot express 4.3 Gb/s and more; null: the agent names none. */
function speedOf(rows: ReadonlyMap<string, Varbind>, index: number): number | null {
  const value = (base: string): number => {
    const row = rows.get(`${base}.${index}`);
    return (row ? decodeInteger(row, 0).value : null) ?? 0;
  };
  const highSpeed = value(ifMib.highSpeed);
  if (highSpeed > 0) return highSpeed * 1e6;
  const speed = value(ifMib.speed);
  return speed > 0 && speed < 2 ** 32 - 1 ? speed : null;
}

function nameOf(
  rows: ReadonlyMap<string, Varbind>,
  index: number,
): Pick<PlannedInterface, 'name' | 'nameOid'> {
  for (const base of [ifMib.name, ifMib.description]) {
    const oid = `${base}.${index}`;
    const row = rows.get(oid);
    const name = row ? decodeText(row, maxNameLength).value : null;
    if (name) return { name, nameOid: oid };
  }
  return { name: `interface ${index}`, nameOid: null };
}
