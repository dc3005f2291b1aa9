import { BerError, BerReader } from './ber-reader';
import { BerWriter } from './ber-writer';
import { digestOctets, encrypt, messageDigest, type LocalizedKeys } from './usm';
import { tag } from './tags';

/** msgFlags (RFC 3412 section 6.4). */
export const flag = { auth: 1, priv: 2, reportable: 4 } as const;
const usmSecurityModel = 3;
/** msgMaxSize of this agent, and the least that any engine must accept (RFC 3412 section 6). */
const agentMaxSize = 65_507;
const minMaxSize = 484;

/** An SNMPv3 message, its payload still as it came (RFC 3412 section 6, RFC 3414 section 2.4). */
export interface IncomingMessage {
  id: number;
  maxSize: number;
  flags: number;
  engineId: Buffer;
  boots: number;
  time: number;
  user: Buffer;
  salt: Buffer;
  /** Where the digest is in the whole message, and its length. */
  digestAt: number;
  digestLength: number;
  /** Plain: the scoped PDU with its tag. Encrypted: the ciphertext. */
  payload: Buffer;
}

/** Parses one datagram. Throws BerError for anything that is not SNMPv3 with the user-based security model. */
export function parseMessage(datagram: Buffer): IncomingMessage {
  const message = new BerReader(datagram).inside(tag.sequence);
  if (message.integer() !== 3) throw new BerError('Not SNMP version 3');
  const header = message.inside(tag.sequence);
  const id = header.integer();
  const maxSize = Math.max(minMaxSize, header.integer());
  const flags = header.content(tag.octetString)[0] ?? 0;
  if (header.integer() !== usmSecurityModel) throw new BerError('Not the user-based security model');
  if ((flags & flag.priv) !== 0 && (flags & flag.auth) === 0)
    throw new BerError('Privacy without authentication');
  const security = new BerReader(message.content(tag.octetString)).inside(tag.sequence);
  const engineId = security.content(tag.octetString);
  const boots = security.integer();
  const time = security.integer();
  const user = security.content(tag.octetString);
  const digest = security.content(tag.octetString);
  const salt = security.content(tag.octetString);
  const payload = (flags & flag.priv) !== 0 ? message.content(tag.octetString) : message.whole(tag.sequence);
  const digestAt = digest.byteOffset - datagram.byteOffset;
  return {
    id,
    maxSize,
    flags,
    engineId,
    boots,
    time,
    user,
    salt,
    digestAt,
    digestLength: digest.length,
    payload,
  };
}

/** An answer or a report to be sent. */
export interface OutgoingMessage {
  id: number;
  /** `flag.auth`, `flag.priv` or neither. */
  flags: number;
  engineId: Buffer;
  boots: number;
  time: number;
  user: Buffer;
  /** The scoped PDU, tag included. */
  scopedPdu: Buffer;
  keys: LocalizedKeys | undefined;
}

/** Builds the datagram, encrypted and signed according to its flags. */
export function buildMessage(message: OutgoingMessage): Buffer {
  const { keys } = message;
  const writer = new BerWriter(
    message.scopedPdu.length + message.engineId.length + message.user.length + 160,
  );
  let salt: Buffer = Buffer.alloc(0);
  if ((message.flags & flag.priv) !== 0 && keys) {
    const encrypted = encrypt(keys.priv, message.boots, message.time, message.scopedPdu);
    salt = encrypted.salt;
    writer.value(tag.octetString, encrypted.bytes);
  } else {
    writer.raw(message.scopedPdu);
  }
  const securityEnd = writer.mark();
  writer.value(tag.octetString, salt);
  const digestEnd = writer.mark();
  const signs = (message.flags & flag.auth) !== 0;
  writer.value(tag.octetString, Buffer.alloc(signs ? digestOctets : 0));
  writer.value(tag.octetString, message.user);
  writer.integer(message.time);
  writer.integer(message.boots);
  writer.value(tag.octetString, message.engineId);
  writer.wrap(tag.sequence, securityEnd);
  writer.wrap(tag.octetString, securityEnd);
  const headerEnd = writer.mark();
  writer.integer(usmSecurityModel);
  writer.value(tag.octetString, Buffer.of(message.flags));
  writer.integer(agentMaxSize);
  writer.integer(message.id);
  writer.wrap(tag.sequence, headerEnd);
  writer.integer(3);
  const all = writer.end;
  writer.wrap(tag.sequence, all);
  const datagram = writer.finish();
  if (signs && keys) {
    const digestAt = datagram.length - (all - digestEnd) - digestOctets;
    messageDigest(keys.auth, datagram).copy(datagram, digestAt);
  }
  return datagram;
}
