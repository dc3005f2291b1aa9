import type { RoleWitness, WitnessKind } from './role';

/**
 * Why a source has no result. The codes are stable; `words` explains them. `timeout`: nothing came back; `unanswered`: the agent is
 * there (it answered a discovery, or late), but not with what was asked.
 */
export type UnreachableCode =
  | 'timeout'
  | 'unanswered'
  | 'refused'
  | 'no-route'
  /** Its name has no known address, so nothing was sent. */
  | 'no-address'
  /** Nothing was sent yet: its name is being looked up for the first time. */
  | 'looking-up'
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
  /** Read through a metrics source: its metrics are too old, or missing. */
  | 'stale'
  /** Read through a metrics source, whose scrape the edge did not answer. */
  | 'scrape-failed'
  | 'failed';

/** The result of polling one source. Unreachable is a result like any other; `not-asked`: this poll did not include it. */
export type SourceResult<T> =
  | { outcome: 'answered'; latencyMs: number; value: T }
  | { outcome: 'unreachable'; latencyMs: number; code: UnreachableCode; words: string }
  | { outcome: 'not-asked' };

/** One interface from IF-MIB. Octets are counters, not rates; null where the agent has no such object. */
export interface InterfaceReading {
  index: number;
  name: string;
  adminUp: boolean | null;
  operUp: boolean | null;
  inOctets: bigint | null;
  outOctets: bigint | null;
  /** Width of the counters read: ifHC* are 64-bit, ifInOctets and ifOutOctets wrap at 2^32. */
  counterBits: 32 | 64;
  /** ifHighSpeed or ifSpeed; absent or null: unknown, or the agent reports none. */
  speedBitsPerSecond?: number | null;
  /** ifCounterDiscontinuityTime: sysUpTime at the last discontinuity of its counters, milliseconds; absent or null: not offered. */
  discontinuityMs?: number | null;
}

/** A row of UCD prTable, dskTable or laTable. */
export interface WatchedRow {
  table: 'process' | 'disk' | 'load';
  name: string;
  failed: boolean;
  message: string;
}

/**
 * A kind of answer that a poll asked for and did not get, although the agent answered: its metrics are null or empty in that
 * reading. `device`: uptimes, load, sessions and connectivity; `watched`: the rows of prTable, dskTable and laTable.
 */
export interface UnansweredPart {
  part: 'device' | 'interfaces' | 'watched' | 'roles';
  /** What was asked and what happened, for display. */
  words: string;
}

/** The SNMP reading of one edge. Null: the agent does not offer the object. */
export interface SnmpReading {
  /**
   * True for a role poll, which reads only the role objects: everything but `roles` and `agentUptimeMs` is then null or
   * empty. Where the agent offers no role, `interfaceUse` and the LB interface's `inOctets` are included.
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
  /** The ifIndex of each of the edge's addresses; null where neither ipAddrTable nor a convention determines it. */
  interfaceUse: { management: number | null; proxy: number | null; loadBalancer: number | null };
  roles: RoleWitness[];
  /**
   * Witnesses that reported a role since the agent started and that the agent no longer has, although it answers: the process
   * behind them stopped, or lost its connection to the agent.
   */
  lostWitnesses?: readonly WitnessKind[];
  /** Objects whose values do not match their MIB, in words; a few at most. */
  unreadable?: string[];
  /** Kinds of answer that this poll did not get; absent when all were answered. */
  unanswered?: readonly UnansweredPart[];
}

/** The reading of the HTTP health page. `roles` only where the page returns JSON with a role. */
export interface HttpReading {
  status: number;
  bodyBytes: number;
  /** Null when the URL does not name an expected size. */
  bodyAsExpected: boolean | null;
  roles: RoleWitness[];
}

/** An accepted TCP connection. Nothing is sent over it. */
export interface TcpReading {
  host: string;
  port: number;
}

/** A host name of an edge whose look-ups fail: its last known address is used. */
export interface StaleName {
  host: string;
  address: string;
  /** Since when, UTC milliseconds. */
  sinceMs: number;
  words: string;
}

/** The result of one poll of one edge. Times are UTC milliseconds and milliseconds of the monotonic clock. */
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
  /** Absent: all names of the edge are resolved. */
  staleNames?: StaleName[];
}

/** Whether the edge answered at least one of the sources that were polled. */
export function wasAnswered({ snmp, http, tcp }: Reading): boolean {
  return [snmp, http, tcp].some(({ outcome }) => outcome === 'answered');
}
