import type { LbRole } from '../model/role';
import type { TrapKind, TrapMeaning } from './evidence';
import type { Notification, NotificationVarbind } from './notification';

/** Notifications whose OID alone has a meaning: SNMPv2-MIB, NET-SNMP-AGENT-MIB, UCD-SNMP-MIB. */
const plain: Record<string, { kind: TrapKind; words: string }> = {
  '1.3.6.1.6.3.1.1.5.1': { kind: 'cold-start', words: 'cold start: its agent was started' },
  '1.3.6.1.6.3.1.1.5.2': { kind: 'warm-start', words: 'warm start: its agent was started anew' },
  '1.3.6.1.6.3.1.1.5.5': {
    kind: 'authentication-failure',
    words: 'a request had a wrong user, password or community',
  },
  '1.3.6.1.4.1.8072.4.0.1': { kind: 'cold-start', words: 'its agent was started' },
  '1.3.6.1.4.1.8072.4.0.2': { kind: 'agent-shutdown', words: 'its agent is being shut down' },
  '1.3.6.1.4.1.8072.4.0.3': { kind: 'agent-restart', words: 'its agent was restarted' },
  '1.3.6.1.4.1.2021.251.1': { kind: 'cold-start', words: 'its agent was started' },
  '1.3.6.1.4.1.2021.251.2': { kind: 'agent-shutdown', words: 'its agent is being shut down' },
};

/** IF-MIB linkDown and linkUp. */
const linkDown = '1.3.6.1.6.3.1.1.5.3';
const linkUp = '1.3.6.1.6.3.1.1.5.4';
const ifIndex = '1.3.6.1.2.1.2.2.1.1';
const ifDescr = '1.3.6.1.2.1.2.2.1.2';
const ifAdminStatus = '1.3.6.1.2.1.2.2.1.7';
const ifOperStatus = '1.3.6.1.2.1.2.2.1.8';
const ifName = '1.3.6.1.2.1.31.1.1.1.1';

/** DISMAN-EVENT-MIB: mteTriggerFired, Rising, Falling, and the object that triggered (mteHot). */
const triggers = ['1.3.6.1.2.1.88.2.0.1', '1.3.6.1.2.1.88.2.0.2', '1.3.6.1.2.1.88.2.0.3'];
const mteHotTrigger = '1.3.6.1.2.1.88.2.1.1';
const mteHotOid = '1.3.6.1.2.1.88.2.1.4';
const mteHotValue = '1.3.6.1.2.1.88.2.1.5';

/** OPENBSD-CARP-MIB carpIfState and KEEPALIVED-MIB vrrpInstanceState, by their numbers. */
const roleColumns: { base: string; roles: readonly LbRole[] }[] = [
  { base: '1.3.6.1.4.1.30155.6.2.2.1.7', roles: ['init', 'backup', 'master'] },
  { base: '1.3.6.1.4.1.9586.100.5.2.3.1.4', roles: ['init', 'backup', 'master', 'fault'] },
];

/** UCD-SNMP-MIB error flags, each with its message column. */
const flags: { base: string; message: string; kind: TrapKind; what: string }[] = [
  { base: '1.3.6.1.4.1.2021.2.1.100', message: '1.3.6.1.4.1.2021.2.1.101', kind: 'process', what: 'process' },
  { base: '1.3.6.1.4.1.2021.9.1.100', message: '1.3.6.1.4.1.2021.9.1.101', kind: 'threshold', what: 'disk' },
  {
    base: '1.3.6.1.4.1.2021.10.1.100',
    message: '1.3.6.1.4.1.2021.10.1.101',
    kind: 'threshold',
    what: 'load',
  },
];

const longestWords = 160;

/**
 * The meaning of a notification. An unknown one is 'other', with its OID. A role is read from any notification that has a role
 * column: keepalived's traps, DisMan triggers and custom ones.
 */
