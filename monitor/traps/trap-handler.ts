import type { TrapEvidence } from '../../domain/traps/evidence';
import { tag } from './ber';
import { flag, readMessage, writeCommunity, type CommunityMessage } from './message';
import type { OwnEngine } from './local-engine';
import { nothing, type Arrival, type Outcome } from './packet';
import { acknowledgement, readPdu } from './pdu';
import { RateLimit } from '../base/rate-limit';
import { InformTaker } from './handle-inform';
import { evidenceOf, takeTrap, type TrapParts } from './handle-trap';

/** Larger ones are not read: a notification is a few hundred octets. */
const largestPacket = 16_384;
/** Of one sender that is known by its address. Strangers are turned away before this. */
const perSenderPerSecond = 100;
const perSenderBurst = 200;
const mostSenders = 20_000;

/**
 * Takes the packets of the trap port one by one, without a socket: who sends, is it authentic, is it timely, what does it
 * mean. Whatever a packet holds, it neither throws nor keeps more than a bounded memory.
 */
export class TrapDesk {
  private readonly informs: InformTaker;
  private readonly perSender = new RateLimit(perSenderPerSecond, perSenderBurst, mostSenders);

  constructor(
    private readonly parts: TrapParts,
    private readonly engine: OwnEngine,
  ) {
    this.informs = new InformTaker(parts, engine);
  }

  take(arrival: Arrival): Outcome {
    const { packet, address, nowMs, monotonicMs } = arrival;
    const { book, senders } = this.parts;
    book.counts.received += 1;
    if (!senders.knows(address)) {
      book.refuse('unknownSender', address, nowMs, () => {
        return `Packets on the trap port come from ${address}, which is no edge's address in the inventory.`;
      });
      return nothing;
    }
    if (!this.perSender.admits(address, monotonicMs)) {
      book.refuse('tooFast', address, nowMs, () => {
        return `${address} sends more than ${perSenderPerSecond} packets a second to the trap port: the rest is dropped.`;
      });
      return nothing;
    }
    const message = packet.length > largestPacket ? 'malformed' : readMessage(packet);
    if (message === 'malformed') {
      book.refuse(
        'malformed',
        address,
        nowMs,
        () => `${address} sends packets that are not SNMP to the trap port.`,
      );
      return nothing;
    }
    if (message === 'version') {
      book.refuse('unsupportedVersion', address, nowMs, () => {
        return `${address} sends SNMPv1 traps: only SNMPv3, and v2c where its credential says so, are read.`;
      });
      return nothing;
    }
    if (message.version === 2) return this.takeCommunity(message, arrival);
    if (message.engineId.equals(this.engine.engineId)) return this.informs.takeInform(message, arrival);
    // A trap asks for no report; an inform to an engine that is not ours, and a discovery, do (RFC 3412 section 6.4).
    if ((message.flags & flag.reportable) !== 0) return this.informs.takeDiscovery(message, arrival);
    return takeTrap(this.parts, message, arrival);
  }

  /** SNMPv2c proves nothing but a word that everybody on the way can read: evidence, never authenticated. */
  private takeCommunity(message: CommunityMessage, arrival: Arrival): Outcome {
    const { book, senders, credentials } = this.parts;
    const { address, nowMs } = arrival;
    const fitting = credentials.communities(senders.credentialsAt(address), message.community);
    if (fitting.length === 0) {
      book.refuse('wrongCommunity', address, nowMs, () => {
        return `${address} sends SNMPv2c traps with a community that no credential of its edge has.`;
      });
      return nothing;
    }
    const pdu = readPdu(message.pdu);
    if (!pdu || (pdu.type !== tag.trap && pdu.type !== tag.inform)) {
      book.refuse('malformed', address, nowMs, () => `${address} sends SNMPv2c packets that are no traps.`);
      return nothing;
    }
    const edge = senders.only(address);
    if (!edge || !senders.credentialsOf(edge).some((name) => fitting.includes(name))) {
      book.refuse('unknownSender', `${address} v2c`, nowMs, () => {
        return `SNMPv2c traps from ${address} are nobody's: several edges have this address.`;
      });
      return nothing;
    }
    const inform = pdu.type === tag.inform;
    book.counts[inform ? 'informs' : 'traps'] += 1;
    const kind: TrapEvidence['notification'] = inform ? 'inform' : 'trap';
    return {
      reply: inform ? writeCommunity(message.community, acknowledgement(pdu)) : null,
      evidence: evidenceOf(pdu.varbinds, edge.id, kind, false, arrival),
    };
  }
}
