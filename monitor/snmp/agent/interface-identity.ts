import type { SnmpReading } from '../../../domain/model/reading';
import { decodeInteger, decodeText, isAbsent, type Varbind } from '../codec/varbind';
import { maxNameLength, type PlannedAddress, type PlannedInterface } from './interface-plan';

type Values = ReadonlyMap<string, Varbind>;

/** What a poll shows of the identity of the planned interfaces: an index alone may belong to another interface meanwhile. */
export interface InterfaceIdentity {
  /** Indexes that do not carry the planned name, or may not: their values are another interface's. */
  doubtful: ReadonlySet<number>;
  /** The planned uses, null where an address is on another interface. */
  interfaceUse: SnmpReading['interfaceUse'];
  /** Interfaces were added, removed or renumbered since the walk. */
  moved: boolean;
}

interface Planned {
  interfaces: readonly PlannedInterface[];
  interfaceUse: SnmpReading['interfaceUse'];
  addresses: readonly PlannedAddress[];
}

/** Compares names, addresses and `tableState` (ifNumber and ifTableLastChange, as walked) with the values of a poll. */
export function verifyInterfaces(
  { interfaces, interfaceUse, addresses }: Planned,
  values: Values,
  tableState: ReadonlyMap<string, unknown>,
): InterfaceIdentity {
  const tableChanged = [...tableState].some(([oid, walked]) => {
    const row = values.get(oid);
    return row !== undefined && !isAbsent(row) && row.value !== null && row.value !== walked;
  });
  let moved = tableChanged;
  const doubtful = new Set<number>();
  for (const { index, name, nameOid } of interfaces) {
    const row = nameOid === null ? undefined : values.get(nameOid);
    if (row && hasText(row, name)) continue;
    if (nameOid === null && !tableChanged) continue;
    doubtful.add(index);
    // A name that was not answered shows no move.
    if (row) moved = true;
  }
  const use = { ...interfaceUse };
  for (const { use: of, oid, index } of addresses) {
    const row = values.get(oid);
    if (!row || decodeInteger(row).value === index) continue;
    use[of] = null;
    moved = true;
  }
  return { doubtful, interfaceUse: moved ? use : interfaceUse, moved };
}

function hasText(row: Varbind, text: string): boolean {
  const { value } = row;
  if (!(value instanceof Uint8Array)) return false;
  // The usual case, without making the text.
  let same = value.length === text.length;
  for (let at = 0; same && at < text.length; at += 1) same = value[at] === text.charCodeAt(at);
  return same || decodeText(row, maxNameLength).value === text;
}
