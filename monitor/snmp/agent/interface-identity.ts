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
  const tableChanged = hasTableChanged(values, tableState);
  let moved = tableChanged;
  let doubtful: Set<number> | null = null;
  for (const { index, name, nameOid } of interfaces) {
    const row = nameOid === null ? undefined : values.get(nameOid);
    if (row && hasText(row, name)) continue;
    if (nameOid === null && !tableChanged) continue;
    (doubtful ??= new Set()).add(index);
    // A name that was not answered shows no move.
    if (row) moved = true;
  }
  let use: SnmpReading['interfaceUse'] | null = null;
  for (const { use: of, oid, index } of addresses) {
    const row = values.get(oid);
    if (!row || decodeInteger(row).value === index) continue;
    use ??= { ...interfaceUse };
    use[of] = null;
    moved = true;
  }
  return { doubtful: doubtful ?? noIndexes, interfaceUse: use ?? interfaceUse, moved };
}

const noIndexes: ReadonlySet<number> = new Set();

function hasTableChanged(values: Values, tableState: ReadonlyMap<string, unknown>): boolean {
  for (const [oid, walked] of tableState) {
    const row = values.get(oid);
    if (row !== undefined && !isAbsent(row) && row.value !== null && row.value !== walked) return true;
  }
  return false;
}

function hasText(row: Varbind, text: string): boolean {
  const { value } = row;
  if (!(value instanceof Uint8Array)) return false;
  // The usual case, without making the text.
  let same = value.length === text.length;
  for (let at = 0; same && at < text.length; at += 1) same = value[at] === text.charCodeAt(at);
  return same || decodeText(row, maxNameLength).value === text;
}
