import { createHash } from 'node:crypto';
import type { Edge } from '../../domain/inventory/inventory';
import { usmStatsOid } from '../snmp/codec/usm-stats';
import { encodeMessage, levelFlags, messageFlag, type V3Message } from '../snmp/codec/message';
import { acknowledgement, pduType, reportOf, type ScopedPdu } from '../snmp/codec/pdu';
import { unsecuredKeys, usmKeys } from '../snmp/codec/usm-keys';
import { authenticate, userWords } from './authenticate';
import type { TrapUser } from './credential-registry';
import { evidenceOf, type TrapDependencies } from './handle-trap';
import type { LocalEngine } from './local-engine';
import { notificationVarbinds, openMessage, plainRequestId } from './open-message';
import { nothing, type Arrival, type Outcome } from './packet';
import type { RefusalKind } from './trap-counters';

type Counter = keyof typeof usmStatsOid;

/** The report that answers a refused inform (RFC 3414 section 3.2). */
const counterOf = {
  unknownUser: 'unknownUser',
  wrongLevel: 'unsupportedLevel',
  wrongPassword: 'wrongDigest',
  notInTimeWindow: 'notInTimeWindow',
  wrongPrivacy: 'decryption',
} as const satisfies Partial<Record<RefusalKind, Counter>>;

const noContext = Buffer.alloc(0);

/**
 * Handles informs to Heron's own engine, which is authoritative for them (RFC 3414 section 3.2): a discovery and a refused
 * inform are answered with a report, any other inform is acknowledged with a response (RFC 3416 section 4.2.7).
 */
export class InformHandler {
  private readonly reported = new Map<Counter, number>();

  constructor(
    private readonly dependencies: TrapDependencies,
    private readonly engine: LocalEngine,
  ) {}

  /** A request for Heron's engine ID, or a message to an engine that is not Heron's. */
  handleDiscovery(message: V3Message, { monotonicMs }: Arrival): Outcome {
    this.dependencies.counters.counts.discoveries += 1;
    return this.report('unknownEngine', message, monotonicMs, null);
  }

  /** A message that names Heron's engine. */
  handleInform(message: V3Message, arrival: Arrival): Outcome {
    const { senders, credentials, counters, digests } = this.dependencies;
    const { address, monotonicMs } = arrival;
    const names = senders.credentialsAt(address);
    const authentication = authenticate(message, names, credentials, digests, monotonicMs);
    if (authentication.outcome === 'too-fast') {
      counters.counts.tooFast += 1;
      return nothing;
    }
    if (authentication.outcome === 'refused') {
      return this.refuse(authentication.kind, authentication.why, message, arrival, null);
    }
    const { user } = authentication;
    const signed = levelFlags[user.level] !== 0;
    if (signed && !this.engine.isTimely(message.boots, message.time, monotonicMs)) {
      // RFC 3414 section 4: boots 0 and time 0 ask for the engine's clock.
      if (message.boots === 0) {
        counters.counts.discoveries += 1;
        return this.report('notInTimeWindow', message, monotonicMs, user);
      }
      const why = 'it is outside the time window: it is old, or was replayed';
      return this.refuse('notInTimeWindow', why, message, arrival, user);
    }
    const scoped = openMessage(message, user);
    if (!scoped) {
      const why = 'it cannot be decrypted: wrong privacy password or protocol';
      return this.refuse('wrongPrivacy', why, message, arrival, null);
    }
    return this.accept(message, scoped, user, arrival);
  }

