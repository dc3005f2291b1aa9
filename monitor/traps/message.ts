import { BerReader, tag, tlv, unsigned } from './ber';

/** msgFlags (RFC 3412 section 6.4). */
export const flag = { auth: 1, priv: 2, reportable: 4 } as const;
const usm = 3;
/** RFC 3411: an engine id has 5 to 32 octets; RFC 3414: a user name up to 32; RFC 7860: a digest up to 48. */
const longest = { engineId: 32, user: 32, digest: 48, salt: 8 };
const shortestEngineId = 5;
const ownMaxSize = 65_507;

/** An SNMPv3 message as it came: nothing of it is checked yet. Buffers are views of the packet. */
export interface V3Message {
  version: 3;
  id: number;
  flags: number;
  /** Empty in a discovery. */
  engineId: Buffer;
  boots: number;
  time: number;
  user: string;
  digest: Buffer;
  salt: Buffer;
  /** Plain: the scoped PDU, tag included. Encrypted: the ciphertext. */
  payload: Buffer;
}

/** An SNMPv2c message. */
export interface CommunityMessage {
  version: 2;
  community: Buffer;
  pdu: Buffer;
}

/** Why a packet is no message for us. */
export type NotAMessage = 'malformed' | 'version';

/** Reads a packet's head without decoding its PDU. Never throws. */
export function readMessage(packet: Buffer): V3Message | CommunityMessage | NotAMessage {
  const message = new BerReader(packet).inside(tag.sequence);
  const version = message.integer();
  if (message.bad) return 'malformed';
  if (version === 3) return readV3(message);
  if (version !== 1) return 'version';
  const community = message.content(tag.octetString, 255);
  const pdu = message.whole(message.peek());
  return message.bad ? 'malformed' : { version: 2, community, pdu };
}

function readV3(message: BerReader): V3Message | NotAMessage {
  const header = message.inside(tag.sequence);
  const id = header.integer();
  header.integer();
  const flags = header.content(tag.octetString, 1)[0] ?? 0;
  const model = header.integer();
  const security = new BerReader(message.content(tag.octetString)).inside(tag.sequence);
  const engineId = security.content(tag.octetString, longest.engineId);
  const boots = security.integer();
  const time = security.integer();
  const user = security.content(tag.octetString, longest.user).toString('utf8');
  const digest = security.content(tag.octetString, longest.digest);
  const salt = security.content(tag.octetString, longest.salt);
  const encrypted = (flags & flag.priv) !== 0;
  const payload = encrypted ? message.content(tag.octetString) : message.whole(tag.sequence);
  const wrong =
    message.bad ||
    header.bad ||
    security.bad ||
    model !== usm ||
    (encrypted && (flags & flag.auth) === 0) ||
    (engineId.length > 0 && engineId.length < shortestEngineId) ||
    Math.min(id, boots, time) < 0 ||
    Math.max(boots, time) >= 2 ** 31;
  return wrong ? 'malformed' : { version: 3, id, flags, engineId, boots, time, user, digest, salt, payload };
}

export interface OutgoingV3 {
  id: number;
  flags: number;
  engineId: Buffer;
  boots: number;
  time: number;
  user: string;
  /** Zeros of the digest's length, to be signed; empty when it is not. */
  digest: Buffer;
  salt: Buffer;
  /** A scoped PDU with its tag, or ciphertext. */
  payload: Buffer;
}

/** Builds an SNMPv3 message; `digestAt` is where its digest goes. */
export function writeV3(message: OutgoingV3): { packet: Buffer; digestAt: number } {
  const encrypted = (message.flags & flag.priv) !== 0;
  const payload = encrypted ? tlv(tag.octetString, message.payload) : message.payload;
  const salt = tlv(tag.octetString, message.salt);
  const security = tlv(
    tag.octetString,
    tlv(
      tag.sequence,
      tlv(tag.octetString, message.engineId),
      unsigned(message.boots),
      unsigned(message.time),
      tlv(tag.octetString, Buffer.from(message.user, 'utf8')),
      tlv(tag.octetString, message.digest),
      salt,
    ),
  );
  const header = tlv(
    tag.sequence,
    unsigned(message.id),
    unsigned(ownMaxSize),
    tlv(tag.octetString, Buffer.of(message.flags)),
    unsigned(usm),
  );
  const packet = tlv(tag.sequence, unsigned(3), header, security, payload);
  return { packet, digestAt: packet.length - payload.length - salt.length - message.digest.length };
}

/** Builds an SNMPv2c message. */
export function writeCommunity(community: Buffer, pdu: Buffer): Buffer {
  return tlv(tag.sequence, unsigned(1), tlv(tag.octetString, community), pdu);
}
