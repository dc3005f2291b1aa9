import snmp from 'net-snmp';
import type { UnreachableCode } from '../../../domain/model/reading';
import type { SnmpSecurity } from '../codec/security';

/** Why SNMP brought nothing: a stable code and a sentence a person can act on. */
export class SnmpFailure extends Error {
  override readonly name = 'SnmpFailure';

  constructor(
    readonly code: UnreachableCode,
    readonly words: string,
    readonly next: 'give-up' | 'resynchronise' | 'ask-less' = 'give-up',
    /** The object that made the agent refuse the whole request, where it named one. */
    readonly refusedOid: string | null = null,
  ) {
    super(words);
  }
}

/** Who was asked and how, for the words. Holds no password. */
export interface Asked {
  /** Address and port, as a person writes them. */
  where: string;
  security: SnmpSecurity;
}

const userOf = (security: SnmpSecurity): string =>
  security.kind === 'v3' ? `user "${security.userName}"` : 'the community';
const levelOf = (security: SnmpSecurity): string => (security.kind === 'v3' ? security.level : 'v2c');

/** What an agent's USM report means (RFC 3414 section 3.2, usmStats), by net-snmp's text for it. */
const reports: [start: string, failure: (asked: Asked) => SnmpFailure][] = [
  [
    'Unknown User Name',
    ({ where, security }) =>
      new SnmpFailure('wrong-user', `${userOf(security)} is not known to the agent on ${where}`),
  ],
  [
    'Wrong Digest',
    ({ where, security }) =>
      new SnmpFailure(
        'wrong-password',
        `authentication failed on ${where}: wrong authentication password or protocol for ${userOf(security)}`,
      ),
  ],
  [
    'Unsupported Security Level',
    ({ where, security }) =>
      new SnmpFailure(
        'unsupported',
        `the agent on ${where} does not offer ${levelOf(security)} to ${userOf(security)}: check its protocols`,
      ),
  ],
  [
    'Not In Time Window',
    ({ where }) =>
      new SnmpFailure(
        'not-in-time-window',
        `the agent on ${where} says the request is outside its time window: its engine was restarted or its clock jumps`,
        'resynchronise',
      ),
  ],
  [
    'Unknown Engine ID',
    ({ where }) =>
      new SnmpFailure('bad-answer', `the agent on ${where} keeps changing its engine id`, 'resynchronise'),
  ],
  ['Decryption Error', ({ where, security }) => wrongPrivacy(where, security)],
];

export function wrongPrivacy(where: string, security: SnmpSecurity): SnmpFailure {
  return new SnmpFailure(
    'wrong-privacy',
    `decryption error on ${where}: wrong privacy password or protocol for ${userOf(security)}`,
  );
}

const notInTimeWindow = 14;
const couldNotDecrypt = 4;
const authFailure = 5;

/** An error of net-snmp or of a socket as a failure in words. Never carries the error's own text where that may hold keys. */
export function toFailure(error: unknown, asked: Asked): SnmpFailure {
  if (error instanceof SnmpFailure) return error;
  if (error instanceof snmp.RequestTimedOutError) return silence(asked);
  if (error instanceof snmp.RequestFailedError) {
    const oid = /: (\d+(?:\.\d+)+)$/.exec(error.message)?.[1] ?? null;
    return refusal(oid, error.status, asked);
  }
  if (error instanceof snmp.ResponseInvalidError) {
    const report = reports.find(([start]) => error.message.startsWith(start));
    if (report) return report[1](asked);
    if (error.code === notInTimeWindow) {
      return new SnmpFailure(
        'not-in-time-window',
        `the agent on ${asked.where} was restarted`,
        'resynchronise',
      );
    }
    if (error.code === couldNotDecrypt || error.code === authFailure) {
      const words = `an answer from ${asked.where} was damaged or forged: its signature or encryption does not fit`;
      return new SnmpFailure('bad-answer', words, 'resynchronise');
    }
    return new SnmpFailure(
      'bad-answer',
      `${asked.where} answered with something that does not fit the request`,
    );
  }
  if (error instanceof RangeError || error instanceof TypeError) {
    // net-snmp cannot build a request with what a report told it of the engine.
    const words = `${asked.where} answered with engine values that make no sense`;
    return new SnmpFailure('bad-answer', words, 'resynchronise');
  }
  if (error instanceof Error && error.message === sessionClosed) {
    return new SnmpFailure('failed', `the session with ${asked.where} began anew`, 'resynchronise');
  }
  return systemFailure(error, asked.where);
}

