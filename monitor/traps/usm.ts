import { timingSafeEqual } from 'node:crypto';
import snmp from 'net-snmp';
import type { SnmpSecurity } from '../snmp/codec/security';
import { flag, writeV3, type OutgoingV3, type V3Message } from './message';

/** A credential of the user-based security model with its passwords, and its name in the inventory. */
export type UsmUser = Extract<SnmpSecurity, { kind: 'v3' }> & { credential: string };

/** The flags a user's messages must have: no less security than its credential says, and no more than it can. */
export function requiredFlags({ level }: UsmUser): number {
  if (level === 'noAuthNoPriv') return 0;
  return level === 'authPriv' ? flag.auth | flag.priv : flag.auth;
}

/**
 * Whether a packet is signed with the user's key for the engine the message names (RFC 3414 section 6.3.2, net-snmp's
 * digests). The packet is as it was afterwards. A user without authentication signs nothing: true.
 */
export function isAuthentic(packet: Buffer, message: V3Message, { user, level }: UsmUser): boolean {
  if (level === 'noAuthNoPriv') return true;
  const protocol = user.authProtocol ?? -1;
  const length = snmp.Authentication.algorithms[protocol]?.AUTHENTICATION_CODE_LENGTH;
  if (message.digest.length !== length) return false;
  const claimed = Buffer.from(message.digest);
  message.digest.fill(0);
  const { authKey = '' } = user;
  const digest = snmp.Authentication.calculateDigest(packet, protocol, authKey, message.engineId);
  claimed.copy(message.digest);
  return timingSafeEqual(digest, claimed);
}

/** The scoped PDU of an authentic message, in the clear; null when it cannot be decrypted. */
export function plainPayload(message: V3Message, { user, level }: UsmUser): Buffer | null {
  if (level !== 'authPriv') return message.payload;
  if (message.salt.length !== 8) return null;
  const { privProtocol = -1, privKey = '', authProtocol = -1 } = user;
  const engine = engineOf(message);
  try {
    return (
      snmp.Encryption.algorithms[privProtocol]?.decryptPdu(
        message.payload,
        privProtocol,
        message.salt,
        privKey,
        authProtocol,
        engine,
      ) ?? null
    );
  } catch {
    // DES refuses what is not whole blocks: not encrypted with this key.
    return null;
  }
}

/** Encrypts and signs a message as the user's level has it. `flags` may ask for less: a report is signed at most. */
export function sealed(message: Omit<OutgoingV3, 'digest' | 'salt'>, { user }: UsmUser): Buffer {
  const { authProtocol = -1, authKey = '', privProtocol = -1, privKey = '' } = user;
  const engine = engineOf(message);
  let { payload } = message;
  let salt: Buffer = Buffer.alloc(0);
  if ((message.flags & flag.priv) !== 0) {
    const algorithm = snmp.Encryption.algorithms[privProtocol];
    if (!algorithm) throw new RangeError(`No such privacy protocol: ${privProtocol}.`);
    const encrypted = algorithm.encryptPdu(payload, privProtocol, privKey, authProtocol, engine);
    payload = encrypted.encryptedPdu;
    salt = encrypted.msgPrivacyParameters;
  }
  const signs = (message.flags & flag.auth) !== 0;
  const length = signs ? (snmp.Authentication.algorithms[authProtocol]?.AUTHENTICATION_CODE_LENGTH ?? 0) : 0;
  const { packet, digestAt } = writeV3({ ...message, payload, salt, digest: Buffer.alloc(length) });
  if (signs) {
    snmp.Authentication.calculateDigest(packet, authProtocol, authKey, message.engineId).copy(
      packet,
      digestAt,
    );
  }
  return packet;
}

function engineOf({ engineId, boots, time }: { engineId: Buffer; boots: number; time: number }) {
  return { engineID: engineId, engineBoots: boots, engineTime: time };
}
