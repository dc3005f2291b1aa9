/** What must be known of an SNMP message before anybody decodes it. */
export interface PacketHead {
  version: 1 | 3;
  /** msgID (SNMPv3) or request-id (v2c): what an answer carries back. */
  id: number;
  authenticated: boolean;
  encrypted: boolean;
  /** The PDU's tag; null where it is encrypted. */
  pdu: number | null;
}

export const reportPdu = 0xa8;

/**
 * Reads the head of an SNMPv2c or SNMPv3 message (RFC 3416, RFC 3412 section 6) without decoding the rest. Null: this is
 * not one. Reads strictly forward and never beyond the packet.
 */
export function readPacketHead(packet: Buffer): PacketHead | null {
  const cursor = { packet, at: 0 };
  if (enter(cursor, 0x30) === null) return null;
  const version = integer(cursor);
  if (version === 1) return communityHead(cursor);
  return version === 3 ? v3Head(cursor) : null;
}

interface Cursor {
  packet: Buffer;
  at: number;
}

function communityHead(cursor: Cursor): PacketHead | null {
  if (!skip(cursor, 0x04)) return null;
  const pdu = cursor.packet[cursor.at];
  if (pdu === undefined || enter(cursor, pdu) === null) return null;
  const id = integer(cursor);
  return id === null ? null : { version: 1, id, authenticated: false, encrypted: false, pdu };
}

function v3Head(cursor: Cursor): PacketHead | null {
  if (enter(cursor, 0x30) === null) return null;
  const id = integer(cursor);
  if (id === null || integer(cursor) === null) return null;
  if (enter(cursor, 0x04) !== 1) return null;
  const flags = cursor.packet[cursor.at];
  cursor.at += 1;
  if (flags === undefined || integer(cursor) !== 3 || !skip(cursor, 0x04)) return null;
  const head = { version: 3 as const, id, authenticated: (flags & 1) !== 0, encrypted: (flags & 2) !== 0 };
  if (head.encrypted) return { ...head, pdu: null };
  if (enter(cursor, 0x30) === null || !skip(cursor, 0x04) || !skip(cursor, 0x04)) return null;
  const pdu = cursor.packet[cursor.at];
  return pdu === undefined ? null : { ...head, pdu };
}

/** Steps into a value with this tag; its length, or null. */
function enter(cursor: Cursor, tag: number): number | null {
  const { packet } = cursor;
  if (packet[cursor.at] !== tag) return null;
  const first = packet[cursor.at + 1];
  if (first === undefined) return null;
  cursor.at += 2;
  let length = first;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count < 1 || count > 4 || cursor.at + count > packet.length) return null;
    length = packet.readUIntBE(cursor.at, count);
    cursor.at += count;
  }
  return cursor.at + length > packet.length ? null : length;
}

function skip(cursor: Cursor, tag: number): boolean {
  const length = enter(cursor, tag);
  if (length === null) return false;
  cursor.at += length;
  return true;
}

function integer(cursor: Cursor): number | null {
  const length = enter(cursor, 0x02);
  if (length === null || length < 1 || length > 5) return null;
  const value = cursor.packet.readIntBE(cursor.at, length);
  cursor.at += length;
  return value;
}
