import type { RoleWitness, WitnessKind } from '../../model/role';

/** What decides which group is the cluster's, from configuration and from what its LBs report. */
export interface GroupFacts {
  /** As configured; undefined: not. */
  vhid: number | undefined;
  clusterIp: string;
}

/**
 * The CARP or VRRP group of a cluster. `vhid` null: no LB has several, so that each one's only group counts. `undecided`: some have
 * several, and nothing tells which of them is the cluster's.
 */
export interface GroupChoice {
  vhid: number | null;
  by: 'configured' | 'address' | 'single' | 'common' | 'lowest' | 'undecided';
}

/** The reports of one LB, split by group. */
export interface SplitReports {
  own: readonly RoleWitness[];
  others: readonly RoleWitness[];
}

/** Chooses the group of a cluster from the latest direct reports of its LBs. */
export function chooseGroup(
  reports: readonly (readonly RoleWitness[])[],
  { vhid, clusterIp }: GroupFacts,
): GroupChoice {
  if (vhid !== undefined) return { vhid, by: 'configured' };
  const held = reports.map(vhidsOf).filter((vhids) => vhids.size > 0);
  if (held.every((vhids) => vhids.size < 2)) return { vhid: null, by: 'single' };
  const withAddress = reports.flat().filter((word) => word.vhid !== null && hasAddress(word, clusterIp));
  const [addressed] = mostHeld(
    held,
    withAddress.map((word) => word.vhid),
  );
  if (addressed !== undefined) return { vhid: addressed, by: 'address' };
  const common = [...(held[0] ?? [])].filter((one) => held.every((vhids) => vhids.has(one)));
  if (common.length > 0) return { vhid: Math.min(...common), by: common.length === 1 ? 'common' : 'lowest' };
  const [most] = mostHeld(
    held,
    held.flatMap((vhids) => [...vhids]),
  );
  return most !== undefined && held.filter((vhids) => vhids.has(most)).length > 1
    ? { vhid: most, by: 'lowest' }
    : { vhid: null, by: 'undecided' };
}

/** Splits one LB's reports: those about the cluster's group, at most one per witness, and those about others. */
export function splitByGroup(
  words: readonly RoleWitness[],
  choice: GroupChoice,
  clusterIp: string,
): SplitReports {
  const [only] = words;
  if (words.length === 0 || (words.length === 1 && isIn(only, choice))) return { own: words, others: [] };
  const own: RoleWitness[] = [];
  for (const kind of new Set(words.map(({ witness }) => witness))) {
    const report = reportOf(kind, words, choice, clusterIp);
    if (report) own.push(report);
  }
  const others = words.filter((word) => !own.includes(word) && !own.some((one) => isSameRow(one, word)));
  return { own, others };
}

function isIn(word: RoleWitness | undefined, { vhid, by }: GroupChoice): boolean {
  if (word === undefined) return false;
  if (by === 'undecided') return false;
  return vhid === null || word.vhid === null || word.vhid === vhid;
}

function reportOf(
  kind: WitnessKind,
  words: readonly RoleWitness[],
  choice: GroupChoice,
  clusterIp: string,
): RoleWitness | null {
  const rows = words.filter((word) => word.witness === kind);
  const inGroup = rows.filter((word) => isIn(word, choice));
  // A group may be on two interfaces, or in IPv4 and IPv6: VHIDs are per interface (carp(4)) and per family (RFC 5798).
  const addressed = inGroup.filter((word) => hasAddress(word, clusterIp));
  const candidates = addressed.length > 0 ? addressed : withoutIpv6(inGroup);
  const [first, ...rest] = candidates.toSorted((a, b) => (a.label ?? '').localeCompare(b.label ?? ''));
  if (!first) return null;
  const agree = rest.every(({ role }) => role === first.role);
  // Without names the rows cannot be told apart.
  return agree || first.label !== rest[0]?.label ? first : { ...first, role: 'unknown' };
}

function withoutIpv6(words: RoleWitness[]): RoleWitness[] {
  const others = words.filter(({ virtualIps }) => !virtualIps?.includes(':') || /\d\.\d/.test(virtualIps));
  return others.length > 0 ? others : words;
}

/** A report whose role was set to unknown stands for the row it was made of. */
function isSameRow(one: RoleWitness, word: RoleWitness): boolean {
  return (
    one.witness === word.witness &&
    one.vhid === word.vhid &&
    one.said === word.said &&
    one.label === word.label
  );
}

function hasAddress({ virtualIps }: RoleWitness, address: string): boolean {
  return virtualIps?.split(' ').includes(address) ?? false;
}

function vhidsOf(words: readonly RoleWitness[]): Set<number> {
  return new Set(words.flatMap(({ vhid }) => vhid ?? []));
}

/** The VHIDs among `candidates`, those that most LBs hold first, of equals the lowest. */
function mostHeld(held: readonly ReadonlySet<number>[], candidates: readonly (number | null)[]): number[] {
  const count = (vhid: number): number => held.filter((vhids) => vhids.has(vhid)).length;
  return [...new Set(candidates.filter((vhid) => vhid !== null))].sort(
    (a, b) => count(b) - count(a) || a - b,
  );
}