export function decodeNotification(notification: Notification): TrapMeaning {
  const { trapOid, varbinds } = notification;
  if (trapOid === null) return meaning('other', 'a notification without a name');
  if (trapOid === linkDown || trapOid === linkUp) return linkMeaning(trapOid === linkUp, varbinds);
  const known = Object.hasOwn(plain, trapOid) ? plain[trapOid] : undefined;
  if (known) return meaning(known.kind, known.words);
  const values = triggers.includes(trapOid) ? [...hotVarbind(varbinds), ...varbinds] : varbinds;
  return (
    roleMeaning(values) ??
    flagMeaning(values) ??
    operMeaning(triggers.includes(trapOid) ? values : []) ??
    otherMeaning(trapOid, varbinds)
  );
}

function linkMeaning(up: boolean, varbinds: readonly NotificationVarbind[]): TrapMeaning {
  const index = numberUnder(varbinds, ifIndex) ?? indexOf(varbinds, ifOperStatus);
  const name = textUnder(varbinds, ifName) ?? textUnder(varbinds, ifDescr);
  const byHand = !up && numberUnder(varbinds, ifAdminStatus) === 2;
  const where = name ?? (index === null ? 'an interface it does not name' : `interface ${index}`);
  const words = `link ${up ? 'up' : 'down'} on ${where}${byHand ? ', switched off by its administrator' : ''}`;
  return {
    ...meaning(up ? 'link-up' : byHand ? 'link-disabled' : 'link-down', words),
    interfaceIndex: index,
  };
}

/** A DisMan trigger contains the OID of an object and its value, which are read as that object. */
function hotVarbind(varbinds: readonly NotificationVarbind[]): NotificationVarbind[] {
  const name = under(varbinds, mteHotOid)?.value;
  const value = under(varbinds, mteHotValue)?.value;
  return name?.type === 'oid' && value ? [{ oid: name.value, value }] : [];
}

function roleMeaning(varbinds: readonly NotificationVarbind[]): TrapMeaning | null {
  for (const { base, roles } of roleColumns) {
    const state = numberUnder(varbinds, base);
    const role = state === null ? undefined : roles[state];
    if (role) return { ...meaning('role', `its load balancer is ${role.toUpperCase()}`), role };
  }
  return null;
}

function flagMeaning(varbinds: readonly NotificationVarbind[]): TrapMeaning | null {
  for (const { base, message, kind, what } of flags) {
    const failed = numberUnder(varbinds, base);
    if (failed === null) continue;
    const said = textUnder(varbinds, message);
    return meaning(
      kind,
      failed === 0 ? `${what} is well again` : `${what}: ${said ?? 'its error flag is set'}`,
    );
  }
  return null;
}

/** A trigger on ifOperStatus: 2 is down, 1 is up. */
function operMeaning(varbinds: readonly NotificationVarbind[]): TrapMeaning | null {
  const status = numberUnder(varbinds, ifOperStatus);
  return status === 1 || status === 2 ? linkMeaning(status === 1, varbinds) : null;
}

function otherMeaning(trapOid: string, varbinds: readonly NotificationVarbind[]): TrapMeaning {
  const trigger = textUnder(varbinds, mteHotTrigger);
  return meaning('other', trigger === null ? `notification ${trapOid}` : `trigger "${trigger}" fired`);
}

function meaning(kind: TrapKind, words: string): TrapMeaning {
  const oneLine = words.replace(/\s+/g, ' ').trim();
  const short = oneLine.length > longestWords ? `${oneLine.slice(0, longestWords - 1)}…` : oneLine;
  return { kind, words: short, interfaceIndex: null, role: null };
}

function under(varbinds: readonly NotificationVarbind[], base: string): NotificationVarbind | undefined {
  return varbinds.find(({ oid }) => oid.startsWith(`${base}.`));
}

function numberUnder(varbinds: readonly NotificationVarbind[], base: string): number | null {
  const value = under(varbinds, base)?.value;
  return value?.type === 'number' ? value.value : null;
}

function textUnder(varbinds: readonly NotificationVarbind[], base: string): string | null {
  const value = under(varbinds, base)?.value;
  return value?.type === 'text' && value.value !== '' ? value.value : null;
}

/** The index of the row, from another of its columns. */
function indexOf(varbinds: readonly NotificationVarbind[], base: string): number | null {
  const index = Number(under(varbinds, base)?.oid.slice(base.length + 1));
  return Number.isInteger(index) && index > 0 ? index : null;
}
