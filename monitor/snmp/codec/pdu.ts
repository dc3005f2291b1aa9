import { BerReader } from './ber-reader';
import { BerWriter, sized, sizedInteger } from './ber-writer';
import { oidBytes, oidText } from './oid-bytes';
import type { Question } from './question';
import { asnType, malformedType, type Varbind } from './varbind';

/** PDU types (RFC 3416 section 3). */
export const pduType = {
  get: 0xa0,
  getNext: 0xa1,
  response: 0xa2,
  getBulk: 0xa5,
  inform: 0xa6,
  trap: 0xa7,
  report: 0xa8,
} as const;

/** A PDU as it came. Buffers are views of the packet. */
export interface Pdu {
  type: number;
  requestId: number;
  /** Non-repeaters in a GETBULK. */
  errorStatus: number;
  /** Max-repetitions in a GETBULK. */
  errorIndex: number;
  /** All varbinds as they came, tag included: the response to an inform returns them. */
  rawVarbinds: Buffer;
  varbinds: Varbind[];
}

/** A PDU with its context (RFC 3412 section 6.8). */
export interface ScopedPdu {
  contextEngineId: Buffer;
  contextName: Buffer;
  pdu: Pdu;
}

/** A PDU to be encoded. */
export interface OutgoingPdu {
  type: number;
  requestId: number;
  /** Error-status, or non-repeaters. */
  second: number;
  /** Error-index, or max-repetitions. */
  third: number;
  /** Encoded varbinds, tag included. */
  varbinds: Buffer;
}

const maxContextOctets = 255;

/** Octets of a whole PDU. */
export function pduSize(pdu: OutgoingPdu): number {
  return sized(pduContentSize(pdu));
}

export function writePdu(writer: BerWriter, pdu: OutgoingPdu): void {
  writer.head(pdu.type, pduContentSize(pdu));
  writer.integer(pdu.requestId);
  writer.integer(pdu.second);
  writer.integer(pdu.third);
  writer.raw(pdu.varbinds);
}

function pduContentSize({ requestId, second, third, varbinds }: OutgoingPdu): number {
  return sizedInteger(requestId) + sizedInteger(second) + sizedInteger(third) + varbinds.length;
}

/** The response to an inform: the same request ID and varbinds, no error (RFC 3416 section 4.2.7). */
export function acknowledgement({ requestId, rawVarbinds }: Pdu): OutgoingPdu {
  return { type: pduType.response, requestId, second: 0, third: 0, varbinds: rawVarbinds };
}

/** A report about one counter (RFC 3412 section 7.1.3). */
export function reportOf(requestId: number, counterOid: string, count: number): OutgoingPdu {
  const oid = oidBytes(counterOid);
  const value = count >>> 0;
  const varbind = sized(oid.length) + sizedInteger(value);
  const writer = new BerWriter(sized(sized(varbind)));
  writer.head(asnType.sequence, sized(varbind));
  writer.head(asnType.sequence, varbind);
  writer.value(asnType.oid, oid);
  writer.integer(value, asnType.counter32);
  return { type: pduType.report, requestId, second: 0, third: 0, varbinds: writer.bytes };
}

/**
 * Reads a scoped PDU; null when it is none. What follows it is padding. `maxVarbinds`: further ones are not read. `question`:
 * what was asked, so that the text of the same OIDs is not made again.
 */
export function readScopedPdu(bytes: Buffer, maxVarbinds: number, question?: Question): ScopedPdu | null {
  const reader = new BerReader(bytes);
  reader.enter(asnType.sequence);
  const contextEngineId = reader.content(asnType.octetString, maxContextOctets);
  const contextName = reader.content(asnType.octetString, maxContextOctets);
  const pdu = readPduFrom(reader, maxVarbinds, question);
  return pdu && { contextEngineId, contextName, pdu };
}

/** Reads a PDU (RFC 3416 section 3); null when it is none. */
export function readPdu(bytes: Buffer, maxVarbinds: number, question?: Question): Pdu | null {
  return readPduFrom(new BerReader(bytes), maxVarbinds, question);
}

