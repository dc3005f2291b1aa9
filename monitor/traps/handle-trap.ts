import { decodeNotification } from '../../domain/traps/decode-notification';
import type { TrapEvidence } from '../../domain/traps/evidence';
import { notificationOf, type NotificationVarbind } from '../../domain/traps/notification';
import type { CredentialBook } from './credential-registry';
import { flag, type V3Message } from './message';
import { tag } from './ber';
import { nothing, shown, type Arrival, type Outcome } from './packet';
import { readScopedPdu } from './pdu';
import type { RateLimit } from '../base/rate-limit';
import type { RemoteEngines } from './remote-engines';
import type { SenderBook } from './sender-registry';
import type { TrapBook } from './trap-counts';
import { isAuthentic, plainPayload, requiredFlags } from './usm';

/** What taking notifications needs to know. */
export interface TrapParts {
  senders: SenderBook;
  credentials: CredentialBook;
  engines: RemoteEngines;
  book: TrapBook;
  /** Digests computed, of all senders together. */
  crypto: RateLimit;
}

const security = flag.auth | flag.priv;

/**
 * An SNMPv3 trap: its sender is the authoritative engine (RFC 3414 section 3.2), so it is signed with keys made for the
 * sender's engine id and carries the sender's boots and time. Cheap questions first: whose it is, which user, which level.
 */
export function takeTrap(parts: TrapParts, message: V3Message, arrival: Arrival): Outcome {
  const { senders, credentials, engines, book } = parts;
  const { address, nowMs, monotonicMs } = arrival;
  const met = senders.withEngine(address, message.engineId, monotonicMs);
  const edge = met?.edge ?? senders.only(address);
  const engine = message.engineId.toString('hex');
  if (!edge) {
    book.refuse('unknownSender', `${address} ${engine}`, nowMs, () => {
      const words = 'the address belongs to several edges and none of them was met under this engine id';
      return `A trap from ${address}, engine ${engine}, is nobody's: ${words}.`;
    });
    return nothing;
  }
  const names = senders.credentialsOf(edge);
  const users = credentials.users(names, message.user);
  const user = `user "${shown(message.user)}"`;
  if (users.length === 0) {
    book.refuse('unknownUser', `${address} ${message.user}`, nowMs, () => {
      const why =
        credentials.whyMissing(names) ?? 'no credential of the inventory has this user for the edge';
      return `A trap of ${edge.name} (${address}) is from ${user}: ${why}.`;
    });
    return nothing;
  }
  const level = message.flags & security;
  const fitting = users.filter((one) => requiredFlags(one) === level);
  if (fitting.length === 0) {
    book.refuse('wrongLevel', `${address} ${message.user}`, nowMs, () => {
      return `A trap of ${edge.name} (${address}) is ${levelWords(level)}, but its credential asks ${user} for another level.`;
    });
    return nothing;
  }
  if (!parts.crypto.admits('', monotonicMs)) {
    book.counts.tooFast += 1;
    return nothing;
  }
  const by = fitting.find((one) => isAuthentic(arrival.packet, message, one));
  if (!by) {
    book.refuse('wrongPassword', `${address} ${message.user}`, nowMs, () => {
      const where = `${edge.name} (${address})`;
      return `A trap of ${where} was refused: authentication failed: wrong authentication password or protocol for ${user}.`;
    });
    return nothing;
  }
  const timeliness = level === 0 ? 'first' : engines.judge(message, met?.engine ?? null, monotonicMs);
  if (timeliness === 'late') {
    book.refuse('notInTimeWindow', `${address} ${engine}`, nowMs, () => {
      return `A trap of ${edge.name} (${address}) was refused: outside its engine's time window. It is old or was sent again by somebody, or the engine's clock was set back.`;
    });
    return nothing;
  }
  if (level !== 0 && engines.isRepeated(engine, message.digest)) {
    book.counts.repeated += 1;
    return nothing;
  }
  const plain = plainPayload(message, by);
  const inside = plain && readScopedPdu(plain);
  if (!inside) {
    book.refuse('wrongPrivacy', `${address} ${message.user}`, nowMs, () => {
      return `A trap of ${edge.name} (${address}) is authentic but cannot be decrypted: wrong privacy password or protocol for ${user}.`;
    });
    return nothing;
  }
  if (inside.pdu.type !== tag.trap) {
    book.refuse(
      'malformed',
      address,
      nowMs,
      () => `${edge.name} (${address}) sent something that is no trap.`,
    );
    return nothing;
  }
  book.counts.traps += 1;
  const authenticated = timeliness === 'timely';
  return { reply: null, evidence: evidenceOf(inside.pdu.varbinds, edge.id, 'trap', authenticated, arrival) };
}

function levelWords(level: number): string {
  return level === 0 ? 'not authenticated' : level === security ? 'encrypted' : 'not encrypted';
}

/** A notification's varbinds as evidence. */
export function evidenceOf(
  varbinds: readonly NotificationVarbind[],
  edgeId: string,
  notification: TrapEvidence['notification'],
  authenticated: boolean,
  { nowMs, monotonicMs }: Arrival,
): TrapEvidence {
  const meaning = decodeNotification(notificationOf(varbinds));
  return {
    edgeId,
    atMs: Math.round(nowMs),
    atMonotonicMs: monotonicMs,
    ...meaning,
    notification,
    authenticated,
  };
}
