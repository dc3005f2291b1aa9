import { BerReader } from './ber-reader';
import { BerWriter, sized, sizedInteger } from './ber-writer';
import { isSigned, sign } from './digest';
import { pduSize, pduType, writePdu, type OutgoingPdu } from './pdu';
import { encrypt, encryptedLength, saltOctets } from './privacy';
import type { SecurityLevel, UsmKeys } from './usm-keys';
import { asnType } from './varbind';

/** msgFlags (RFC 3412 section 6.4). */
export const messageFlag = { auth: 1, priv: 2, reportable: 4 } as const;
/** The flags of a message with this level of security. */
export const levelFlags: Readonly<Record<SecurityLevel, number>> = {
  noAuthNoPriv: 0,
  authNoPriv: messageFlag.auth,
  authPriv: messageFlag.auth | messageFlag.priv,
};
const userBasedSecurity = 3;
/** RFC 3411: an engine ID has up to 32 octets; RFC 3414: so has a user name; RFC 7860: a digest up to 48. */
const maxOctets = { engineId: 32, user: 32, digest: 48, salt: saltOctets, community: 255 };
/** The largest payload of a UDP datagram over IPv4: Heron takes any answer. */
const maxMessageSize = 65_507;
const versionNumber = { v2c: 1, v3: 3 };

/** An SNMPv3 message as it came: nothing of it is verified yet. Buffers are views of the packet. */
export interface V3Message {
  version: 3;
  packet: Buffer;
  id: number;
  flags: number;
  /** Empty in a discovery. */
  engineId: Buffer;
  boots: number;
  time: number;
  user: Buffer;
  digest: Buffer;
  /** Where the digest is in the packet. */
  digestAt: number;
  salt: Buffer;
  /** Plain: the scoped PDU, tag included. Encrypted: the ciphertext. */
  payload: Buffer;
}

/** An SNMPv2c message (RFC 1901, RFC 3416). */
export interface CommunityMessage {
  version: 2;
  /** The PDU's request-id. */
  id: number;
  community: Buffer;
  pdu: Buffer;
}

export type Message = V3Message | CommunityMessage;

/** Reads a packet's head without decoding its PDU. Never throws. */
export function readMessage(packet: Buffer): Message | 'malformed' | 'unsupported-version' {
  const reader = new BerReader(packet);
  reader.enter(asnType.sequence);
  const version = reader.integer();
  if (reader.bad) return 'malformed';
  if (version === versionNumber.v3) return readV3(reader, packet);
  return version === versionNumber.v2c ? readCommunity(reader) : 'unsupported-version';
}

function readCommunity(reader: BerReader): CommunityMessage | 'malformed' {
  const community = reader.content(asnType.octetString, maxOctets.community);
  const pdu = reader.whole(reader.peek());
  const inside = new BerReader(pdu);
  const type = inside.peek();
  inside.enter(type);
  const id = inside.integer();
  const isPdu = type >= pduType.get && type <= pduType.report;
  return reader.bad || inside.bad || !isPdu ? 'malformed' : { version: 2, id, community, pdu };
}

function readV3(reader: BerReader, packet: Buffer): V3Message | 'malformed' {
  const outerHeader = reader.enter(asnType.sequence);
  const id = reader.integer();
  reader.integer();
  const flags = reader.content(asnType.octetString, 1)[0] ?? 0;
  const model = reader.integer();
  reader.leave(outerHeader);
  const outerSecurity = reader.enter(asnType.octetString);
  reader.enter(asnType.sequence);
  const engineId = reader.content(asnType.octetString, maxOctets.engineId);
  const boots = reader.integer();
  const time = reader.integer();
  const user = reader.content(asnType.octetString, maxOctets.user);
  const digest = reader.content(asnType.octetString, maxOctets.digest);
  const digestAt = reader.at - digest.length;
  const salt = reader.content(asnType.octetString, maxOctets.salt);
  reader.leave(outerSecurity);
  const encrypted = (flags & messageFlag.priv) !== 0;
  const payload = encrypted ? reader.content(asnType.octetString) : reader.whole(asnType.sequence);
  const invalid =
    reader.bad ||
    model !== userBasedSecurity ||
    (encrypted && (flags & messageFlag.auth) === 0) ||
    Math.min(id, boots, time) < 0 ||
    Math.max(id, boots, time) >= 2 ** 31;
  if (invalid) return 'malformed';
  return { version: 3, packet, id, flags, engineId, boots, time, user, digest, digestAt, salt, payload };
}