/** What net-snmp says to the requests of a session that is closed. */
const sessionClosed = 'Socket forcibly closed';

/** Nothing came back in time. `seconds`: how long was waited. */
export function silence(asked: Asked, seconds?: number): SnmpFailure {
  const within = seconds === undefined ? 'in time' : `within ${formatSeconds(seconds)}`;
  return new SnmpFailure('timeout', `nothing answered on ${asked.where} ${within}`);
}

export function refused(where: string): SnmpFailure {
  return new SnmpFailure('refused', `connection refused: no agent listens on ${where}`);
}

/** Seconds as words: "2 s", "0.4 s". */
export function formatSeconds(seconds: number): string {
  return `${seconds >= 1 ? Math.round(seconds * 10) / 10 : Math.max(0.01, Math.round(seconds * 100) / 100)} s`;
}

const refusalNames: Record<number, string> = {
  2: 'noSuchName',
  5: 'genErr',
  6: 'noAccess',
  16: 'authorizationError',
};

/** The agent answered with an error status (RFC 3416 section 3), about `oid` where it named one. */
export function refusal(oid: string | null, status: number, asked: Asked): SnmpFailure {
  if (status === 1) {
    return new SnmpFailure(
      'bad-answer',
      `the agent on ${asked.where} finds even one object too big to send`,
      'ask-less',
    );
  }
  if (status === 16) {
    const words =
      `the agent on ${asked.where} does not let ${userOf(asked.security)} read with ${levelOf(asked.security)}: ` +
      'check the access rules and the security level it demands';
    return new SnmpFailure('wrong-user', words, 'give-up', oid);
  }
  const name = refusalNames[status] ?? `error ${status}`;
  const about = oid === null ? '' : ` for ${oid}`;
  return new SnmpFailure(
    'bad-answer',
    `the agent on ${asked.where} answered ${name}${about}`,
    'ask-less',
    oid,
  );
}

const systemWords: Record<string, [UnreachableCode, (where: string) => string]> = {
  ECONNREFUSED: ['refused', (where) => refused(where).words],
  EHOSTUNREACH: [
    'no-route',
    (where) => `no route to ${where}: the host or its network cannot be reached from here`,
  ],
  ENETUNREACH: ['no-route', (where) => `no route to ${where}: this machine has no way into that network`],
  EHOSTDOWN: ['no-route', (where) => `no route to ${where}: the host is down`],
  EADDRNOTAVAIL: ['no-route', (where) => `${where} cannot be asked from this machine's addresses`],
  EINVAL: ['no-route', (where) => `${where} cannot be asked from this machine's addresses`],
  ENETDOWN: ['own-network', () => "this machine's own network is down"],
  EPERM: ['own-network', (where) => `a firewall on this machine does not let packets out to ${where}`],
  EACCES: ['own-network', (where) => `this machine does not allow packets to ${where}`],
  EMFILE: ['own-network', () => 'this machine has no file descriptor left for a socket'],
  ENOBUFS: ['own-network', () => "this machine's network buffers are full"],
};

/** An operating system's error as a failure in words. */
export function systemFailure(error: unknown, where: string): SnmpFailure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const known = systemWords[code];
  if (known) return new SnmpFailure(known[0], known[1](where));
  return new SnmpFailure('failed', `${where} could not be asked${code === '' ? '' : ` (${code})`}`);
}
