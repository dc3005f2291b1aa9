import type { InterfaceReading, SnmpReading, WatchedRow } from '../../../domain/model/reading';
import type { ScalarField } from '../devices/device-module';
import type { InterfaceIdentity } from './interface-identity';
import type { PlannedInterface } from './interface-plan';
import type { HealthPlan } from './plan';
import type { IngressPlan } from './role-plan';
import {
  asnType,
  decodeCounter,
  decodeInteger,
  decodeText,
  decodeTicksMs,
  decodeUp,
  type Decoded,
  type Varbind,
} from '../codec/varbind';
import type { PlannedWitness } from './planned-witness';

/** Max. reasons in one reading. */
const maxUnreadable = 8;

type Values = Pick<ReadonlyMap<string, Varbind>, 'get'>;

/** Collects, up to a limit, why objects could not be read. */
function collector(): { list: string[]; add: (reason: string) => void } {
  const list: string[] = [];
  return { list, add: (reason) => list.length < maxUnreadable && list.push(reason) };
}

/** The value of a decoded object; the reason for a missing one is collected. */
function valueOf(unreadable: ReturnType<typeof collector>): <T>(decoded: Decoded<T>) => T | null {
  return (decoded) => {
    if (decoded.reason !== null) unreadable.add(decoded.reason);
    return decoded.value;
  };
}

/** A reading of the role objects, and of the LB interface's ingress where it was requested. */
export function decodeRoles(
  witnesses: readonly PlannedWitness[],
  values: Values,
  agentUptimeMs: number | null,
  ingress: IngressPlan | null = null,
  /** The LB interface's index belongs to another interface now, or may. */
  isMoved = false,
): SnmpReading {
  const unreadable = collector();
  const empty = emptyReading(true);
  const value = valueOf(unreadable);
  return {
    ...empty,
    agentUptimeMs,
    interfaces: ingress?.planned && !isMoved ? [decodeInterface(ingress.planned, values, value)] : [],
    interfaceUse: ingress?.interfaceUse ?? empty.interfaceUse,
    roles: witnesses.flatMap((witness) => witness.read(values, unreadable.add)),
    unreadable: unreadable.list,
  };
}

/**
 * A reading of everything a plan names, except what belongs to interfaces of doubtful identity. Never throws: what cannot be read is
 * null, with its reason in `unreadable`.
 */
export function decodeHealth(
  plan: HealthPlan,
  values: Values,
  { doubtful, interfaceUse }: Pick<InterfaceIdentity, 'doubtful' | 'interfaceUse'> = {
    ...plan,
    doubtful: noIndexes,
  },
): SnmpReading {
  const unreadable = collector();
  const value = valueOf(unreadable);
  const reading = emptyReading(false);
  const set = <Field extends ScalarField>(field: Field, to: SnmpReading[Field]): void => {
    reading[field] = to;
  };
  for (const { object, columns, passedOver } of plan.scalars) {
    if (passedOver !== undefined) unreadable.add(passedOver);
    const rows = columns.map((column) => rowsOf(column, values));
    // What was not answered at all has its reason there.
    if (rows.some(({ length }) => length > 0)) set(object.field, value(object.decode(rows)));
  }
  if (plan.watched.length > 0) {
    reading.watched = plan.watched.flatMap((row) => decodeWatched(row, values, value));
  }
  reading.interfaces = plan.interfaces.map((planned) =>
    decodeInterface(planned, doubtful.has(planned.index) ? noValues : values, value),
  );
  reading.interfaceUse = interfaceUse;
  reading.roles = plan.witnesses.flatMap((witness) => witness.read(values, unreadable.add));
  if (unreadable.list.length > 0) reading.unreadable = unreadable.list;
  return reading;
}

function rowsOf(oids: readonly string[], values: Values): Varbind[] {
  const rows: Varbind[] = [];
  for (const oid of oids) {
    const row = values.get(oid);
    if (row) rows.push(row);
  }
  return rows;
}

const none: string[] = [];
const noIndexes: ReadonlySet<number> = new Set();
const noValues: Values = new Map();

/** The OIDs of the failed rows' messages. */
export function messagesToAsk(plan: HealthPlan, values: Values): string[] {
  if (plan.watched.length === 0) return none;
  return plan.watched
    .filter(({ flag }) => {
      const row = values.get(flag);
      return row !== undefined && decodeInteger(row).value === 1;
    })
    .map(({ message }) => message);
}

function decodeWatched(
  row: HealthPlan['watched'][number],
  values: Values,
  value: <T>(decoded: Decoded<T>) => T | null,
): WatchedRow[] {
  const flag = values.get(row.flag);
  const failed = flag ? value(decodeInteger(flag, 0, 1)) : null;
  if (failed === null) return [];
  const text = (oid: string): string => {
    const found = values.get(oid);
    return (found ? decodeText(found, 255).value : null) ?? '';
  };
  return [
    {
      table: row.table,
      name: text(row.name),
      failed: failed === 1,
      message: failed === 1 ? text(row.message) : '',
    },
  ];
}

function decodeInterface(
  planned: PlannedInterface,
  values: Values,
  value: <T>(decoded: Decoded<T>) => T | null,
): InterfaceReading {
  const read = <T>(oid: string | null, decode: (row: Varbind) => Decoded<T>): T | null => {
    const row = oid === null ? undefined : values.get(oid);
    return row ? value(decode(row)) : null;
  };
  const { index, name, speedBitsPerSecond } = planned;
  const counterBits = widthOf(planned, values);
  return {
    index,
    name,
    counterBits,
    speedBitsPerSecond,
    adminUp: read(planned.adminStatus, decodeUp),
    operUp: read(planned.operStatus, decodeUp),
    inOctets: read(planned.inOctets, (row) => decodeCounter(row, counterBits)),
    outOctets: read(planned.outOctets, (row) => decodeCounter(row, counterBits)),
    discontinuityMs: read(planned.discontinuity, decodeTicksMs),
  };
}

/** The width that the values have: some agents answer a Counter32 where the MIB has a Counter64, and it wraps as one. */
function widthOf({ counterBits, inOctets, outOctets }: PlannedInterface, values: Values): 32 | 64 {
  const received = inOctets === null ? undefined : values.get(inOctets);
  const sent = outOctets === null ? undefined : values.get(outOctets);
  const { type } = received ?? sent ?? noCounter;
  const isNarrow = type === asnType.counter32 && (sent ?? received)?.type === type;
  return isNarrow ? 32 : counterBits;
}

const noCounter = { type: asnType.null };
/** Shared by all readings without such values, and frozen. */
const nothing = Object.freeze([]) as unknown as never[];
const noUse = Object.freeze({ management: null, proxy: null, loadBalancer: null });

/** A reading of an agent that answers and has not been walked yet. */
export function firstReading(agentUptimeMs: number | null, roles: SnmpReading['roles']): SnmpReading {
  return { ...emptyReading(false), agentUptimeMs, roles };
}

function emptyReading(roleOnly: boolean): SnmpReading {
  return {
    roleOnly,
    reportedName: null,
    description: null,
    caConnectivity: null,
    loggingConnectivity: null,
    cpuPercent: null,
    swapPercent: null,
    systemUptimeMs: null,
    agentUptimeMs: null,
    tcpEstablished: null,
    watched: nothing,
    interfaces: nothing,
    interfaceUse: noUse,
    roles: nothing,
    unreadable: nothing,
  };
}
