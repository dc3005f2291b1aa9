import { thresholds } from '../../domain/model/thresholds';
import type { DeviceModule, ScalarField, TableWitness, TextWitness } from '../snmp/devices/device-module';
import { ifMib } from '../snmp/devices/if-mib';
import { deviceModules } from '../snmp/devices/modules';
import { asnType, isUnder } from '../snmp/codec/varbind';

/** What the rows of a column hold. */
export type ColumnKind = 'number' | 'counter32' | 'counter64' | 'text' | 'octets';

/** One SNMP column, and the metric that snmp_exporter makes of it. */
export interface Column {
  metric: string;
  oid: string;
  kind: ColumnKind;
  /** How the rest of a row's OID becomes labels. `exact`: the OID is that of the one object. */
  index: 'exact' | 'row' | 'two-rows' | 'address';
  /** `live`: part of every refresh; `learned`: names and tables that seldom change; `failed`: read where the row's flag is set. */
  use: 'live' | 'learned' | 'failed';
  /** Of a live column: the value that nearly every row has. A refresh reads the other rows; which rows there are is learned. */
  normal?: number;
  /** Of a live column: those that are read instead where an agent has them, and by what labels. */
  covered?: { by: string[]; on: string };
  help: string;
}

const prefix = 'heron_snmp_';

/** Values of scalars that nearly every edge has. */
const usual: Partial<Record<ScalarField, number>> = {
  caConnectivity: thresholds.caConnected[0],
  loggingConnectivity: thresholds.loggingConnected[0],
};

function columnsOf(module: DeviceModule): Column[] {
  return [
    ...module.scalars.flatMap(({ field, bases, asked, decode }) => {
      const kind = isText(decode) ? 'text' : 'number';
      const name = scalarName(module, field);
      const covered = coverOf(module, field);
      return bases.map((oid, at) =>
        column(bases.length > 1 ? `${name}_${at + 1}` : name, oid, {
          kind,
          use: asked === 'once' ? 'learned' : 'live',
          ...(covered ? { covered } : {}),
          ...(usual[field] === undefined ? {} : { normal: usual[field] }),
          help: `${field} of ${module.name}${bases.length > 1 ? `, part ${at + 1}` : ''}`,
        }),
      );
    }),
    ...module.watched.flatMap(({ table, names, flags, messages }) => [
      column(`${table}_name`, names, { kind: 'text', use: 'learned', help: `What is watched: ${table}` }),
      column(`${table}_failed`, flags, { normal: 0, help: `1 where the ${table} has failed` }),
      column(`${table}_message`, messages, {
        kind: 'text',
        use: 'failed',
        help: `Why the ${table} has failed`,
      }),
    ]),
    ...module.witnesses.flatMap(witnessColumns),
  ];
}

/** The metrics of a module that comes first for the same field. */
function coverOf(module: DeviceModule, field: string): Column['covered'] {
  const before = deviceModules.slice(0, deviceModules.indexOf(module));
  const first = before.find(({ scalars }) =>
    scalars.some((one) => one.field === field && one.bases.length === 1),
  );
  if (!first) return undefined;
  return { by: [`${prefix}${scalarName(first, field)}`], on: 'edge' };
}

function alternativesBefore(name: string, at: number): string[] {
  return Array.from({ length: at }, (_, before) => `${prefix}${name}_${before + 1}`);
}

/** A field's unit is that of the decoded value, not of what the agent sends. */
function scalarName(module: DeviceModule, field: string): string {
  return `${module.name.replaceAll('-', '_')}_${snake(field.replace(/(?:Ms|Percent)$/, ''))}`;
}

