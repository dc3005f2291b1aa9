import type { Edge } from '../../domain/inventory/inventory';
import { decodeNotification } from '../../domain/traps/decode-notification';
import type { TrapEvidence } from '../../domain/traps/evidence';
import { notificationOf } from '../../domain/traps/notification';
import type { RateLimit } from '../base/rate-limit';
import { levelFlags, type V3Message } from '../snmp/codec/message';
import { pduType, type Pdu } from '../snmp/codec/pdu';
import { authenticate, userWords } from './authenticate';
import type { CredentialRegistry } from './credential-registry';
import { notificationVarbinds, openMessage } from './open-message';
import { nothing, type Arrival, type Outcome } from './packet';
import type { RemoteEngines } from './remote-engines';
import type { SenderRegistry } from './sender-registry';
import type { RefusalKind, TrapCounters } from './trap-counters';

/** What handling notifications depends on. */
export interface TrapDependencies {
  senders: SenderRegistry;
  credentials: CredentialRegistry;
  engines: RemoteEngines;
  counters: TrapCounters;
  /** Digests computed, for all senders together. */
  digests: RateLimit;
}

/**
 * Handles an SNMPv3 trap: its sender is the authoritative engine (RFC 3414 section 3.2), so it is signed with keys localized to
 * the sender's engine ID and carries the sender's boots and time.
 */
export function handleTrap(dependencies: TrapDependencies, message: V3Message, arrival: Arrival): Outcome {
  const { senders, credentials, counters, digests } = dependencies;
  const { address, nowMs, monotonicMs } = arrival;
  const polled = senders.withEngine(address, message.engineId, monotonicMs);
  const edge = polled?.edge ?? senders.only(address);
  if (!edge) {
    const engine = message.engineId.toString('hex');
    counters.refuse('unknownSender', `${address} ${engine}`, nowMs, () => {
      const why = 'several edges have this address and polling met none of them under this engine ID';
      return `A trap from ${address}, engine ${engine}, belongs to no edge: ${why}.`;
    });
    return nothing;
  }
  const refuse = refusing(counters, message, edge, arrival);
  const names = senders.credentialsOf(edge);
  const authentication = authenticate(message, names, credentials, digests, monotonicMs);
  if (authentication.outcome === 'too-fast') {
    counters.counts.tooFast += 1;
    return nothing;
  }
  if (authentication.outcome === 'refused') return refuse(authentication.kind, authentication.why);
  const { user } = authentication;
  const signed = levelFlags[user.level] !== 0;
  const timeliness = signed
    ? dependencies.engines.judge(message, polled?.engine ?? null, monotonicMs)
    : 'first';
  if (timeliness === 'late') {
    const why =
      "it is outside its engine's time window: it is old, was replayed, or the engine's clock was set back";
    return refuse('notInTimeWindow', why);
  }
  if (signed && dependencies.engines.isRepeated(message.engineId.toString('hex'), message.digest)) {
    counters.counts.repeated += 1;
    return nothing;
  }
  const scoped = openMessage(message, user);
  if (!scoped) return refuse('wrongPrivacy', 'it cannot be decrypted: wrong privacy password or protocol');
  if (scoped.pdu.type !== pduType.trap) return refuse('malformed', 'it is not a notification');
  counters.counts.traps += 1;
  return { reply: null, evidence: evidenceOf(scoped.pdu, edge.id, 'trap', timeliness === 'timely', arrival) };
}

function refusing(
  counters: TrapCounters,
  message: V3Message,
  edge: Edge,
  { address, nowMs }: Arrival,
): (kind: RefusalKind, why: string) => Outcome {
  return (kind, why) => {
    const who =
      kind === 'notInTimeWindow' ? message.engineId.toString('hex') : message.user.toString('latin1');
    counters.refuse(kind, `${address} ${who}`, nowMs, () => {
      return `A trap from ${edge.name} (${address}), ${userWords(message)}, was refused: ${why}.`;
    });
    return nothing;
  };
}

/** A notification as evidence. */
export function evidenceOf(
  pdu: Pdu,
  edgeId: string,
  notification: TrapEvidence['notification'],
  authenticated: boolean,
  { nowMs, monotonicMs }: Arrival,
): TrapEvidence {
  const meaning = decodeNotification(notificationOf(notificationVarbinds(pdu)));
  return {
    edgeId,
    atMs: Math.round(nowMs),
    atMonotonicMs: monotonicMs,
    ...meaning,
    notification,
    authenticated,
  };
}
