import { buildMessage, flag } from '../agent/message';
import { parseOid, TableEntry } from '../agent/object-table';
import { timeTicks } from '../agent/object-rows';
import { buildScopedPdu, errorStatus } from '../agent/pdu';
import { encodeOid } from '../agent/ber-writer';
import { tag } from '../agent/tags';
import type { LocalizedKeys } from '../agent/usm';
import type { Notification, TrapVarbind } from './notifications';

/** The sender: an engine with one authPriv user. A trap's sender is its authoritative engine (RFC 3414 section 1.5.1). */
export interface TrapEngine {
  engineId: Buffer;
  boots: number;
  /** Seconds since the engine's start. */
  time: number;
  uptimeMs: number;
  user: string;
  keys: LocalizedKeys;
}

const sysUpTime = '1.3.6.1.2.1.1.3.0';
const snmpTrapOid = '1.3.6.1.6.3.1.1.4.1.0';

/** Encodes a notification as an encrypted, signed SNMPv2-Trap (RFC 3416 section 4.2.6). `id` names message and PDU. */
export function buildTrap(engine: TrapEngine, notification: Notification, id: number): Buffer {
  const all: TrapVarbind[] = [
    { oid: sysUpTime, type: tag.timeTicks, value: timeTicks(engine.uptimeMs) },
    { oid: snmpTrapOid, type: tag.oid, value: encodeOid(parseOid(notification.name)) },
    ...notification.varbinds,
  ];
  const varbinds = all.map(({ oid, type, value }) => ({
    entry: new TableEntry({ oid: parseOid(oid), type, read: () => value }),
    value,
  }));
  const answer = { status: errorStatus.noError, index: 0, varbinds };
  return buildMessage({
    id,
    flags: flag.auth | flag.priv,
    engineId: engine.engineId,
    boots: engine.boots,
    time: engine.time,
    user: Buffer.from(engine.user, 'utf8'),
    scopedPdu: buildScopedPdu(engine.engineId, tag.trap, id, answer),
    keys: engine.keys,
  });
}
