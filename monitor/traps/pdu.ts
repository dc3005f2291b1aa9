import type { NotificationValue, NotificationVarbind } from '../../domain/traps/notification';
import { asnType, decodeText } from '../snmp/codec/varbind';
import { BerReader, oidValue, tag, tlv, unsigned } from './ber';

/** More varbinds than a notification that means anything to us can have; the rest is not read. */
const mostVarbinds = 64;
const longestText = 400;

/** A PDU: a notification, a discovery's empty request, or something else. Buffers are views. */
export interface Pdu {
  type: number;
  requestId: number;
  /** All varbinds, tag included, as they came: an acknowledgement returns them. */
  rawVarbinds: Buffer;
  varbinds: NotificationVarbind[];
}

export interface ScopedPdu {
  contextEngineId: Buffer;
  contextName: Buffer;
  pdu: Pdu;
}

/** Reads a scoped PDU (RFC 3412 section 6.8); null when it is none. What follows it is padding. */
export function readScopedPdu(bytes: Buffer): ScopedPdu | null {
  const scoped = new BerReader(bytes).inside(tag.sequence);
  const contextEngineId = scoped.content(tag.octetString, 32);
  const contextName = scoped.content(tag.octetString, 255);
  const whole = scoped.whole(scoped.peek());
  const pdu = scoped.bad ? null : readPdu(whole);
  return pdu && { contextEngineId, contextName, pdu };
}

/** Reads a PDU (RFC 3416 section 3); null when it is none. */
export function readPdu(bytes: Buffer): Pdu | null {
  const outer = new BerReader(bytes);
  const type = outer.peek();
  if (type < 0xa0 || type > 0xa8) return null;
  const pdu = outer.inside(type);
  const requestId = pdu.integer();
  pdu.integer();
  pdu.integer();
  const rawVarbinds = pdu.whole(tag.sequence);
  const list = new BerReader(rawVarbinds).inside(tag.sequence);
  const varbinds: NotificationVarbind[] = [];
  while (!pdu.bad && !list.ended && varbinds.length < mostVarbinds) {
    const varbind = list.inside(tag.sequence);
    const oid = varbind.oid();
    const value = readValue(varbind, oid);
    if (varbind.bad) return null;
    varbinds.push({ oid, value });
  }
  return pdu.bad || list.bad ? null : { type, requestId, rawVarbinds, varbinds };
}

function readValue(varbind: BerReader, oid: string): NotificationValue {
  const type = varbind.peek();
  switch (type) {
    case tag.integer:
    case tag.counter32:
    case tag.gauge32:
    case tag.timeTicks:
      return { type: 'number', value: varbind.integer(type) };
    case tag.oid:
      return { type: 'oid', value: varbind.oid() };
    case tag.octetString: {
      const value = varbind.content(type);
      return {
        type: 'text',
        value: decodeText({ oid, type: asnType.octetString, value }, longestText).value ?? '',
      };
    }
    default:
      varbind.content(type);
      return { type: 'none' };
  }
}

/** A response to an inform: the same request id and varbinds, no error (RFC 3416 section 4.2.7). */
export function acknowledgement({ requestId, rawVarbinds }: Pdu): Buffer {
  return pduOf(tag.response, requestId, rawVarbinds);
}

/** A report that names one counter (RFC 3414 section 3.2). */
export function report(requestId: number, counterOid: string, count: number): Buffer {
  const counter = unsigned(count >>> 0, tag.counter32);
  return pduOf(tag.report, requestId, tlv(tag.sequence, tlv(tag.sequence, oidValue(counterOid), counter)));
}

/** A PDU in its context. */
export function scoped(contextEngineId: Buffer, contextName: Buffer, pdu: Buffer): Buffer {
  return tlv(tag.sequence, tlv(tag.octetString, contextEngineId), tlv(tag.octetString, contextName), pdu);
}

function pduOf(type: number, requestId: number, rawVarbinds: Buffer): Buffer {
  const id = Buffer.alloc(4);
  id.writeUInt32BE(requestId >>> 0);
  return tlv(type, tlv(tag.integer, id), unsigned(0), unsigned(0), rawVarbinds);
}
