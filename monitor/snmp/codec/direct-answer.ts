import { createDecipheriv } from 'node:crypto';
import type { RawVarbind } from 'net-snmp';
import { isSigned } from './direct-digest';
import type { DirectKeys } from './direct-keys';
import type { Question } from './direct-request';
import { oidText } from './oid-bytes';
import { asnType } from './varbind';

/** A response as it was decrypted. `time`: the agent's own, which proves that the response is fresh. */
export interface DirectAnswer {
  boots: number;
  time: number;
  errorStatus: number;
  errorIndex: number;
  varbinds: RawVarbind[];
}

const response = 0xa2;
const maxVarbinds = 2_000;
const vector = Buffer.alloc(16);

/**
 * Reads an encrypted answer to the request `id`. 'forged': not from this engine and user, or its digest is wrong; it says
 * nothing. 'unreadable': authentic, but not a response to this request. Changes the packet.
 */
export function readAnswer(
  packet: Buffer,
  id: number,
  question: Question,
  keys: DirectKeys,
): DirectAnswer | 'forged' | 'unreadable' {
  const message = new Cursor(packet);
  if (message.enter(0x30) !== packet.length || message.integer() !== 3) return 'forged';
  const header = message.enter(0x30);
  if (message.integer() !== id) return 'forged';
  message.at = header;
  message.enter(0x04);
  message.enter(0x30);
  if (!message.equals(0x04, keys.engineId)) return 'forged';
  const boots = message.integer();
  const time = message.integer();
  if (!message.equals(0x04, keys.user)) return 'forged';
  const digestEnd = message.enter(0x04);
  const digestAt = message.at;
  if (digestEnd - digestAt !== keys.digestLength) return 'forged';
  message.at = digestEnd;
  const saltEnd = message.enter(0x04);
  const saltAt = message.at;
  if (saltEnd - saltAt !== 8) return 'forged';
  message.at = saltEnd;
  const payloadEnd = message.enter(0x04);
  const { digestLength, hash, authKey } = keys;
  if (message.bad || !isSigned(packet, digestAt, digestLength, hash, authKey)) return 'forged';
  if (boots < 0 || time < 0) return 'unreadable';
  vector.writeUInt32BE(boots, 0);
  vector.writeUInt32BE(time, 4);
  packet.copy(vector, 8, saltAt, saltEnd);
  const plain = createDecipheriv(keys.cipher, keys.privKey, vector).update(
    packet.subarray(message.at, payloadEnd),
  );
  const pdu = new Cursor(plain);
  pdu.enter(0x30);
  pdu.skip(0x04);
  pdu.skip(0x04);
  pdu.enter(response);
  if (pdu.integer() !== id || pdu.bad) return 'unreadable';
  const errorStatus = pdu.integer();
  const errorIndex = pdu.integer();
  const varbinds = readVarbinds(pdu, question);
  if (varbinds === null || errorStatus < 0) return 'unreadable';
  return { boots, time, errorStatus, errorIndex, varbinds };
}

function readVarbinds(pdu: Cursor, question: Question): RawVarbind[] | null {
  const varbinds: RawVarbind[] = [];
  const end = pdu.enter(0x30);
  while (!pdu.bad && pdu.at < end) {
    if (varbinds.length >= maxVarbinds) return null;
    const next = pdu.enter(0x30);
    const oidEnd = pdu.enter(0x06);
    if (pdu.bad || next > end || oidEnd > next) return null;
    const oid = askedOid(pdu, oidEnd, question, varbinds.length) ?? oidText(pdu.bytes, pdu.at, oidEnd);
    if (oid === null) return null;
    pdu.at = oidEnd;
    const type = pdu.bytes[oidEnd] ?? -1;
    const valueEnd = pdu.enter(type);
    if (pdu.bad || valueEnd !== next) return null;
    const value = readValue(pdu.bytes, type, pdu.at, valueEnd);
    if (value === undefined) return null;
    varbinds.push({ oid, type, value });
    pdu.at = next;
  }
  return pdu.bad ? null : varbinds;
}

/** The OID asked for at this place, when it is the one that came: its text need not be made anew. */
function askedOid(pdu: Cursor, end: number, question: Question, at: number): string | null {
  const asked = question.oidContents[at];
  if (!asked || asked.length !== end - pdu.at) return null;
  for (let byte = 0; byte < asked.length; byte += 1) {
    if (asked[byte] !== pdu.bytes[pdu.at + byte]) return null;
  }
  return question.oids[at] ?? null;
}

/** A value as net-snmp hands it over; undefined for what SMIv2 does not have. */
function readValue(bytes: Buffer, type: number, from: number, to: number): unknown {
  const length = to - from;
  switch (type) {
    case asnType.integer:
      return length < 1 || length > 4 ? undefined : bytes.readIntBE(from, length);
    case asnType.counter32:
    case asnType.gauge32:
    case asnType.timeTicks: {
      if (length < 1 || length > 5) return undefined;
      const value = bytes.readIntBE(from, length);
      // Some agents send large unsigned values without their leading zero.
      return value < -(2 ** 31) || value >= 2 ** 32 ? undefined : value >>> 0;
    }
    case asnType.octetString:
    case asnType.counter64:
    case asnType.opaque:
      return bytes.subarray(from, to);
    case asnType.oid:
      return oidText(bytes, from, to) ?? undefined;
    case asnType.ipAddress:
      return length === 4 ? bytes.subarray(from, to).join('.') : undefined;
    case asnType.null:
    case asnType.noSuchObject:
    case asnType.noSuchInstance:
    case asnType.endOfMibView:
      return length === 0 ? null : undefined;
    default:
      return undefined;
  }
}

/** Reads BER strictly forward and never beyond the bytes. After the first mistake it is `bad`. */
class Cursor {
  at = 0;
  bad = false;

  constructor(readonly bytes: Buffer) {}

  /** Steps into the next value, which must have this tag; where it ends. */
  enter(tag: number): number {
    const { bytes, at } = this;
    const first = bytes[at + 1];
    if (this.bad || bytes[at] !== tag || first === undefined) return this.fail();
    let from = at + 2;
    let length = first;
    if (first >= 0x80) {
      const count = first & 0x7f;
      if (count < 1 || count > 4 || from + count > bytes.length) return this.fail();
      length = bytes.readUIntBE(from, count);
      from += count;
    }
    if (from + length > bytes.length) return this.fail();
    this.at = from;
    return from + length;
  }

  skip(tag: number): void {
    this.at = this.enter(tag);
  }

  /** A signed INTEGER of at most 32 bits; NaN when there is none. */
  integer(): number {
    const end = this.enter(0x02);
    const length = end - this.at;
    if (this.bad || length < 1 || length > 4) {
      this.bad = true;
      return Number.NaN;
    }
    const value = this.bytes.readIntBE(this.at, length);
    this.at = end;
    return value;
  }

  /** Whether the next value has this tag and content; steps behind it. */
  equals(tag: number, content: Buffer): boolean {
    const end = this.enter(tag);
    if (this.bad || end - this.at !== content.length) return false;
    const from = this.at;
    this.at = end;
    return content.every((byte, at) => this.bytes[from + at] === byte);
  }

  private fail(): number {
    this.bad = true;
    return this.bytes.length;
  }
}
