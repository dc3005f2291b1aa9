import type { Reading, SnmpReading } from '../model/reading';

/** How an agent reacted to one request of the doctor. `not-asked`: an earlier failure made the request pointless. */
export interface ProbeResult {
  outcome:
    | 'accepted'
    | 'unknown-user'
    | 'wrong-digest'
    | 'decryption-error'
    | 'unsupported-level'
    | 'not-authorized'
    | 'silent'
    | 'failed'
    | 'not-asked';
  /** What happened, for display; empty where the outcome says it all. */
  words: string;
}

/** The host name or address of an edge, and what was found for it. */
export interface NameFacts {
  host: string;
  isAddress: boolean;
  addresses: readonly string[];
  /** The address that was asked; null: there is none. */
  used: string | null;
  /** Why there is no address, as the end of a sentence. */
  words: string | null;
}

/** How the agent's UDP port reacted to an SNMPv3 discovery (RFC 3414 section 4). */
export interface ReachFacts {
  port: number;
  outcome: 'answers' | 'refused' | 'silent' | 'failed';
  words: string;
  latencyMs: number | null;
  /** The address and the interface of this computer from which the packets left; null: not known. */
  localAddress: string | null;
  localInterface: string | null;
}

/** What discoveries showed of the agent's SNMPv3 engine. */
export interface EngineFacts {
  /** snmpEngineID as hexadecimal digits. */
  id: string;
  boots: number;
  /** snmpEngineTime in seconds at the first discovery. */
  timeSeconds: number;
  /** The same at a later one, `elapsedMs` afterwards; null: there was no later one. */
  later: { boots: number; timeSeconds: number; elapsedMs: number } | null;
  /** Names of the inventory's other edges that have the same engine ID. */
  sharedWith: readonly string[];
}

/** What single requests with parts of the credential showed. */
export interface CredentialFacts {
  name: string;
  version: '3' | '2c';
  user: string | null;
  level: 'v2c' | 'noAuthNoPriv' | 'authNoPriv' | 'authPriv';
  authProtocol: string | null;
  privProtocol: string | null;
  /** Why the credential cannot be used, such as a password that is not set; null: it can. */
  unusable: string | null;
  /** A request with the user name alone, neither signed nor encrypted. */
  userProbe: ProbeResult;
  /** A signed request without encryption. */
  authProbe: ProbeResult;
  /** A request with the whole credential. */
  fullProbe: ProbeResult;
  /** A protocol with which the given password was accepted instead of the given protocol. */
  otherAuthProtocol: string | null;
  otherPrivProtocol: string | null;
  /** The two given passwords were accepted the other way round. */
  isSwapped: boolean;
}

export interface AnswerFacts {
  /** Requests for one small object: how many were sent and answered, and how long the answers took. */
  asked: number;
  answered: number;
  medianMs: number | null;
  slowestMs: number | null;
  bulk: 'works' | 'refused' | 'silent';
  bulkWords: string;
  /** Octets of values in the largest answer that came and in the smallest that was lost; null: none. */
  largestOctets: number | null;
  lostAboveOctets: number | null;
}

/** Groups of objects that the doctor looks for. */
export const objectKeys = [
  'system',
  'interfaces',
  'counters-64',
  'addresses',
  'host',
  'tcp',
  'cpu',
  'watched',
  'vendor',
  'carp-extend',
  'carp-mib',
  'keepalived-mib',
] as const;
export type ObjectKey = (typeof objectKeys)[number];

export interface ObjectFacts {
  key: ObjectKey;
  outcome: 'present' | 'absent' | 'refused' | 'hangs';
  words: string;
}

/** Everything that was found out about one edge; null where it was not asked. */
export interface DoctorFacts {
  edge: {
    name: string;
    proxyIp: string | null;
    lbIp: string | null;
    managementIp: string | null;
    /** Whether it has a load balancer by the inventory; null: it is in no inventory. */
    isInCluster: boolean | null;
    clusterIp: string | null;
    vhid: number | null;
    /** Whether the inventory asks for SNMP. */
    hasSnmp: boolean;
  };
  atMs: number;
  tookMs: number;
  /** A recorded walk, which shows nothing of network and credential. */
  isRecorded: boolean;
  name: NameFacts | null;
  reach: ReachFacts | null;
  engine: EngineFacts | null;
  credential: CredentialFacts | null;
  answers: AnswerFacts | null;
  objects: readonly ObjectFacts[] | null;
  reading: SnmpReading | null;
  /** Why there is no reading although the credential was accepted. */
  readingWords: string | null;
  /** A later reading, for counters. */
  later: { reading: SnmpReading; elapsedMs: number } | null;
  /** ipAdEntIfIndex: the addresses of the agent's interfaces. */
  agentAddresses: readonly { address: string; ifIndex: number }[];
  /** sysObjectID; null: not known. */
  objectId: string | null;
  http: Reading['http'];
  tcp: Reading['tcp'];
}
