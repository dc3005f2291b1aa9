import { BerError, BerReader } from './ber-reader';
import { BerWriter, encodeOid } from './ber-writer';
import type { Found, ObjectTable, SnmpValue, TableEntry } from './object-table';
import { tag, type ExceptionTag } from './tags';

/** RFC 3416 section 3. */
export const errorStatus = { noError: 0, tooBig: 1, noAccess: 6 } as const;

/** Max. GETBULK repetitions: a datagram cannot hold more. */
const mostRepetitions = 2_000;
/** Max. octets of a message around its varbinds. */
const envelopeOctets = 220;

/** A request inside a scoped PDU. `second` and `third` are error status and index, or GETBULK's two numbers. */
export interface RequestPdu {
  contextEngineId: Buffer;
  contextName: Buffer;
  type: number;
  requestId: number;
  second: number;
  third: number;
  oids: number[][];
}

/** Parses a scoped PDU (RFC 3412 section 6.8). Throws BerError when it is not one. */
export function parseScopedPdu(bytes: Buffer): RequestPdu {
  const scoped = new BerReader(bytes).inside(tag.sequence);
  const contextEngineId = scoped.content(tag.octetString);
  const contextName = scoped.content(tag.octetString);
  const type = scoped.peekTag();
  const pdu = scoped.inside(type);
  const requestId = pdu.integer();
  const second = pdu.integer();
  const third = pdu.integer();
  const varbinds = pdu.inside(tag.sequence);
  const oids: number[][] = [];
  while (!varbinds.ended) {
    const varbind = varbinds.inside(tag.sequence);
    oids.push(varbind.oid());
    varbind.skip();
  }
  return { contextEngineId, contextName, type, requestId, second, third, oids };
}

/** One varbind of an answer: an instance with its value, or an identifier with an exception. */
export type AnswerVarbind =
  { entry: TableEntry; value: SnmpValue } | { oidContent: Buffer; exception: ExceptionTag | typeof tag.null };

/** An answer before it is encoded. */
export interface Answer {
  status: number;
  index: number;
  varbinds: AnswerVarbind[];
}

/** Answers GET, GETNEXT and GETBULK from a table at a time; SET is refused. Throws BerError for other PDUs. */
export function answerRequest(
  request: RequestPdu,
  table: ObjectTable,
  nowMs: number,
  maxSize: number,
): Answer {
  const limit = maxSize - envelopeOctets - request.contextEngineId.length * 2;
  switch (request.type) {
    case tag.getRequest:
      return sized(
        limit,
        request.oids.map((oid) => read(table.get(oid), nowMs)),
      );
    case tag.getNextRequest:
      return sized(
        limit,
        request.oids.map((oid) => read(table.next(oid), nowMs)),
      );
    case tag.getBulkRequest:
      return { status: errorStatus.noError, index: 0, varbinds: bulk(request, table, nowMs, limit) };
    case tag.setRequest:
      return { status: errorStatus.noAccess, index: 1, varbinds: request.oids.map(unread) };
    default:
      throw new BerError(`A PDU with tag 0x${request.type.toString(16)} is not a request`);
  }
}

/** Encodes a response or a report as a scoped PDU. */
export function buildScopedPdu(engineId: Buffer, type: number, requestId: number, answer: Answer): Buffer {
  const octets = answer.varbinds.reduce((sum, varbind) => sum + varbindOctets(varbind), 0);
  const writer = new BerWriter(octets + engineId.length + 80);
  for (const varbind of answer.varbinds.toReversed()) writeVarbind(writer, varbind);
  writer.wrap(tag.sequence, writer.end);
  writer.integer(answer.index);
  writer.integer(answer.status);
  writer.integer(requestId);
  writer.wrap(type, writer.end);
  writer.text('');
  writer.value(tag.octetString, engineId);
  writer.wrap(tag.sequence, writer.end);
  return writer.finish();
}

/** GETBULK (RFC 3416 section 4.2.3): stops before the answer exceeds the requester's maximum size. */
function bulk(request: RequestPdu, table: ObjectTable, nowMs: number, limit: number): AnswerVarbind[] {
  const nonRepeaters = Math.min(Math.max(0, request.second), request.oids.length);
  const repetitions = Math.min(Math.max(0, request.third), mostRepetitions);
  const varbinds: AnswerVarbind[] = [];
  let octets = 0;
  const add = (found: Found): boolean => {
    const varbind = read(found, nowMs);
    octets += varbindOctets(varbind);
    if (octets > limit) return false;
    varbinds.push(varbind);
    return true;
  };
  for (const oid of request.oids.slice(0, nonRepeaters)) if (!add(table.next(oid))) return varbinds;
  let from: (readonly number[])[] = request.oids.slice(nonRepeaters);
  for (let repetition = 0; repetition < repetitions && from.length > 0; repetition++) {
    const row = from.map((oid) => table.next(oid));
    for (const found of row) if (!add(found)) return varbinds;
    if (row.every((found) => 'exception' in found)) return varbinds;
    from = row.map((found) => ('entry' in found ? found.entry.oid : found.oid));
  }
  return varbinds;
}

function sized(limit: number, varbinds: AnswerVarbind[]): Answer {
  const octets = varbinds.reduce((sum, varbind) => sum + varbindOctets(varbind), 0);
  if (octets > limit) return { status: errorStatus.tooBig, index: 0, varbinds: [] };
  return { status: errorStatus.noError, index: 0, varbinds };
}

function read(found: Found, nowMs: number): AnswerVarbind {
  if ('entry' in found) return { entry: found.entry, value: found.entry.read(nowMs) };
  return { oidContent: encodeOid(found.oid), exception: found.exception };
}

function unread(oid: number[]): AnswerVarbind {
  return { oidContent: encodeOid(oid), exception: tag.null };
}

/** An upper bound of a varbind's octets. */
function varbindOctets(varbind: AnswerVarbind): number {
  if ('exception' in varbind) return varbind.oidContent.length + 12;
  const { value } = varbind;
  const content = typeof value === 'string' || Buffer.isBuffer(value) ? Buffer.byteLength(value) : 9;
  return varbind.entry.oidContent.length + content + 16;
}

function writeVarbind(writer: BerWriter, varbind: AnswerVarbind): void {
  const mark = writer.mark();
  if ('exception' in varbind) {
    writer.value(varbind.exception, Buffer.alloc(0));
    writer.value(tag.oid, varbind.oidContent);
  } else {
    writeValue(writer, varbind.entry.type, varbind.value);
    writer.value(tag.oid, varbind.entry.oidContent);
  }
  writer.wrap(tag.sequence, mark);
}

function writeValue(writer: BerWriter, type: number, value: SnmpValue): void {
  if (typeof value === 'bigint') writer.counter64(value);
  else if (typeof value === 'number') writer.integer(value, type);
  else if (typeof value === 'string') writer.text(value);
  else writer.value(type, value);
}
