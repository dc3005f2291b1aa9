import type { RoleWitness } from '../../../domain/model/role';
import type { TableWitness } from '../devices/device-module';
import { decodeInteger, decodeText, isAbsent, isUnder, suffixOf, type Varbind } from '../codec/varbind';
import type { PlannedWitness, Values } from './planned-witness';

/** Max. virtual addresses read of one group, and max. demotion counters. */
const maxAddresses = 16;
const maxDemotions = 8;
const maxLabelLength = 64;

/** InetAddressType ipv4 and ipv6 (RFC 4001), and how many octets their addresses have. */
const addressOctets: Record<number, number> = { 1: 4, 2: 16 };

/** The exact instances of one group's row, null where the agent lacks the column. */
interface GroupCells {
  row: string;
  state: string;
  vhid: string | null;
  advbase: string | null;
  advskew: string | null;
  label: string | null;
  priority: string | null;
  basePriority: string | null;
  preempt: string | null;
  allowed: string | null;
  demotions: string[];
  /** The value columns of its rows in the address table. */
  virtualIps: string[];
  /** Rows of ipAddrTable, whose values are ifIndexes. */
  addresses: string[];
}

/** One row of a table of groups. */
export function groupWitness(
  witness: TableWitness,
  state: string,
  under: (base: string) => string[],
): PlannedWitness {
  const cells = cellsOf(witness, state, under);
  const { vhid, advbase, advskew, label, priority, basePriority, preempt, demotions } = cells;
  const health = [state, vhid, label, advskew, priority, preempt, cells.allowed, ...demotions];
  const identityOids = witness.renumbers && vhid !== null ? [vhid] : [];
  const types = cells.virtualIps.flatMap((oid) => typeOidOf(witness, oid) ?? []);
  return {
    kind: witness.witness,
    isProcess: true,
    roleOids: [state, ...identityOids],
    identityOids,
    healthOids: health.filter((oid) => oid !== null),
    learnedOids: [advbase, basePriority, ...types, ...cells.virtualIps, ...cells.addresses].filter(
      (oid) => oid !== null,
    ),
    read: (values, unreadable) => readGroup(witness, cells, values, unreadable),
  };
}

function cellsOf(witness: TableWitness, state: string, under: (base: string) => string[]): GroupCells {
  const row = suffixOf(state, witness.state);
  const cell = (base: string | null | undefined): string | null =>
    base && under(base).includes(`${base}.${row}`) ? `${base}.${row}` : null;
  const { preempt, virtualIps, demotions, addressIfIndex } = witness;
  return {
    row,
    state,
    vhid: cell(witness.vhid),
    advbase: cell(witness.advbase),
    advskew: cell(witness.advskew),
    label: cell(witness.label),
    priority: cell(witness.priority),
    basePriority: cell(witness.basePriority),
    preempt: preempt?.ofAgent ? (under(preempt.base)[0] ?? null) : cell(preempt?.base),
    allowed: witness.allowed ? (under(witness.allowed.base)[0] ?? null) : null,
    demotions: demotions ? under(demotions).slice(0, maxDemotions) : [],
    virtualIps: virtualIps
      ? under(virtualIps.values)
          .filter((oid) => isUnder(oid, `${virtualIps.values}.${row}`))
          .slice(0, maxAddresses)
      : [],
    addresses: addressIfIndex ? under(addressIfIndex).slice(0, maxAddresses) : [],
  };
}

function readGroup(
  witness: TableWitness,
  cells: GroupCells,
  values: Values,
  unreadable: (reason: string) => void,
): RoleWitness[] {
  const found = values.get(cells.state);
  if (!found || isAbsent(found)) return [];
  const number = decodeInteger(found);
  if (number.value === null) unreadable(number.reason);
  const small = (oid: string | null, max = 255): number | null => {
    const value = oid === null ? undefined : values.get(oid);
    return value ? decodeInteger(value, 0, max).value : null;
  };
  const read: RoleWitness = {
    witness: witness.witness,
    role: number.value === null ? 'unknown' : (witness.states[number.value] ?? 'unknown'),
    vhid: small(cells.vhid),
    advbase: small(cells.advbase),
    advskew: small(cells.advskew),
    confidence: 1,
    maxAgeMs: 0,
    said: number.value === null ? 'unreadable' : String(number.value),
  };
  const labelRow = cells.label === null ? undefined : values.get(cells.label);
  const label = labelRow ? decodeText(labelRow, maxLabelLength).value : null;
  if (label) read.label = label.replaceAll('\n', ' ');
  const virtualIps = virtualIpsOf(witness, cells, values);
  if (virtualIps !== '') read.virtualIps = virtualIps;
  const priority = small(cells.priority);
  if (priority !== null) read.priority = priority;
  const basePriority = small(cells.basePriority);
  if (basePriority !== null) read.basePriority = basePriority;
  const preempt = small(cells.preempt);
  if (preempt !== null) read.preempt = preempt === witness.preempt?.yes;
  const allowed = small(cells.allowed);
  if (allowed !== null) read.allowed = allowed === witness.allowed?.yes;
  const demotions = cells.demotions.flatMap((oid) => small(oid, 100_000) ?? []);
  if (demotions.length > 0) read.demotion = Math.max(...demotions);
  return [read];
}

function virtualIpsOf(witness: TableWitness, cells: GroupCells, values: Values): string {
  const own = cells.virtualIps.flatMap((oid) => {
    const typeOid = typeOidOf(witness, oid);
    const type = typeOid === null ? undefined : values.get(typeOid);
    return addressText(values.get(oid), type ? decodeInteger(type).value : null) ?? [];
  });
  const { addressIfIndex } = witness;
  const onInterface = cells.addresses
    .filter((oid) => String(values.get(oid)?.value) === cells.row)
    .map((oid) => (addressIfIndex ? suffixOf(oid, addressIfIndex) : oid));
  return [...own, ...onInterface].join(' ');
}

/** The InetAddressType in the row of an address. */
function typeOidOf({ virtualIps }: TableWitness, valueOid: string): string | null {
  return virtualIps ? `${virtualIps.types}.${suffixOf(valueOid, virtualIps.values)}` : null;
}

/** An InetAddress (RFC 4001) as text; null where its length is not that of its type. */
function addressText(row: Varbind | undefined, type: number | null): string | null {
  const bytes = row?.value;
  if (!(bytes instanceof Uint8Array)) return null;
  if (type !== null && addressOctets[type] !== bytes.length) return null;
  if (bytes.length === 4) return bytes.join('.');
  if (bytes.length !== 16) return null;
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/(.{4})(?=.)/g, '$1:');
}
