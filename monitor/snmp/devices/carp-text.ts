import type { LbRole, RoleWitness } from '../../../domain/model/role';
import { stateOfLine } from './state-line';

/** Max. groups read from one text. */
const maxGroups = 16;
const maxSaidLength = 200;
const maxLineLength = 500;
const maxAddresses = 16;

/** Texts repeat for months and across LBs: the roles read from them are cached. Bounded. */
const maxRead = 1_000;
const longestRead = 1_000;
const read = new Map<string, readonly RoleWitness[]>();

const roleOf: Record<string, LbRole> = { master: 'master', backup: 'backup', init: 'init', fault: 'fault' };

/** The first line of an interface in ifconfig(8). */
const interfaceLine = /^\s*([A-Za-z][\w.-]*): flags=/;
/** CARP's own line: FreeBSD's and OpenBSD's begin with the state, FreeBSD's VRRP mode likewise. */
const groupLine = /^\s*(?:carp|vrrp): (.*)$/i;
/** One group of an OpenBSD interface that balances (ifconfig(8), `carpnodes`), under its `carp:` line. */
const nodeLine = /^\s*state (\w+) vhid \d+/i;
const addressLine = /^\s*inet6? ([\da-f.:]+)/i;
const stateWords = /(?<![\w-])(master|backup|init|fault)(?![\w-])/gi;

/**
 * Roles from a script's text. CARP's own lines count, one per group: FreeBSD's `carp: MASTER vhid 1 advbase 1 advskew 0` and OpenBSD's
 * `carp: MASTER carpdev em0 vhid 1 …` (ifconfig(8)). Only text that has none, and is not ifconfig's, may report the role in another
 * form; see state-line.ts. A line with two different states is `unknown`. Text without any state gives one `unknown` witness, so that
 * the script's error is retained as evidence. `maxAgeMs`: how old the text may be.
 */
export function rolesFromText(text: string, maxAgeMs: number): readonly RoleWitness[] {
  const key = `${maxAgeMs} ${text}`;
  const known = read.get(key);
  if (known) return known;
  const found = readText(text, maxAgeMs);
  if (read.size >= maxRead) read.clear();
  if (text.length <= longestRead) read.set(key, found);
  return found;
}

function readText(text: string, maxAgeMs: number): RoleWitness[] {
  const lines = text.split('\n').map((line) => line.slice(0, maxLineLength));
  const groups = groupsOf(lines);
  const ofHost = hostSettings(text);
  if (groups.length > 0)
    return groups.slice(0, maxGroups).map((group) => ({ ...groupWitness(group, maxAgeMs), ...ofHost }));
  const isIfconfig = lines.some((line) => interfaceLine.test(line));
  const plain = isIfconfig ? [] : lines.filter((line) => stateOfLine(line) !== null);
  if (plain.length === 0) return [witness(text, 'unknown', maxAgeMs)];
  return plain
    .slice(0, maxGroups)
    .map((line) => ({ ...witness(line, roleOf[stateOfLine(line) ?? ''] ?? 'unknown', maxAgeMs), ...ofHost }));
}

/** A group's line, and the interface that has it. */
interface GroupText {
  line: string;
  state: string | null;
  interfaceText: InterfaceText | null;
}

/** An interface's name and the lines of its addresses. */
interface InterfaceText {
  name: string;
  addressLines: string[];
}

function groupsOf(lines: readonly string[]): GroupText[] {
  const groups: GroupText[] = [];
  let interfaceText: InterfaceText | null = null;
  let isUnderGroup = false;
  for (const line of lines) {
    const name = interfaceLine.exec(line)?.[1];
    if (name !== undefined) {
      interfaceText = { name, addressLines: [] };
      isUnderGroup = false;
    } else if (addressLine.test(line)) interfaceText?.addressLines.push(line);
    const group = groupLine.exec(line)?.[1];
    const node = isUnderGroup ? nodeLine.exec(line) : null;
    if (group !== undefined) isUnderGroup = true;
    const states = group !== undefined ? statesIn(group) : node ? statesIn(line) : [];
    if (states.length === 0) continue;
    groups.push({ line, state: states.length === 1 ? (states[0] ?? null) : null, interfaceText });
  }
  return groups;
}

/** The different states that a line names. */
function statesIn(line: string): string[] {
  return [...new Set([...line.matchAll(stateWords)].map(([word]) => word.toLowerCase()))];
}

function groupWitness({ line, state, interfaceText }: GroupText, maxAgeMs: number): RoleWitness {
  const found = witness(line, state === null ? 'unknown' : (roleOf[state] ?? 'unknown'), maxAgeMs);
  const demotion = /\bdemot(?:ion|e)[ =:]+(\d{1,5})\b/i.exec(line)?.[1];
  if (demotion !== undefined) found.demotion = Number(demotion);
  const priority = numberAfter(line, 'prio', 255);
  if (priority !== null) found.priority = priority;
  if (!interfaceText) return found;
  found.label = interfaceText.name;
  const virtualIps = virtualIpsOf(interfaceText, found.vhid);
  if (virtualIps.length > 0) found.virtualIps = virtualIps.slice(0, maxAddresses).join(' ');
  return found;
}

/** FreeBSD names the group of a virtual address behind it; an OpenBSD carp interface has no other addresses. */
function virtualIpsOf({ name, addressLines }: InterfaceText, vhid: number | null): string[] {
  const own = /^carp\d/.test(name)
    ? addressLines
    : addressLines.filter((line) => vhid !== null && numberAfter(line, 'vhid', 255) === vhid);
  return own.flatMap((line) => addressLine.exec(line)?.[1] ?? []);
}

/** What sysctl(8) and `ifconfig -g carp` tell of the whole host, where a script prints it too. */
function hostSettings(text: string): Pick<RoleWitness, 'preempt' | 'demotion' | 'allowed'> {
  const allow = /^\s*net\.inet\.carp\.allow[:=] ?(\d)/m.exec(text)?.[1];
  const preempt = /^\s*net\.inet\.carp\.preempt[:=] ?(\d)/m.exec(text)?.[1];
  const demotion =
    /^\s*net\.inet\.carp\.demotion[:=] ?(\d{1,6})/m.exec(text)?.[1] ??
    /\bcarp demote count (\d{1,6})/.exec(text)?.[1];
  return {
    ...(allow === undefined ? {} : { allowed: allow !== '0' }),
    ...(preempt === undefined ? {} : { preempt: preempt !== '0' }),
    ...(demotion === undefined ? {} : { demotion: Number(demotion) }),
  };
}

function witness(line: string, role: LbRole, maxAgeMs: number): RoleWitness {
  return {
    witness: 'carp-extend',
    role,
    // FreeBSD's VRRP mode calls it vrid: `vrrp: MASTER vrid 7 prio 100 interval 100`.
    vhid: numberAfter(line, 'vhid', 255) ?? numberAfter(line, 'vrid', 255),
    advbase: numberAfter(line, 'advbase', 255),
    advskew: numberAfter(line, 'advskew', 255),
    confidence: 1,
    maxAgeMs,
    said: line.trim().slice(0, maxSaidLength),
  };
}

function numberAfter(line: string, word: string, max: number): number | null {
  const match = new RegExp(`\\b${word}[ =:]+(\\d{1,3})\\b`, 'i').exec(line);
  const value = match ? Number(match[1]) : null;
  return value !== null && value <= max ? value : null;
}
