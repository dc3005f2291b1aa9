import type { Edge } from '../../domain/inventory/inventory';
import { decodeNotification } from '../../domain/traps/decode-notification';
import type { TrapEvidence } from '../../domain/traps/evidence';
import { notificationOf } from '../../domain/traps/notification';
import type { RateLimit } from '../base/rate-limit';
import type { EngineNotion } from '../snmp/client/engine-clock';
import { levelFlags, type V3Message } from '../snmp/codec/message';
import { pduType, type Pdu } from '../snmp/codec/pdu';
import { authenticate, userWords } from './authenticate';
import type { CredentialRegistry } from './credential-registry';
import { notificationVarbinds, openMessage } from './open-message';
import { nothing, type Arrival, type Outcome } from './packet';
import type { RepeatedMessages } from './repeated-messages';
import type { SenderRegistry } from './sender-registry';
import { timelinessOf } from './timeliness';
import type { RefusalKind, TrapCounters } from './trap-counters';

/** What handling notifications depends on. */
export interface TrapDependencies {
  senders: SenderRegistry;
  credentials: CredentialRegistry;
  repeated: RepeatedMessages;
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
  const sender = senderOf(dependencies, message, arrival);
  if ('why' in sender) {
    const engine = message.engineId.toString('hex');
    counters.refuse('unknownSender', `${address} ${engine}`, nowMs, () => {
      return `A trap from ${address}, engine ${engine}, belongs to no edge: ${sender.why}.`;
    });
    return nothing;
  }
  const { edge, engine } = sender;
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
  const timeliness = signed ? timelinessOf(message, engine) : 'unproven';
  if (timeliness === 'late') {
    const why =
      "its engine's clock is behind the one that polling read: it was delayed, or the clock was set back, " +
      'in which case its traps are accepted again after the next poll';
    return refuse('notInTimeWindow', why);
  }
  const sentBy = message.engineId.toString('hex');
  if (signed && dependencies.repeated.isRepeated(sentBy, message.digest.toString('latin1'))) {
    counters.counts.repeated += 1;
    return nothing;
  }
  const scoped = openMessage(message, user);
  if (!scoped) return refuse('wrongPrivacy', 'it cannot be decrypted: wrong privacy password or protocol');
  if (scoped.pdu.type !== pduType.trap) return refuse('malformed', 'it is not a notification');
  counters.counts.traps += 1;
  return { reply: null, evidence: evidenceOf(scoped.pdu, edge.id, 'trap', timeliness === 'timely', arrival) };
}

/** The edge that sent a trap, with its engine's clock as far as polling knows it; otherwise why there is none. */
function senderOf(
  { senders }: TrapDependencies,
  message: V3Message,
  { address, monotonicMs }: Arrival,
): { edge: Edge; engine: EngineNotion | null } | { why: string } {
  const polled = senders.withEngine(address, message.engineId, monotonicMs);
  // Cloned edges behind one address share the engine ID: only their clocks tell them apart.
  const timely = polled.filter(({ engine }) => timelinessOf(message, engine) === 'timely');
  const [found] = timely.length === 1 ? timely : polled;
  if (found && (polled.length === 1 || timely.length === 1)) return found;
  if (found) {
    return {
      why: 'several edges with this address report this engine ID; each needs an engine ID of its own',
    };
  }
  const edge = senders.only(address);
  if (edge) return { edge, engine: null };
  return { why: 'several edges have this address and polling met none of them under this engine ID' };
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
