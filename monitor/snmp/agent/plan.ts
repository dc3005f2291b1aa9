import type { SnmpReading } from '../../../domain/model/reading';
import type { DeviceModule, ScalarField, ScalarObject } from '../devices/device-module';
import { ifMib } from '../devices/if-mib';
import {
  planInterfaces,
  type EdgeAddresses,
  type PlannedAddress,
  type PlannedInterface,
} from './interface-plan';
import { sharedRow } from '../codec/shared-values';
import { isUnder, suffixOf, type Varbind } from '../codec/varbind';
import type { PlannedWitness } from './planned-witness';
import { planWitnesses, witnessBases } from './witness-plan';

/** Max. polled rows of one watched table. */
const maxWatchedRows = 32;

/** A scalar with the exact instances the agent has. */
export interface PlannedScalar {
  object: ScalarObject;
  /** Per base, the instances found. */
  columns: string[][];
  /** Why another object of the agent, which would come first, is not used. */
  passedOver?: string;
}

export interface PlannedWatched {
  table: 'process' | 'disk' | 'load';
  name: string;
  flag: string;
  message: string;
}

/** The exact objects to request of one agent, as learned by a walk. */
export interface HealthPlan {
  scalars: PlannedScalar[];
  watched: PlannedWatched[];
  interfaces: PlannedInterface[];
  interfaceUse: SnmpReading['interfaceUse'];
  addresses: PlannedAddress[];
  /** ifNumber and ifTableLastChange, where the agent has them. */
  tableState: string[];
  witnesses: PlannedWitness[];
  /** Rows of the walk that polls do not request again: names, descriptions, groups. */
  learned: readonly Varbind[];
  /** Every instance that a health poll requests. */
  oids: string[];
}

/** Everything a walk must visit to learn a health plan. */
export function healthBases(modules: readonly DeviceModule[]): string[] {
  const watched = modules.flatMap((module) => module.watched);
  return [
    ...modules.flatMap((module) => module.scalars.flatMap((scalar) => scalar.bases)),
    ...watched.flatMap((table) => [table.names, table.flags, table.messages]),
    ...witnessBases(modules),
    ...Object.values(ifMib),
  ];
}

/** Plans health polls from the rows of a walk. */
export function planHealth(
  modules: readonly DeviceModule[],
  rows: ReadonlyMap<string, Varbind>,
  addresses: EdgeAddresses,
): HealthPlan {
  const found = [...rows.keys()];
  const under = (base: string): string[] => found.filter((oid) => isUnder(oid, base));
  const scalars = planScalars(modules, rows, under);
  const order =
    modules.find((module) => module.scalars.some((scalar) => applies(scalar, under)))?.interfaceOrder ?? [];
  const { interfaces, interfaceUse, addresses: ownAddresses } = planInterfaces(rows, under, addresses, order);
  const witnesses = planWitnesses(modules, under);
  const watched = planWatched(modules, under);
  const tableState = [ifMib.count, ifMib.lastChange].filter((oid) => rows.has(oid));
  const oids = [
    ...scalars.filter(({ object }) => object.asked === 'every-poll').flatMap(({ columns }) => columns.flat()),
    ...watched.map(({ flag }) => flag),
    ...interfaces.flatMap((planned) => [
      ...(planned.nameOid === null ? [] : [planned.nameOid]),
      planned.adminStatus,
      planned.operStatus,
      ...(planned.inOctets === null ? [] : [planned.inOctets]),
      ...(planned.outOctets === null ? [] : [planned.outOctets]),
      ...(planned.discontinuity === null ? [] : [planned.discontinuity]),
    ]),
    ...witnesses.flatMap((witness) => witness.healthOids),
    ...ownAddresses.map(({ oid }) => oid),
    ...tableState,
  ].filter((oid) => rows.has(oid));
  const asked = new Set(oids);
  // An object polled every time must not be retained too: once removed, it would keep its last value.
  const once = [
    ...scalars.filter(({ object }) => object.asked === 'once').flatMap(({ columns }) => columns.flat()),
    ...watched.map(({ name }) => name),
    ...witnesses.flatMap((witness) => witness.learnedOids),
  ].filter((oid) => !asked.has(oid));
  return {
    scalars,
    watched,
    interfaces,
    interfaceUse,
    addresses: ownAddresses,
    tableState,
    witnesses,
    oids: [...asked],
    learned: retainedRows(rows, once),
  };
}

function planWatched(modules: readonly DeviceModule[], under: (base: string) => string[]): PlannedWatched[] {
  return modules.flatMap((module) =>
    module.watched.flatMap((table): PlannedWatched[] =>
      under(table.flags)
        .slice(0, maxWatchedRows)
        .map((flag) => {
          const row = suffixOf(flag, table.flags);
          return {
            table: table.table,
            name: `${table.names}.${row}`,
            flag,
            message: `${table.messages}.${row}`,
          };
        }),
    ),
  );
}

/** The plan with other witnesses, whose rows a later walk found. */
export function withWitnesses(
  plan: HealthPlan,
  witnesses: PlannedWitness[],
  rows: ReadonlyMap<string, Varbind>,
): HealthPlan {
  const before = new Set(plan.witnesses.flatMap((one) => [...one.healthOids, ...one.learnedOids]));
  const added = witnesses.flatMap(({ healthOids }) => healthOids).filter((oid) => rows.has(oid));
  const oids = [...new Set([...plan.oids.filter((oid) => !before.has(oid)), ...added])];
  const learned = [
    ...plan.learned.filter(({ oid }) => !before.has(oid)),
    ...retainedRows(
      rows,
      witnesses.flatMap(({ learnedOids }) => learnedOids).filter((oid) => !oids.includes(oid)),
    ),
  ];
  return { ...plan, witnesses, oids, learned };
}

/** Long-lived copies of the found rows among these instances. */
export function retainedRows(rows: ReadonlyMap<string, Varbind>, oids: readonly string[]): Varbind[] {
  return [...new Set(oids)].flatMap((oid) => {
    const row = rows.get(oid);
    return row ? [sharedRow(row)] : [];
  });
}

function applies(scalar: ScalarObject, under: (base: string) => string[]): boolean {
  return scalar.bases.some((base) => under(base).length > 0);
}

/** One object per field: the first whose walked rows can be read, else the first that has rows. */
function planScalars(
  modules: readonly DeviceModule[],
  rows: ReadonlyMap<string, Varbind>,
  under: (base: string) => string[],
): PlannedScalar[] {
  const chosen = new Map<ScalarField, { planned: PlannedScalar; reason: string | null }>();
  for (const object of modules.flatMap((module) => module.scalars)) {
    const before = chosen.get(object.field);
    if (!applies(object, under) || (before && before.reason === null)) continue;
    const columns = object.bases.map(under);
    const { reason } = object.decode(columns.map((column) => column.flatMap((oid) => rows.get(oid) ?? [])));
    if (before && reason !== null) continue;
    const unread = before?.planned.columns.flat()[0];
    const passedOver = unread && `${before.reason}; ${columns.flat()[0]} is used instead of ${unread}`;
    chosen.set(object.field, { planned: { object, columns, ...(passedOver && { passedOver }) }, reason });
  }
  return [...chosen.values()].map(({ planned }) => planned);
}
