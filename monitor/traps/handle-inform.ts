import { tag } from './ber';
import { flag, type V3Message } from './message';
import type { OwnEngine } from './local-engine';
import { nothing, shown, type Arrival, type Outcome } from './packet';
import { acknowledgement, readScopedPdu, report, scoped } from './pdu';
import { evidenceOf, type TrapParts } from './handle-trap';
import type { RefusalKind } from './trap-counts';
import { isAuthentic, plainPayload, requiredFlags, sealed, type UsmUser } from './usm';

/** usmStats (RFC 3414 section 5), .1.3.6.1.6.3.15.1.1.N.0. */
const usmStats = '1.3.6.1.6.3.15.1.1';
const stats = {
  unsupportedLevel: 1,
  notInTimeWindow: 2,
  unknownUser: 3,
  unknownEngine: 4,
  wrongDigest: 5,
  decryption: 6,
} as const;
type Stat = keyof typeof stats;

const nobody = { user: { name: '', level: 0 }, kind: 'v3', userName: '', level: 'noAuthNoPriv' } as const;

/**
 * Informs to Heron's own engine, which is authoritative for them (RFC 3414 section 3.2): discovery is answered with a report,
 * what is wrong too, and an inform that is right is acknowledged with a response (RFC 3416 section 4.2.7).
 */
export class InformTaker {
  private readonly reported = new Map<Stat, number>();

  constructor(
    private readonly parts: TrapParts,
    private readonly engine: OwnEngine,
  ) {}

  /** Somebody asks who we are, or means an engine that is not ours. */
  takeDiscovery(message: V3Message, { monotonicMs }: Arrival): Outcome {
    this.parts.book.counts.discoveries += 1;
    return this.reports('unknownEngine', message, monotonicMs);
  }

  /** A message that names our engine. */
  takeInform(message: V3Message, arrival: Arrival): Outcome {
    const { senders, credentials, book, crypto, engines } = this.parts;
    const { address, nowMs, monotonicMs } = arrival;
    const who = `inform ${address} ${message.user}`;
    const from = `An inform from ${address}, user "${shown(message.user)}",`;
    const refuse = (kind: RefusalKind, stat: Stat, why: string, by?: UsmUser): Outcome => {
      book.refuse(kind, who, nowMs, () => `${from} was refused: ${why}.`);
      return this.reports(stat, message, monotonicMs, by);
    };
    const names = senders.credentialsAt(address);
    const users = credentials.users(names, message.user);
    if (users.length === 0) {
      const why =
        credentials.whyMissing(names) ?? 'no credential of the inventory has this user for this address';
      return refuse('unknownUser', 'unknownUser', why);
    }
    const level = message.flags & (flag.auth | flag.priv);
    const fitting = users.filter((one) => requiredFlags(one) === level);
    if (fitting.length === 0)
      return refuse('wrongLevel', 'unsupportedLevel', 'its credential asks for another security level');
    if (!crypto.admits('', monotonicMs)) {
      book.counts.tooFast += 1;
      return nothing;
    }
    const by = fitting.find((one) => isAuthentic(arrival.packet, message, one));
    if (!by) {
      return refuse(
        'wrongPassword',
        'wrongDigest',
        'authentication failed: wrong authentication password or protocol',
      );
    }
    if (level !== 0 && !this.engine.isTimely(message.boots, message.time, monotonicMs)) {
      // How a sender learns our clock, too: one that says boots 0 and time 0 only asks (RFC 3414 section 4).
      if (message.boots === 0) {
        book.counts.discoveries += 1;
        return this.reports('notInTimeWindow', message, monotonicMs, by);
      }
      return refuse('notInTimeWindow', 'notInTimeWindow', 'outside the time window: old, or sent again', by);
    }
    const plain = plainPayload(message, by);
    const inside = plain && readScopedPdu(plain);
    if (!inside)
      return refuse(
        'wrongPrivacy',
        'decryption',
        'it cannot be decrypted: wrong privacy password or protocol',
      );
    if (inside.pdu.type !== tag.inform) {
      book.refuse('malformed', who, nowMs, () => `${from} is no inform.`);
      return nothing;
    }
    const edge =
      senders.withEngine(address, inside.contextEngineId, monotonicMs)?.edge ?? senders.only(address);
    if (edge && !senders.credentialsOf(edge).includes(by.credential)) {
      book.refuse(
        'unknownUser',
        who,
        nowMs,
        () => `${from} speaks for ${edge.name} with another edge's credential.`,
      );
      return nothing;
    }
    const reply = this.reply(message, level, by, monotonicMs, () =>
      scoped(inside.contextEngineId, inside.contextName, acknowledgement(inside.pdu)),
    );
    if (level !== 0 && engines.isRepeated(`inform ${address}`, message.digest)) {
      book.counts.repeated += 1;
      return { reply, evidence: null };
    }
    if (!edge) {
      book.refuse('unknownSender', who, nowMs, () => {
        return `${from} was acknowledged, but several edges have this address and its context names none of them.`;
      });
      return { reply, evidence: null };
    }
    book.counts.informs += 1;
    return { reply, evidence: evidenceOf(inside.pdu.varbinds, edge.id, 'inform', level !== 0, arrival) };
  }

  /** Only a report on the time is signed: its asker has proven that it knows the key (RFC 3414 section 3.2 step 7a). */
  private reports(stat: Stat, message: V3Message, monotonicMs: number, by?: UsmUser): Outcome {
    const count = (this.reported.get(stat) ?? 0) + 1;
    this.reported.set(stat, count);
    if ((message.flags & flag.reportable) === 0) return nothing;
    const readable = (message.flags & flag.priv) === 0 ? readScopedPdu(message.payload) : null;
    const pdu = report(readable?.pdu.requestId ?? 0, `${usmStats}.${stats[stat]}.0`, count);
    const level = by && by.level !== 'noAuthNoPriv' ? flag.auth : 0;
    const reply = this.reply(message, level, by, monotonicMs, () =>
      scoped(this.engine.engineId, Buffer.alloc(0), pdu),
    );
    return { reply, evidence: null };
  }

  private reply(
    message: V3Message,
    flags: number,
    by: UsmUser | undefined,
    monotonicMs: number,
    payload: () => Buffer,
  ): Buffer {
    const { engineId, boots } = this.engine;
    const time = this.engine.time(monotonicMs);
    const head = { id: message.id, flags, engineId, boots, time, user: message.user };
    return sealed({ ...head, payload: payload() }, by ?? { ...nobody, credential: '' });
  }
}
