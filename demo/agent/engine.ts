import { BerError } from './ber-reader';
import { buildMessage, flag, parseMessage, type IncomingMessage } from './message';
import { parseOid, TableEntry, type ObjectInstance, type ObjectTable } from './object-table';
import { answerRequest, buildScopedPdu, errorStatus, parseScopedPdu, type RequestPdu } from './pdu';
import { tag } from './tags';
import { decrypt, digestOctets, isAuthentic, localizedKey, saltOctets, type LocalizedKeys } from './usm';

/** RFC 3414 section 2.2.3: clocks may differ by this many seconds. */
const timeWindowSeconds = 150;

/** usmStats* (RFC 3414 section 5) in the order of their numbers, .1.3.6.1.6.3.15.1.1.N.0. */
const reportKinds = [
  'unsupported-security-level',
  'not-in-time-window',
  'unknown-user',
  'unknown-engine',
  'wrong-digest',
  'decryption-error',
] as const;
export type ReportKind = (typeof reportKinds)[number];
const usmStats = parseOid('1.3.6.1.6.3.15.1.1');

/** A user with the keys derived from its passwords; the engine localizes them. */
export interface EngineUser {
  name: string;
  authKey: Buffer;
  privKey: Buffer;
}

/** The engine's boots and time, which its host provides. */
export interface EngineClock {
  /** snmpEngineBoots: how often it has started. */
  boots(): number;
  /** snmpEngineTime: seconds since the last start. */
  time(nowMs: number): number;
}

/**
 * An authoritative SNMPv3 engine with one authPriv user: for a datagram it returns the answer, a report or nothing. Follows
 * RFC 3414 section 3.2 and RFC 3412 section 7.2; it does no I/O.
 */
export class SnmpEngine {
  private readonly userName: Buffer;
  private readonly keys: LocalizedKeys;
  private readonly reports = new Map<ReportKind, number>(reportKinds.map((kind) => [kind, 0]));

  constructor(
    readonly engineId: Buffer,
    user: EngineUser,
    private readonly clock: EngineClock,
  ) {
    this.userName = Buffer.from(user.name, 'utf8');
    this.keys = { auth: localizedKey(user.authKey, engineId), priv: localizedKey(user.privKey, engineId) };
  }

  /** The engine's own objects: SNMP-FRAMEWORK-MIB snmpEngine and SNMP-USER-BASED-SM-MIB usmStats. */
  objects(maxMessageOctets: number): ObjectInstance[] {
    const framework = parseOid('1.3.6.1.6.3.10.2.1');
    return [
      { oid: [...framework, 1, 0], type: tag.octetString, read: () => this.engineId },
      { oid: [...framework, 2, 0], type: tag.integer, read: () => this.clock.boots() },
      { oid: [...framework, 3, 0], type: tag.integer, read: (nowMs) => this.clock.time(nowMs) },
      { oid: [...framework, 4, 0], type: tag.integer, read: () => maxMessageOctets },
      ...reportKinds.map((kind) => ({
        oid: statOid(kind),
        type: tag.counter32,
        read: () => this.reports.get(kind) ?? 0,
      })),
    ];
  }

  /** Handles one datagram. Undefined: there is no answer. Never throws for untrusted bytes. */
  handle(datagram: Buffer, table: ObjectTable, nowMs: number): Buffer | undefined {
    try {
      return this.answer(datagram, parseMessage(datagram), table, nowMs);
    } catch (error) {
      // Malformed input is dropped without an answer (snmpInASNParseErrs).
      if (error instanceof BerError) return undefined;
      throw error;
    }
  }

  private answer(
    datagram: Buffer,
    message: IncomingMessage,
    table: ObjectTable,
    nowMs: number,
  ): Buffer | undefined {
    if (!message.engineId.equals(this.engineId)) return this.report(message, 'unknown-engine', nowMs);
    if (!message.user.equals(this.userName)) return this.report(message, 'unknown-user', nowMs);
    const level = message.flags & (flag.auth | flag.priv);
    if (level !== (flag.auth | flag.priv)) return this.report(message, 'unsupported-security-level', nowMs);
    const authentic =
      message.digestLength === digestOctets && isAuthentic(this.keys.auth, datagram, message.digestAt);
    if (!authentic) return this.report(message, 'wrong-digest', nowMs);
    const late = Math.abs(message.time - this.clock.time(nowMs)) > timeWindowSeconds;
    if (late || message.boots !== this.clock.boots())
      return this.report(message, 'not-in-time-window', nowMs);
    const request = this.decrypted(message);
    if (!request) return this.report(message, 'decryption-error', nowMs);
    // There is one context, the default one.
    if (!request.contextEngineId.equals(this.engineId) || request.contextName.length > 0) return undefined;
    const answer = answerRequest(request, table, nowMs, message.maxSize);
    return this.send(
      message,
      level,
      nowMs,
      buildScopedPdu(this.engineId, tag.response, request.requestId, answer),
    );
  }

  private decrypted(message: IncomingMessage): RequestPdu | undefined {
    if (message.salt.length !== saltOctets) return undefined;
    const plain = decrypt(this.keys.priv, message.boots, message.time, message.salt, message.payload);
    try {
      return parseScopedPdu(plain);
    } catch (error) {
      // An authentic message that does not decrypt to a PDU was encrypted with another key.
      if (error instanceof BerError) return undefined;
      throw error;
    }
  }

  private report(message: IncomingMessage, kind: ReportKind, nowMs: number): Buffer | undefined {
    const count = (this.reports.get(kind) ?? 0) + 1;
    this.reports.set(kind, count);
    if ((message.flags & flag.reportable) === 0) return undefined;
    // Only a report on the time window is signed: its receiver has proven that it knows the key (RFC 3414 section 3.2 7).
    const level = kind === 'not-in-time-window' ? flag.auth : 0;
    return this.send(message, level, nowMs, this.reportPdu(message, kind, count));
  }

  private reportPdu(message: IncomingMessage, kind: ReportKind, count: number): Buffer {
    const plain = (message.flags & flag.priv) === 0;
    const requestId = plain ? parseScopedPdu(message.payload).requestId : 0;
    const entry = new TableEntry({ oid: statOid(kind), type: tag.counter32, read: () => count });
    const varbinds = [{ entry, value: count }];
    return buildScopedPdu(this.engineId, tag.report, requestId, {
      status: errorStatus.noError,
      index: 0,
      varbinds,
    });
  }

  private send(message: IncomingMessage, level: number, nowMs: number, scopedPdu: Buffer): Buffer {
    return buildMessage({
      id: message.id,
      flags: level,
      engineId: this.engineId,
      boots: this.clock.boots(),
      time: this.clock.time(nowMs),
      user: message.user,
      scopedPdu,
      keys: this.keys,
    });
  }
}

function statOid(kind: ReportKind): number[] {
  return [...usmStats, reportKinds.indexOf(kind) + 1, 0];
}
