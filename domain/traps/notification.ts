/** A value of a notification, of the types that have a meaning here; not Counter64, Opaque or exceptions. */
export type NotificationValue =
  | { type: 'number'; value: number }
  | { type: 'text'; value: string }
  | { type: 'oid'; value: string }
  | { type: 'none' };

export interface NotificationVarbind {
  /** Numeric, without a leading dot. */
  oid: string;
  value: NotificationValue;
}

/** An SNMPv2 notification (RFC 3416 section 4.2.6), trap or inform: its first two varbinds separately, the others in order. */
export interface Notification {
  /** snmpTrapOID.0; null when it is missing, which makes the notification invalid. */
  trapOid: string | null;
  /** sysUpTime.0 of the sender, milliseconds. */
  uptimeMs: number | null;
  varbinds: NotificationVarbind[];
}

const sysUpTime = '1.3.6.1.2.1.1.3.0';
const snmpTrapOid = '1.3.6.1.6.3.1.1.4.1.0';
const msPerTick = 10;

/** Separates the two leading varbinds from the others, at any position. */
export function notificationOf(all: readonly NotificationVarbind[]): Notification {
  const uptime = all.find((one) => one.oid === sysUpTime)?.value;
  const trap = all.find((one) => one.oid === snmpTrapOid)?.value;
  return {
    trapOid: trap?.type === 'oid' ? trap.value : null,
    uptimeMs: uptime?.type === 'number' ? uptime.value * msPerTick : null,
    varbinds: all.filter((one) => one.oid !== sysUpTime && one.oid !== snmpTrapOid),
  };
}