/** Whether a message is signed by the user with the key for its engine (RFC 3414 section 6.3.2). */
export function isAuthentic({ packet, digestAt, digest }: V3Message, keys: UsmKeys): boolean {
  return isSigned(packet, digestAt, digest.length, keys);
}

/** An SNMPv3 message to be encoded. */
export interface OutgoingMessage {
  id: number;
  /** With `auth` the message is signed, with `priv` it is encrypted. */
  flags: number;
  boots: number;
  time: number;
  contextEngineId: Buffer;
  contextName: Buffer;
  pdu: OutgoingPdu;
}

/** Encodes, encrypts and signs an SNMPv3 message (RFC 3412 section 6, RFC 3414 section 2.4). */
export function encodeMessage(message: OutgoingMessage, keys: UsmKeys): Buffer {
  const { id, flags, boots, time, contextEngineId, contextName, pdu } = message;
  const { engineId, user } = keys;
  const encrypts = (flags & messageFlag.priv) !== 0;
  const digestOctets = (flags & messageFlag.auth) !== 0 ? (keys.auth?.digestOctets ?? 0) : 0;
  const salt = encrypts ? saltOctets : 0;
  const scoped = sized(contextEngineId.length) + sized(contextName.length) + pduSize(pdu);
  const payload = encrypts ? encryptedLength(sized(scoped), keys) : sized(scoped);
  const security =
    sized(engineId.length) +
    sizedInteger(boots) +
    sizedInteger(time) +
    sized(user.length) +
    sized(digestOctets) +
    sized(salt);
  const header = sizedInteger(id) + sizedInteger(maxMessageSize) + sized(1) + sizedInteger(userBasedSecurity);
  const content =
    sizedInteger(versionNumber.v3) +
    sized(header) +
    sized(sized(security)) +
    (encrypts ? sized(payload) : payload);
  const writer = new BerWriter(sized(content));
  writer.head(asnType.sequence, content);
  writer.integer(versionNumber.v3);
  writer.head(asnType.sequence, header);
  writer.integer(id);
  writer.integer(maxMessageSize);
  writer.head(asnType.octetString, 1);
  writer.bytes[writer.at++] = flags;
  writer.integer(userBasedSecurity);
  writer.head(asnType.octetString, sized(security));
  writer.head(asnType.sequence, security);
  writer.value(asnType.octetString, engineId);
  writer.integer(boots);
  writer.integer(time);
  writer.value(asnType.octetString, user);
  writer.head(asnType.octetString, digestOctets);
  const digestAt = writer.zeros(digestOctets);
  writer.head(asnType.octetString, salt);
  const saltAt = writer.zeros(salt);
  if (encrypts) writer.head(asnType.octetString, payload);
  const from = writer.at;
  writer.head(asnType.sequence, scoped);
  writer.value(asnType.octetString, contextEngineId);
  writer.value(asnType.octetString, contextName);
  writePdu(writer, pdu);
  if (encrypts) {
    writer.zeros(from + payload - writer.at);
    encrypt(writer.bytes, { saltAt, from, to: writer.at, boots, time }, keys);
  }
  if (digestOctets > 0) sign(writer.bytes, digestAt, keys);
  return writer.bytes;
}

/** Encodes an SNMPv2c message. */
export function encodeCommunityMessage(community: Buffer, pdu: OutgoingPdu): Buffer {
  const content = sizedInteger(versionNumber.v2c) + sized(community.length) + pduSize(pdu);
  const writer = new BerWriter(sized(content));
  writer.head(asnType.sequence, content);
  writer.integer(versionNumber.v2c);
  writer.value(asnType.octetString, community);
  writePdu(writer, pdu);
  return writer.bytes;
}
