import type { RoleWitness } from './role';

/** Why a source brought nothing. Stable codes; the sentence a person can act on is beside it. */
export type UnreachableCode =
  | 'timeout'
  | 'refused'
  | 'no-route'
  | 'wrong-user'
  | 'wrong-password'
  | 'wrong-privacy'
  | 'not-in-time-window'
  | 'no-credential'
  | 'unsupported'
  | 'bad-answer'
  | 'too-large'
  | 'tls'
  | 'own-network'
  | 'failed';

/** What one source brought. Unreachable is an outcome like any other; `not-asked` means this poll did not include it. */
export type SourceResult<T> =
  | { outcome: 'answered'; latencyMs: number; value: T }
  | { outcome: 'unreachable'; latencyMs: number; code: UnreachableCode; words: string }
  | { outcome: 'not-asked' };

/** One interface as IF-MIB tells it. Octets are counters, not rates; null where the agent has no such object. */
export interface InterfaceReading {
  index: number;
  name: string;
  adminUp: boolean | null;
  operUp: boolean | null;
  inOctets: bigint | null;
  outOctets: bigint | null;
  /** Width of the counters read: ifHC* are 64-bit, ifInOctets and ifOutOctets wrap at 2^32. */
  counterBits: 32 | 64;
}

/** A row of UCD prTable, dskTable or laTable. */
export interface WatchedRow {
  table: 'process' | 'disk' | 'load';
  name: string;
  failed: boolean;
  message: string;
}

/** What SNMP told about one edge. Null: the agent does not offer the object. */
export interface SnmpReading {
  /**
   * True when only the role objects were asked (the light role poll): then everything but `roles` and `agentUptimeMs` is
   * null or empty. Where no witness speaks, `interfaceUse` and the LB interface's `inOctets` come with them.
   */
  roleOnly: boolean;
  reportedName: string | null;
  description: string | null;
  /** VSE-MIB ca_connectivity: 3 is connected. */
  caConnectivity: number | null;
  /** VSE-MIB smsm_connectivity: 4 and 5 are connected. */
  loggingConnectivity: number | null;
  cpuPercent: number | null;
  swapPercent: number | null;
  /** hrSystemUptime and sysUpTime, in milliseconds. */
  systemUptimeMs: number | null;
  agentUptimeMs: number | null;
  tcpEstablished: number | null;
  watched: WatchedRow[];
  interfaces: InterfaceReading[];
  /** Which ifIndex carries which of the edge's own addresses; null where neither ipAddrTable nor a convention tells. */
  interfaceUse: { management: number | null; proxy: number | null; loadBalancer: number | null };
  roles: RoleWitness[];
  /** Objects that answered with something else than their MIB says, in words; a few at most. */
  unreadable?: string[];
}

/** What the HTTP health page told. `roles` only where the page answers JSON with a role. */
export interface HttpReading {
  status: number;
  bodyBytes: number;
  /** Null when the URL does not name an expected size. */
  bodyAsExpected: boolean | null;
  roles: RoleWitness[];
}

/** Where a TCP connection was accepted. Nothing is sent over it. */
export interface TcpReading {
  host: string;
  port: number;
}

/** What one poll of one edge brought. Times: UTC milliseconds, and the monotonic clock's milliseconds beside them. */
export interface Reading {
  edgeId: string;
  kind: 'health' | 'role';
  startedAtMs: number;
  finishedAtMs: number;
  startedMonotonicMs: number;
  finishedMonotonicMs: number;
  snmp: SourceResult<SnmpReading>;
  http: SourceResult<HttpReading>;
  tcp: SourceResult<TcpReading>;
}

/** The edge answered in at least one of the ways it was asked. */
export function wasAnswered({ snmp, http, tcp }: Reading): boolean {
  return [snmp, http, tcp].some(({ outcome }) => outcome === 'answered');
}