function witnessColumns(witness: TextWitness | TableWitness): Column[] {
  const name = witness.witness.replaceAll('-', '_');
  if (witness.form === 'text') {
    return [
      ...witness.alternatives.map((oid, at) =>
        column(`${name}_${at + 1}`, oid, {
          ...{ kind: 'text' as const, help: `Output of ${witness.witness}` },
          ...(at > 0 ? { covered: { by: alternativesBefore(name, at), on: 'edge' } } : {}),
        }),
      ),
      column(`${name}_cache_seconds`, witness.cacheSeconds, {
        use: 'learned',
        help: 'For how long the agent repeats an output',
      }),
    ];
  }
  const optional: [string, string | null | undefined, Partial<Column>][] = [
    ['vhid', witness.vhid, { use: 'learned' }],
    ['advbase', witness.advbase, { use: 'learned' }],
    ['advskew', witness.advskew, { use: 'learned' }],
    ['label', witness.label, { kind: 'text', use: 'learned' }],
    ['priority', witness.priority, {}],
    ['base_priority', witness.basePriority, { use: 'learned' }],
    ['preempt', witness.preempt?.base, { use: 'learned' }],
    ['allowed', witness.allowed?.base, { use: 'learned' }],
    ['demotion', witness.demotions, { normal: 0 }],
    ['address_type', witness.virtualIps?.types, { use: 'learned', index: 'two-rows' }],
    ['address', witness.virtualIps?.values, { kind: 'octets', use: 'learned', index: 'two-rows' }],
  ];
  return [
    column(`${name}_state`, witness.state, { help: `State of a group by ${witness.witness}` }),
    ...optional.flatMap(([key, oid, more]) =>
      oid
        ? [column(`${name}_${key}`, oid, { help: `${key} of a group by ${witness.witness}`, ...more })]
        : [],
    ),
  ];
}

/** Columns of IF-MIB whose values are not gauges that every refresh reads. */
const interfaceKinds: Partial<Record<keyof typeof ifMib, Partial<Column>>> = {
  count: { index: 'exact', use: 'learned' },
  lastChange: { index: 'exact', use: 'learned' },
  description: { kind: 'text', use: 'learned' },
  type: { use: 'learned' },
  speed: { use: 'learned' },
  name: { kind: 'text', use: 'learned' },
  adminStatus: { normal: 1 },
  operStatus: { normal: 1 },
  inOctets: { kind: 'counter32', covered: { by: [`${prefix}if_hc_in_octets`], on: 'edge, row' } },
  outOctets: { kind: 'counter32', covered: { by: [`${prefix}if_hc_out_octets`], on: 'edge, row' } },
  hcInOctets: { kind: 'counter64' },
  hcOutOctets: { kind: 'counter64' },
  highSpeed: { use: 'learned' },
  discontinuity: { use: 'learned' },
  addressIfIndex: { index: 'address', use: 'learned' },
};

function interfaceColumns(): Column[] {
  return (Object.keys(ifMib) as (keyof typeof ifMib)[]).map((key) =>
    column(`if_${snake(key)}`, ifMib[key], { help: `${key} of IF-MIB`, ...interfaceKinds[key] }),
  );
}

function column(name: string, oid: string, more: Partial<Column>): Column {
  return { metric: `${prefix}${name}`, oid, kind: 'number', index: 'row', use: 'live', help: name, ...more };
}

/** Whether a decoder wants text: it is given one of each. */
function isText(
  decode: (columns: { oid: string; type: number; value: unknown }[][]) => { value: unknown },
): boolean {
  return decode([[{ oid: '1', type: asnType.octetString, value: Buffer.from('a') }]]).value !== null;
}

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** IF-MIB's description of a column is used where a device module names the same one. */
function unique(all: readonly Column[]): Column[] {
  const byOid = new Map(all.map((one) => [one.oid, one]));
  return [...byOid.values()];
}

/** Without columns that contain others: snmp_exporter takes what is below a column for its rows. */
function withoutContainers(all: readonly Column[]): Column[] {
  return all.filter(({ oid }) => all.every((other) => other.oid === oid || !isUnder(other.oid, oid)));
}

/** All columns that Heron reads of edges, as its device modules and IF-MIB name them. A column that two of them name is listed once. */
export const columns: readonly Column[] = withoutContainers(
  unique([...deviceModules.flatMap(columnsOf), ...interfaceColumns()]),
);

export const columnsByMetric: ReadonlyMap<string, Column> = new Map(
  columns.map((column) => [column.metric, column]),
);

/** The device modules without scalars that have no column. */
export const readModules: readonly DeviceModule[] = deviceModules.map((module) => ({
  ...module,
  scalars: module.scalars.filter(({ bases }) =>
    bases.every((base) => columns.some(({ oid }) => oid === base)),
  ),
}));
