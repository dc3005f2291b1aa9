import type { SnmpReading, WatchedRow } from '../../../domain/model/reading';
import type { LbRole, WitnessKind } from '../../../domain/model/role';
import type { Decoded, Varbind } from '../codec/varbind';

/** Fields of an SNMP reading that are one value of the whole edge. */
export type ScalarField =
  | 'reportedName'
  | 'description'
  | 'caConnectivity'
  | 'loggingConnectivity'
  | 'cpuPercent'
  | 'swapPercent'
  | 'systemUptimeMs'
  | 'agentUptimeMs'
  | 'tcpEstablished';

/**
 * One value of an edge: where it is and how it is read. `bases` are scalars or columns, walked once (real agents put
 * index suffixes on them); `decode` gets the rows found under each base, in the agent's order.
 */
export interface ScalarObject<Field extends ScalarField = ScalarField> {
  field: Field;
  bases: string[];
  /** `once`: the value of the walk is retained, for what changes with a restart only. */
  asked: 'once' | 'every-poll';
  decode: (columns: Varbind[][]) => Decoded<NonNullable<SnmpReading[Field]>>;
}

/** A table as UCD-SNMP-MIB has them: each row is a watched item with an error flag (0 is fine) and a message. */
export interface WatchedTable {
  table: WatchedRow['table'];
  names: string;
  flags: string;
  messages: string;
}

/**
 * Text of a script, in the first of `alternatives` that the agent offers. The agent runs the script again only when its last
 * output is older than `cacheSeconds`, or than `usualCacheMs` where that column is not offered.
 */
export interface TextWitness {
  witness: Extract<WitnessKind, 'carp-extend'>;
  form: 'text';
  alternatives: string[];
  cacheSeconds: string;
  usualCacheMs: number;
}

/** A table whose state column is a number per group; the other columns are optional. */
export interface TableWitness {
  witness: Extract<WitnessKind, 'carp-mib' | 'keepalived-mib'>;
  form: 'table';
  state: string;
  states: Readonly<Record<number, LbRole>>;
  vhid: string | null;
  advbase: string | null;
  advskew: string | null;
  /** Rows are numbered anew when the configuration is reloaded: every poll asks which group a row is about. */
  renumbers?: true;
  /** Name of the group's interface or instance. */
  label?: string;
  priority?: string;
  basePriority?: string;
  /** Whether a better LB takes the role back: a column, or a scalar of the whole agent; and the number that means yes. */
  preempt?: { base: string; yes: number; ofAgent: boolean };
  /** Whether the host takes part in CARP at all, likewise. */
  allowed?: { base: string; yes: number };
  /** Demotion counters of interface groups (ifconfig(8), `carpdemote`): the largest one counts. */
  demotions?: string;
  /** Virtual addresses, in rows that begin with the group's index: the columns of type and value (INET-ADDRESS-MIB). */
  virtualIps?: { types: string; values: string };
  /** ipAdEntIfIndex, where a group's index is the ifIndex of its own interface: the addresses on that are the group's. */
  addressIfIndex?: string;
}

/** One kind of agent, as data. A walk shows which modules apply: whatever an agent offers is read. */
export interface DeviceModule {
  name: 'vendor-edge' | 'net-snmp-generic' | 'openbsd-carp' | 'keepalived';
  scalars: ScalarObject[];
  watched: WatchedTable[];
  witnesses: (TextWitness | TableWitness)[];
  /** Uses of the first interfaces that are not loopback, in ifIndex order, where addresses do not identify them. */
  interfaceOrder: ('management' | 'proxy' | 'loadBalancer')[];
}