function readPduFrom(reader: BerReader, maxVarbinds: number, question?: Question): Pdu | null {
  const type = reader.peek();
  if (type < pduType.get || type > pduType.report) return null;
  reader.enter(type);
  const requestId = reader.integer();
  const errorStatus = reader.integer();
  const errorIndex = reader.integer();
  const from = reader.at;
  if (reader.bad) return null;
  const varbinds =
    readVarbinds(reader, maxVarbinds, question) ??
    (question ? readDamagedVarbinds(reader, from, maxVarbinds, question) : null);
  if (varbinds === null) return null;
  const rawVarbinds = reader.bytes.subarray(from, reader.at);
  return { type, requestId, errorStatus, errorIndex, rawVarbinds, varbinds };
}

function readVarbinds(reader: BerReader, maxVarbinds: number, question?: Question): Varbind[] | null {
  const varbinds: Varbind[] = [];
  const outerList = reader.enter(asnType.sequence);
  while (!reader.ended && varbinds.length < maxVarbinds) {
    const outerVarbind = reader.enter(asnType.sequence);
    const outerOid = reader.enter(asnType.oid);
    const oid = reader.bad ? null : oidAt(reader, question, varbinds.length);
    reader.leave(outerOid);
    const type = reader.peek();
    const outerValue = reader.enter(type);
    if (reader.bad || oid === null) return null;
    varbinds.push({ oid, type, value: readValue(reader.bytes, type, reader.at, reader.end) });
    reader.leave(outerValue);
    reader.leave(outerVarbind);
  }
  reader.leave(outerList);
  return reader.bad ? null : varbinds;
}

/**
 * What can be read of a damaged list: a malformed varbind takes the name that was asked at its position (of GETBULK: in its column) and has no value; what follows
 * a length that is wrong is left out. Only for answers, where what is missing was asked for and will be noticed.
 */
function readDamagedVarbinds(
  { bytes }: BerReader,
  from: number,
  maxVarbinds: number,
  question: Question,
): Varbind[] {
  const varbinds: Varbind[] = [];
  const list = new BerReader(bytes, from);
  list.enterCutOff(asnType.sequence);
  const { oids } = question;
  while (!list.ended && varbinds.length < maxVarbinds && oids.length > 0) {
    const oneFrom = list.at;
    list.skip(list.peek());
    if (list.bad) break;
    const position = varbinds.length;
    const one = new BerReader(bytes, oneFrom, list.at);
    const read = readVarbind(one, question, position);
    const asked = oids[position % oids.length] ?? '';
    varbinds.push(read ?? { oid: asked, type: malformedType, value: null });
  }
  return varbinds;
}

function readVarbind(reader: BerReader, question: Question, position: number): Varbind | null {
  reader.enter(asnType.sequence);
  const outerOid = reader.enter(asnType.oid);
  const oid = reader.bad ? null : oidAt(reader, question, position);
  reader.leave(outerOid);
  const type = reader.peek();
  reader.enter(type);
  if (reader.bad || oid === null) return null;
  return { oid, type, value: readValue(reader.bytes, type, reader.at, reader.end) };
}

/** The OID whose content comes next: the one requested at this position, in the usual case. */
function oidAt(
  { bytes, at, end }: BerReader,
  question: Question | undefined,
  position: number,
): string | null {
  const asked = question?.oidContents[position];
  let same = asked?.length === end - at;
  for (let octet = 0; same && octet < end - at; octet += 1) same = asked?.[octet] === bytes[at + octet];
  return same ? (question?.oids[position] ?? null) : oidText(bytes, at, end);
}

/**
 * A value of SMIv2 (RFC 2578 section 7.1): a number, bytes, an OID's or address's text; null where the type has no content or
 * the content is malformed, so that one malformed value does not spoil the others.
 */
function readValue(bytes: Buffer, type: number, from: number, to: number): unknown {
  const length = to - from;
  switch (type) {
    case asnType.integer:
      return length < 1 || length > 4 ? null : bytes.readIntBE(from, length);
    case asnType.counter32:
    case asnType.gauge32:
    case asnType.timeTicks: {
      if (length < 1 || length > 5) return null;
      const value = bytes.readIntBE(from, length);
      // Some agents send large unsigned values without their leading zero.
      return value < -(2 ** 31) || value >= 2 ** 32 ? null : value >>> 0;
    }
    case asnType.octetString:
    case asnType.counter64:
    case asnType.opaque:
      return bytes.subarray(from, to);
    case asnType.oid:
      return oidText(bytes, from, to);
    case asnType.ipAddress:
      return length === 4 ? bytes.subarray(from, to).join('.') : null;
    default:
      return null;
  }
}
