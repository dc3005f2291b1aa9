import type { NotificationValue, NotificationVarbind } from '../../domain/traps/notification';
import { decodeText } from '../snmp/codec/varbind';
import { isAuthentic, type V3Message } from '../snmp/codec/message';
import { readPdu, readScopedPdu, type Pdu, type ScopedPdu } from '../snmp/codec/pdu';
import { decrypt } from '../snmp/codec/privacy';
import { usmKeys, type UsmUser } from '../snmp/codec/usm-keys';
import { asnType, type Varbind } from '../snmp/codec/varbind';

/** More varbinds than a notification that Heron understands can have; the rest is not read. */
const maxVarbinds = 64;
const maxTextLength = 400;

/** Whether a message is signed with the user's key for the engine it names. A user without authentication signs nothing: true. */
export function isSignedBy(message: V3Message, user: UsmUser): boolean {
  return user.level === 'noAuthNoPriv' || isAuthentic(message, usmKeys(user, message.engineId));
}

/** The scoped PDU of an authentic message; null when it cannot be decrypted or read. */
export function openMessage(message: V3Message, user: UsmUser): ScopedPdu | null {
  const plain =
    user.level === 'authPriv' ? decrypt(message, usmKeys(user, message.engineId)) : message.payload;
  return plain && readScopedPdu(plain, maxVarbinds);
}

/** The PDU of an SNMPv2c message; null when it cannot be read. */
export function openCommunityPdu(pdu: Buffer): Pdu | null {
  return readPdu(pdu, maxVarbinds);
}

/** The request ID of a message in the clear, which a report repeats; 0 when it cannot be read. */
export function plainRequestId(message: V3Message): number {
  return readScopedPdu(message.payload, 0)?.pdu.requestId ?? 0;
}

/** A PDU's varbinds as a notification has them. */
export function notificationVarbinds({ varbinds }: Pdu): NotificationVarbind[] {
  return varbinds.map((varbind) => ({ oid: varbind.oid, value: notificationValue(varbind) }));
}

function notificationValue(varbind: Varbind): NotificationValue {
  const { type, value } = varbind;
  if (typeof value === 'number') return { type: 'number', value };
  if (type === asnType.oid && typeof value === 'string') return { type: 'oid', value };
  if (type !== asnType.octetString) return { type: 'none' };
  return { type: 'text', value: decodeText(varbind, maxTextLength).value ?? '' };
}
