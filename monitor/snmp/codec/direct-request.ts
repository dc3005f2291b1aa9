import { createCipheriv, randomBytes } from 'node:crypto';
import { sign } from './direct-digest';
import type { DirectKeys } from './direct-keys';
import { oidBytes } from './oid-bytes';

/** PDU types (RFC 3416 section 3). */
export const pduType = { get: 0xa0, getBulk: 0xa5 } as const;

/** What is asked, encoded once and sent to as many agents as have the same objects. */
export interface Question {
  oids: readonly string[];
  /** Each OID's content, without tag and length. */
  oidContents: readonly Buffer[];
  /** The variable-bindings, tag included. */
  varbinds: Buffer;
}

export interface RequestHead {
  /** msgID and request-id: 2^30 to 2^31 - 1. */
  id: number;
  type: number;
  /** Non-repeaters and max-repetitions of GETBULK; 0 and 0 otherwise. */
  second: number;
  third: number;
  boots: number;
  time: number;
}

const saltBytes = 8;
/** msgMaxSize 65507, msgFlags authPriv and reportable, user-based security: the same in every request. */
const fixedHeader = Buffer.from('020300ffe3040107020103', 'hex');
const vector = Buffer.alloc(16);
/** RFC 3826 section 3.1.2.1: a salt is a counter that starts at random, so that none comes twice. */
let salt = randomBytes(saltBytes).readBigUInt64BE();

/** Encodes a question. @throws RangeError for what is no OID */
export function encodeQuestion(oids: readonly string[]): Question {
  const oidContents = oids.map(oidBytes);
  const size = oidContents.reduce((sum, content) => sum + sized(sized(content.length) + 2), 0);
  const writer = new Writer(sized(size));
  writer.head(0x30, size);
  for (const content of oidContents) {
    writer.head(0x30, sized(content.length) + 2);
    writer.value(0x06, content);
    writer.head(0x05, 0);
  }
  return { oids, oidContents, varbinds: writer.bytes };
}

const questions = new WeakMap<readonly string[], Question>();

/** `encodeQuestion`, once for one list: a plan's list is asked at every poll. */
export function questionOf(oids: readonly string[]): Question {
  const known = questions.get(oids);
  if (known) return known;
  const made = encodeQuestion(oids);
  questions.set(oids, made);
  return made;
}

/** An SNMPv3 request, encrypted and signed (RFC 3412 section 6, RFC 3414 section 2.4, RFC 3826). */
export function buildRequest(question: Question, head: RequestHead, keys: DirectKeys): Buffer {
  const { engineId, user, digestLength } = keys;
  const { boots, time } = head;
  const pdu = 6 + sizedInteger(head.second) + sizedInteger(head.third) + question.varbinds.length;
  const scoped = sized(engineId.length) + 2 + sized(pdu);
  const scopedWhole = sized(scoped);
  const usm =
    sized(engineId.length) +
    sizedInteger(boots) +
    sizedInteger(time) +
    sized(user.length) +
    sized(digestLength) +
    sized(saltBytes);
  const header = 6 + fixedHeader.length;
  const message = 3 + sized(header) + sized(sized(usm)) + sized(scopedWhole);
  const writer = new Writer(sized(message));
  writer.head(0x30, message);
  writer.integer(3);
  writer.head(0x30, header);
  writer.id(head.id);
  writer.raw(fixedHeader);
  writer.head(0x04, sized(usm));
  writer.head(0x30, usm);
  writer.value(0x04, engineId);
  writer.integer(boots);
  writer.integer(time);
  writer.value(0x04, user);
  writer.head(0x04, digestLength);
  const digestAt = writer.zeros(digestLength);
  writer.head(0x04, saltBytes);
  salt = BigInt.asUintN(64, salt + 1n);
  vector.writeUInt32BE(boots, 0);
  vector.writeUInt32BE(time, 4);
  vector.writeBigUInt64BE(salt, 8);
  writer.raw(vector.subarray(8));
  writer.head(0x04, scopedWhole);
  const payloadAt = writer.at;
  writer.head(0x30, scoped);
  writer.value(0x04, engineId);
  writer.head(0x04, 0);
  writer.head(head.type, pdu);
  writer.id(head.id);
  writer.integer(head.second);
  writer.integer(head.third);
  writer.raw(question.varbinds);
  const packet = writer.bytes;
  // A stream mode: everything comes out of update().
  createCipheriv(keys.cipher, keys.privKey, vector)
    .update(packet.subarray(payloadAt))
    .copy(packet, payloadAt);
  sign(packet, digestAt, digestLength, keys.hash, keys.authKey);
  return packet;
}

/** Octets of a value whose content has `length` octets. */
function sized(length: number): number {
  return length < 0x80 ? length + 2 : length < 0x100 ? length + 3 : length + 4;
}

/** Octets of a whole INTEGER that is not negative. */
function sizedInteger(value: number): number {
  return value < 0x80 ? 3 : value < 0x8000 ? 4 : value < 0x80_0000 ? 5 : 6;
}

/** Writes BER forward into a packet whose size is known. */
class Writer {
  readonly bytes: Buffer;
  at = 0;

  constructor(size: number) {
    this.bytes = Buffer.allocUnsafe(size);
  }

  head(tag: number, length: number): void {
    const { bytes } = this;
    bytes[this.at++] = tag;
    if (length >= 0x100) {
      bytes[this.at++] = 0x82;
      bytes[this.at++] = length >> 8;
    } else if (length >= 0x80) bytes[this.at++] = 0x81;
    bytes[this.at++] = length & 0xff;
  }

  value(tag: number, content: Buffer): void {
    this.head(tag, content.length);
    this.raw(content);
  }

  raw(content: Buffer): void {
    content.copy(this.bytes, this.at);
    this.at += content.length;
  }

  zeros(count: number): number {
    const from = this.at;
    this.at += count;
    this.bytes.fill(0, from, this.at);
    return from;
  }

  /** An id, four octets. */
  id(value: number): void {
    this.head(0x02, 4);
    this.bytes.writeUInt32BE(value, this.at);
    this.at += 4;
  }

  /** 0 to 2^31 - 1. */
  integer(value: number): void {
    const octets = sizedInteger(value) - 2;
    this.head(0x02, octets);
    this.bytes.writeUIntBE(value, this.at, octets);
    this.at += octets;
  }
}