  private accept(message: V3Message, scoped: ScopedPdu, user: TrapUser, arrival: Arrival): Outcome {
    const { senders, counters, repeated } = this.dependencies;
    const { address, monotonicMs } = arrival;
    if (scoped.pdu.type !== pduType.inform) {
      this.count('malformed', 'it is not an inform', message, arrival);
      return nothing;
    }
    const polled = senders.withEngine(address, scoped.contextEngineId, monotonicMs);
    const edge = polled.length === 1 && polled[0] ? polled[0].edge : senders.only(address);
    if (edge && !senders.credentialsOf(edge).includes(user.credential)) {
      this.count('unknownUser', `it names ${edge.name}, whose credential is another one`, message, arrival);
      return nothing;
    }
    const reply = this.acknowledge(message, scoped, user, monotonicMs);
    const level = levelFlags[user.level];
    if (level !== 0 && repeated.isRepeated(`inform ${address}`, informIdentity(scoped))) {
      counters.counts.repeated += 1;
      return { reply, evidence: null };
    }
    return {
      reply,
      evidence: edge ? this.evidence(edge, scoped, level !== 0, arrival) : this.unassigned(message, arrival),
    };
  }

  private evidence(edge: Edge, { pdu }: ScopedPdu, signed: boolean, arrival: Arrival): Outcome['evidence'] {
    this.dependencies.counters.counts.informs += 1;
    return evidenceOf(pdu, edge.id, 'inform', signed, arrival);
  }

  private unassigned(message: V3Message, { address, nowMs }: Arrival): null {
    this.dependencies.counters.refuse('unknownSender', senderKey(message, address), nowMs, () => {
      const why = 'several edges have this address and its context names none of them';
      return `${subject(message, address)} was acknowledged but belongs to no edge: ${why}.`;
    });
    return null;
  }

  private refuse(
    kind: keyof typeof counterOf,
    why: string,
    message: V3Message,
    arrival: Arrival,
    user: TrapUser | null,
  ): Outcome {
    this.count(kind, why, message, arrival);
    return this.report(counterOf[kind], message, arrival.monotonicMs, user);
  }

  private count(kind: RefusalKind, why: string, message: V3Message, { address, nowMs }: Arrival): void {
    const words = (): string => `${subject(message, address)} was refused: ${why}.`;
    this.dependencies.counters.refuse(kind, senderKey(message, address), nowMs, words);
  }

  /** Only a report on the time is signed: its sender has proven that it knows the key (RFC 3414 section 3.2 step 7a). */
  private report(counter: Counter, message: V3Message, monotonicMs: number, user: TrapUser | null): Outcome {
    const count = (this.reported.get(counter) ?? 0) + 1;
    this.reported.set(counter, count);
    if ((message.flags & messageFlag.reportable) === 0) return nothing;
    const requestId = (message.flags & messageFlag.priv) === 0 ? plainRequestId(message) : 0;
    const { engineId } = this.engine;
    const reply = encodeMessage(
      {
        ...this.head(message, monotonicMs),
        flags: user ? levelFlags[user.level] & messageFlag.auth : 0,
        contextEngineId: engineId,
        contextName: noContext,
        pdu: reportOf(requestId, usmStatsOid[counter], count),
      },
      user ? usmKeys(user, engineId) : unsecuredKeys(message.user, engineId),
    );
    return { reply, evidence: null };
  }

  private acknowledge(
    message: V3Message,
    { contextEngineId, contextName, pdu }: ScopedPdu,
    user: TrapUser,
    monotonicMs: number,
  ): Buffer {
    const flags = levelFlags[user.level];
    const head = this.head(message, monotonicMs);
    return encodeMessage(
      { ...head, flags, contextEngineId, contextName, pdu: acknowledgement(pdu) },
      usmKeys(user, this.engine.engineId),
    );
  }

  private head({ id }: V3Message, monotonicMs: number): { id: number; boots: number; time: number } {
    return { id, boots: this.engine.boots, time: this.engine.time(monotonicMs) };
  }
}

/** A sender repeats an unacknowledged inform under another message ID and time; its request and values stay the same. */
function informIdentity({ contextEngineId, pdu }: ScopedPdu): string {
  const content = JSON.stringify([contextEngineId.toString('hex'), pdu.requestId, notificationVarbinds(pdu)]);
  return createHash('sha256').update(content).digest('base64');
}

function senderKey(message: V3Message, address: string): string {
  return `inform ${address} ${message.user.toString('latin1')}`;
}

function subject(message: V3Message, address: string): string {
  return `An inform from ${address}, ${userWords(message)},`;
}
