import type { ObjectFacts, ObjectKey } from '../../domain/doctor/facts';
import { ifMib } from '../snmp/devices/if-mib';
import type { SnmpSession } from '../snmp/client/session';
import { startBefore } from '../snmp/client/walk';
import { asnType, isAbsent, isUnder, suffixOf, type Varbind } from '../snmp/codec/varbind';
import { settled } from './measure-answers';

/** A group is there when any of its objects is. */
export const objectBases: Readonly<Record<ObjectKey, string>> = {
  system: '1.3.6.1.2.1.1',
  interfaces: '1.3.6.1.2.1.2.2.1',
  'counters-64': ifMib.hcInOctets,
  addresses: ifMib.addressIfIndex,
  host: '1.3.6.1.2.1.25.1',
  tcp: '1.3.6.1.2.1.6',
  cpu: '1.3.6.1.4.1.2021.11',
  watched: '1.3.6.1.4.1.2021.10',
  vendor: '1.3.6.1.4.1.46262',
  // nsExtendConfigTable's row "carp".
  'carp-extend': '1.3.6.1.4.1.8072.1.3.2.3.1.1.4.99.97.114.112',
  'carp-mib': '1.3.6.1.4.1.30155.6.2.2.1',
  'keepalived-mib': '1.3.6.1.4.1.9586.100.5.2.3.1',
};

const waitMs = 2_000;
const maxAddresses = 64;
const sysObjectId = '1.3.6.1.2.1.1.2.0';

/** Asks for each group of objects alone, so that one that hangs hides no other. Never throws. */
export async function findObjects(session: SnmpSession): Promise<ObjectFacts[]> {
  const entries = Object.entries(objectBases) as [ObjectKey, string][];
  const found: ObjectFacts[] = [];
  for (const [key, base] of entries) found.push(await findOne(session, key, base));
  return found;
}

async function findOne(session: SnmpSession, key: ObjectKey, base: string): Promise<ObjectFacts> {
  const result = await settled(session.getNext([startBefore(base)], performance.now() + waitMs));
  if (!result.ok) {
    const { code, words } = result.failure;
    const hangs = code === 'timeout' || code === 'unanswered';
    return { key, outcome: hangs ? 'hangs' : 'refused', words };
  }
  const [row] = result.value;
  const isPresent = row !== undefined && !isAbsent(row) && isUnder(row.oid, base);
  return { key, outcome: isPresent ? 'present' : 'absent', words: '' };
}

/** sysObjectID, or null. */
export async function readObjectId(session: SnmpSession): Promise<string | null> {
  const result = await settled(session.get([sysObjectId], performance.now() + waitMs));
  return result.ok ? objectIdOf(result.value[0]) : null;
}

export function objectIdOf(row: Varbind | undefined): string | null {
  return row?.type === asnType.oid && typeof row.value === 'string' ? row.value : null;
}

/** The addresses of an agent's interfaces (ipAdEntIfIndex). */
export async function readAddresses(session: SnmpSession): Promise<{ address: string; ifIndex: number }[]> {
  const rows: Varbind[] = [];
  let from: string = ifMib.addressIfIndex;
  while (rows.length < maxAddresses) {
    const result = await settled(session.getNext([from], performance.now() + waitMs));
    const row = result.ok ? result.value[0] : undefined;
    if (!row || isAbsent(row) || !isUnder(row.oid, ifMib.addressIfIndex) || row.oid === from) break;
    if (rows.some(({ oid }) => oid === row.oid)) break;
    rows.push(row);
    from = row.oid;
  }
  return addressesOf(rows);
}

export function addressesOf(rows: readonly Varbind[]): { address: string; ifIndex: number }[] {
  return rows.flatMap(({ oid, value }) =>
    isUnder(oid, ifMib.addressIfIndex) && typeof value === 'number'
      ? [{ address: suffixOf(oid, ifMib.addressIfIndex), ifIndex: value }]
      : [],
  );
}
