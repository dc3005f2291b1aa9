import { RateLimit } from '../base/rate-limit';
import {
  encodeCommunityMessage,
  messageFlag,
  readMessage,
  type CommunityMessage,
} from '../snmp/codec/message';
import { acknowledgement, pduType } from '../snmp/codec/pdu';
import { InformHandler } from './handle-inform';
import { evidenceOf, handleTrap, type TrapDependencies } from './handle-trap';
import type { LocalEngine } from './local-engine';
import { openCommunityPdu } from './open-message';
import { nothing, type Arrival, type Outcome } from './packet';

/** Larger packets are not read: a notification has a few hundred octets. */
const maxPacketOctets = 16_384;
/** Packets of one sender with a known address. Others are refused before this. */
const perSenderPerSecond = 100;
const perSenderBurst = 200;
const maxSenders = 20_000;

/**
 * Handles the packets of the trap port, without a socket: who sent it, is it authentic, is it timely, what does it mean.
 * Whatever a packet holds, it neither throws nor uses more than bounded memory.
 */
export class TrapHandler {
  private readonly informs: InformHandler;
  private readonly perSender = new RateLimit(perSenderPerSecond, perSenderBurst, maxSenders);

  constructor(
    private readonly dependencies: TrapDependencies,
    private readonly engine: LocalEngine,
  ) {
    this.informs = new InformHandler(dependencies, engine);
  }

  handle(arrival: Arrival): Outcome {
    const { packet, address, nowMs, monotonicMs } = arrival;
    const { counters, senders } = this.dependencies;
    counters.counts.received += 1;
    if (!senders.knows(address)) {
      counters.refuse('unknownSender', address, nowMs, () => {
        return `Packets on the trap port come from ${address}, which is no edge's address in the inventory.`;
      });
      return nothing;
    }
    if (!this.perSender.admits(address, monotonicMs)) {
      counters.refuse('tooFast', address, nowMs, () => {
        return `${address} sends more than ${perSenderPerSecond} packets a second to the trap port: the rest is dropped.`;
      });
      return nothing;
    }
    const message = packet.length > maxPacketOctets ? 'malformed' : readMessage(packet);
    if (message === 'malformed') {
      counters.refuse('malformed', address, nowMs, () => {
        return `${address} sends packets that are not SNMP to the trap port.`;
      });
      return nothing;
    }
    if (message === 'unsupported-version') {
      counters.refuse('unsupportedVersion', address, nowMs, () => {
        return `${address} sends SNMPv1 traps: only SNMPv3, and v2c where its credential is a community, are read.`;
      });
      return nothing;
    }
    if (message.version === 2) return this.handleCommunity(message, arrival);
    if (message.engineId.equals(this.engine.engineId)) return this.informs.handleInform(message, arrival);
    // A trap is not reportable; a discovery, and an inform to another engine, are (RFC 3412 section 6.4).
    if ((message.flags & messageFlag.reportable) !== 0) return this.informs.handleDiscovery(message, arrival);
    return handleTrap(this.dependencies, message, arrival);
  }

  /** SNMPv2c proves only that the sender knows a community sent in the clear: evidence, never authenticated. */
  private handleCommunity(message: CommunityMessage, arrival: Arrival): Outcome {
    const { counters, senders, credentials } = this.dependencies;
    const { address, nowMs } = arrival;
    const fitting = credentials.communities(senders.credentialsAt(address), message.community);
    if (fitting.length === 0) {
      counters.refuse('wrongCommunity', address, nowMs, () => {
        return `${address} sends SNMPv2c traps with a community that no credential of its edge has.`;
      });
      return nothing;
    }
    const pdu = openCommunityPdu(message.pdu);
    if (!pdu || (pdu.type !== pduType.trap && pdu.type !== pduType.inform)) {
      counters.refuse('malformed', address, nowMs, () => {
        return `${address} sends SNMPv2c packets that are not notifications.`;
      });
      return nothing;
    }
    const edge = senders.only(address);
    if (!edge || !senders.credentialsOf(edge).some((name) => fitting.includes(name))) {
      counters.refuse('unknownSender', `${address} v2c`, nowMs, () => {
        return `SNMPv2c traps from ${address} belong to no edge: several have this address.`;
      });
      return nothing;
    }
    const inform = pdu.type === pduType.inform;
    counters.counts[inform ? 'informs' : 'traps'] += 1;
    return {
      reply: inform ? encodeCommunityMessage(message.community, acknowledgement(pdu)) : null,
      evidence: evidenceOf(pdu, edge.id, inform ? 'inform' : 'trap', false, arrival),
    };
  }
}
