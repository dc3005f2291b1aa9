import type { CarpRole } from '../carp/member';
import { integer, octetString, oid } from '../agent/object-rows';
import { parseOid, type SnmpValue } from '../agent/object-table';
import { encodeOid } from '../agent/ber-writer';
import type { ValueTag } from '../agent/tags';

/** One varbind to send. */
export interface TrapVarbind {
  oid: string;
  type: ValueTag;
  value: SnmpValue;
}

/** A notification to send: its name and its varbinds. */
export interface Notification {
  name: string;
  varbinds: TrapVarbind[];
}

const ifTable = '1.3.6.1.2.1.2.2.1';
const up = 1;
const down = 2;
const carpIfState = '1.3.6.1.4.1.30155.6.2.2.1.7.1';
const carpStates: readonly CarpRole[] = ['init', 'backup', 'master'];
const event = '1.3.6.1.2.1.88.2';

/** SNMPv2-MIB coldStart: the agent has started. */
export const coldStart: Notification = { name: '1.3.6.1.6.3.1.1.5.1', varbinds: [] };
/** NET-SNMP-AGENT-MIB nsNotifyShutdown: the agent is being stopped. */
export const shutdown: Notification = { name: '1.3.6.1.4.1.8072.4.0.2', varbinds: [] };

/** IF-MIB linkDown or linkUp of one interface. */
export function link(index: number, name: string, isUp: boolean, adminUp: boolean): Notification {
  const varbinds: TrapVarbind[] = [
    { oid: `${ifTable}.1.${String(index)}`, type: integer, value: index },
    { oid: `${ifTable}.7.${String(index)}`, type: integer, value: adminUp ? up : down },
    { oid: `${ifTable}.8.${String(index)}`, type: integer, value: isUp ? up : down },
    { oid: `${ifTable}.2.${String(index)}`, type: octetString, value: name },
  ];
  return { name: `1.3.6.1.6.3.1.1.5.${isUp ? '4' : '3'}`, varbinds };
}

/** DISMAN-EVENT-MIB mteTriggerFired, as an agent's `monitor` on its own carpIfState sends it. */
export function roleChanged(role: CarpRole): Notification {
  return fired(`carp ${role}`, carpIfState, carpStates.indexOf(role));
}

/** The same on UCD-SNMP-MIB prErrorFlag of the load balancer's process. */
export function processFailed(message: string): Notification {
  const { name, varbinds } = fired('process', '1.3.6.1.4.1.2021.2.1.100.1', 1);
  const said: TrapVarbind = { oid: '1.3.6.1.4.1.2021.2.1.101.1', type: octetString, value: message };
  return { name, varbinds: [...varbinds, said] };
}

function fired(trigger: string, hot: string, value: number): Notification {
  return {
    name: `${event}.0.1`,
    varbinds: [
      { oid: `${event}.1.1.0`, type: octetString, value: trigger },
      { oid: `${event}.1.2.0`, type: octetString, value: '' },
      { oid: `${event}.1.3.0`, type: octetString, value: '' },
      { oid: `${event}.1.4.0`, type: oid, value: encodeOid(parseOid(hot)) },
      { oid: `${event}.1.5.0`, type: integer, value },
    ],
  };
}
