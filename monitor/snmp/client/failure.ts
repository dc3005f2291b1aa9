import type { UnreachableCode } from '../../../domain/model/reading';
import { formatWait, networkError } from '../../base/network-errors';
import { maxEngineBoots } from './engine-clock';
import { usmStatsOid } from '../codec/usm-stats';

/** Why an SNMP request failed: a stable code and an actionable sentence. */
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

/** The queried agent and its security, for messages. Holds no secret. */
export interface RequestTarget {
  /** Address and port, for display. */
  where: string;
  level: 'v2c' | 'noAuthNoPriv' | 'authNoPriv' | 'authPriv';
  /** Null for SNMPv2c, whose community is a secret. */
  userName: string | null;
}

const userOf = ({ userName }: RequestTarget): string =>
  userName === null ? 'the community' : `user "${userName}"`;

const reportFailures: Readonly<Record<string, (target: RequestTarget) => SnmpFailure>> = {
  [usmStatsOid.unknownUser]: (target) =>
    new SnmpFailure('wrong-user', `${userOf(target)} is not known to the agent on ${target.where}`),
  [usmStatsOid.wrongDigest]: (target) =>
    new SnmpFailure(
      'wrong-password',
      `authentication failed on ${target.where}: wrong authentication password or protocol for ${userOf(target)}`,
    ),
  [usmStatsOid.unsupportedLevel]: (target) =>
    new SnmpFailure(
      'unsupported',
      `the agent on ${target.where} does not offer ${target.level} to ${userOf(target)}: check its protocols`,
    ),
  [usmStatsOid.notInTimeWindow]: ({ where }) =>
    new SnmpFailure(
      'not-in-time-window',
      `the agent on ${where} says the request is outside its time window: its engine was restarted or its clock jumps`,
      'resynchronise',
    ),
  [usmStatsOid.unknownEngine]: ({ where }) =>
    new SnmpFailure('bad-answer', `the agent on ${where} keeps changing its engine id`, 'resynchronise'),
  [usmStatsOid.decryption]: wrongPrivacy,
};

/** What a report of an agent means (RFC 3414 section 3.2). `counter`: the OID it names. */
export function reportFailure(counter: string, target: RequestTarget): SnmpFailure {
  const known = reportFailures[counter];
  if (known) return known(target);
  const about = counter === '' ? '' : ` (${counter})`;
  return new SnmpFailure('bad-answer', `the agent on ${target.where} answered with a report${about}`);
}

export function wrongPrivacy(target: RequestTarget): SnmpFailure {
  return new SnmpFailure(
    'wrong-privacy',
    `decryption error on ${target.where}: wrong privacy password or protocol for ${userOf(target)}`,
  );
}

/** An engine whose boots have reached their maximum refuses all signed requests for good (RFC 3414 section 2.2.2). */
export function bootsExhausted({ where }: RequestTarget): SnmpFailure {
  const words =
    `the agent on ${where} refuses all signed requests: its engineBoots has reached the maximum, ${maxEngineBoots}. ` +
    'Stop it, set another engine ID or lower engineBoots in its persistent file, create its users again, and start it';
  return new SnmpFailure('not-in-time-window', words);
}

/** An authentic answer of an engine whose clock went back: it was restarted. */
export function restarted({ where }: RequestTarget): SnmpFailure {
  return new SnmpFailure('not-in-time-window', `the agent on ${where} was restarted`, 'resynchronise');
}

export function damaged({ where }: RequestTarget): SnmpFailure {
  const words = `an answer from ${where} was damaged or forged: its signature or encryption does not fit`;
  return new SnmpFailure('bad-answer', words);
}

export function notFitting({ where }: RequestTarget): SnmpFailure {
  return new SnmpFailure('bad-answer', `${where} answered with something that does not fit the request`);
}

/** Discoveries are answered and requests never were, too often for lost packets. */
export function wrongCommunity({ where }: RequestTarget): SnmpFailure {
  const words = `an SNMP agent is on ${where} but does not answer: wrong community, or this machine may not ask it`;
  return new SnmpFailure('wrong-password', words);
}

/** The agent is there, by its answer to a discovery or its late answers, and did not answer the request. */
export function unanswered(
  { where, userName }: RequestTarget,
  { waitedMs, isProven, strays }: { waitedMs: number; isProven: boolean; strays: number },
): SnmpFailure {
  const reasons = [
    'it is busy',
    'its answers get lost or come too late',
    ...(strays > 0 ? ['its answers have the ID of another request'] : []),
    ...(isProven ? [] : [userName === null ? 'the community is wrong' : 'the privacy password is wrong']),
  ];
  const words = `the agent on ${where} is there but did not answer within ${formatWait(waitedMs)}: ${reasons.join(', or ')}`;
  return new SnmpFailure('unanswered', words);
}

/** Nothing came back within `waitedMs`. */
export function silence({ where }: RequestTarget, waitedMs: number): SnmpFailure {
  return new SnmpFailure('timeout', `nothing answered on ${where} within ${formatWait(waitedMs)}`);
}

export function refused(where: string): SnmpFailure {
  return new SnmpFailure('refused', `connection refused: no agent listens on ${where}`);
}

const refusalNames: Record<number, string> = {
  2: 'noSuchName',
  5: 'genErr',
  6: 'noAccess',
  16: 'authorizationError',
};

/** The agent answered with an error status (RFC 3416 section 3), about `oid` where it named one. */
export function refusal(oid: string | null, status: number, target: RequestTarget): SnmpFailure {
  const { where, level } = target;
  if (status === 1) {
    return new SnmpFailure(
      'bad-answer',
      `the agent on ${where} finds even one object too big to send`,
      'ask-less',
    );
  }
  if (status === 16) {
    const words =
      `the agent on ${where} does not let ${userOf(target)} read with ${level}: ` +
      'check the access rules and the security level it demands';
    return new SnmpFailure('wrong-user', words, 'ask-less', oid);
  }
  const name = refusalNames[status] ?? `error ${status}`;
  const about = oid === null ? '' : ` for ${oid}`;
  return new SnmpFailure('bad-answer', `the agent on ${where} answered ${name}${about}`, 'ask-less', oid);
}

/** An operating system's error as a failure in words. */
export function systemFailure(error: unknown, where: string): SnmpFailure {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ECONNREFUSED') return refused(where);
  const known = networkError(code, where);
  if (known) return new SnmpFailure(known.code, known.words);
  return new SnmpFailure('failed', `${where} could not be queried${code === '' ? '' : ` (${code})`}`);
}
