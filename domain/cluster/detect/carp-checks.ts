import type { Reason } from '../../model/health';
import type { RoleWitness } from '../../model/role';
import { thresholds } from '../../model/thresholds';
import type { ClusterTrack } from '../observe/cluster-track';
import { isRoleUnknown } from '../observe/role-track';

/** One LB's own report about the cluster's group. */
export interface CheckedLb {
  name: string;
  witness: RoleWitness;
}

/**
 * What is wrong with a cluster's CARP or VRRP group although every LB does what it should now: it shows in the next failover. Sources:
 * carp(4), ifconfig(8), RFC 5798.
 */
export function carpFindings(lbs: readonly CheckedLb[]): Reason[] {
  return [
    ...equalPriorities(lbs),
    ...differing(
      lbs,
      'carp-advbase-differs',
      'advbase',
      ({ advbase }) => advbase,
      'The one with the lowest keeps the role.',
    ),
    ...differing(
      lbs,
      'carp-vhid-differs',
      'VHID',
      ({ vhid }) => vhid,
      'LBs of different groups do not take over from each other.',
    ),
    ...differing(
      lbs,
      'carp-preempt-differs',
      'preemption',
      ({ preempt }) => (preempt === undefined ? null : preempt ? 'on' : 'off'),
      'Whether the preferred LB takes the role back depends on which one it is.',
    ),
    ...lbs.flatMap(demotionOf),
    ...lbs.flatMap(notAllowed),
  ];
}

/** The configured priority in words; null where none is reported. */
function priorityOf({ advbase, advskew, priority, basePriority }: RoleWitness): string | null {
  if (advskew !== null) return `advbase ${advbase ?? thresholds.defaultAdvbaseSeconds}, advskew ${advskew}`;
  const configured = basePriority ?? priority;
  return configured === undefined ? null : `priority ${configured}`;
}

function equalPriorities(lbs: readonly CheckedLb[]): Reason[] {
  const priorities = new Set(lbs.map(({ witness }) => priorityOf(witness)));
  return [...priorities].flatMap((priority) => {
    const equal = lbs.filter(({ witness }) => priorityOf(witness) === priority);
    if (priority === null || equal.length < 2) return [];
    const names = equal.map(({ name }) => name).join(', ');
    const fact = `${names} have the same priority (${priority}).`;
    return [{ code: 'carp-equal-priority', fact, detail: 'Which of them takes over is not determined.' }];
  });
}

function differing(
  lbs: readonly CheckedLb[],
  code: string,
  what: string,
  valueOf: (witness: RoleWitness) => string | number | null,
  detail: string,
): Reason[] {
  const known = lbs.flatMap(({ name, witness }) => {
    const value = valueOf(witness);
    return value === null ? [] : [{ name, value }];
  });
  if (new Set(known.map(({ value }) => value)).size < 2) return [];
  const each = known.map(({ name, value }) => `${name} ${value}`).join(', ');
  return [{ code, fact: `The LBs differ in ${what}: ${each}.`, detail }];
}

function demotionOf({ name, witness }: CheckedLb): Reason[] {
  const words = demotionWords(witness);
  if (words === null) return [];
  const isCarp = witness.demotion !== undefined && witness.demotion > 0;
  const detail = isCarp
    ? 'Its host counts itself as less able: another LB is preferred.'
    : 'A tracked interface, script or process of it fails.';
  return [{ code: 'lb-demoted', fact: `The LB of ${name} ${words}.`, detail }];
}

/** How an LB is demoted, as the rest of a sentence after its name; null: it is not. */
export function demotionWords({ demotion, priority, basePriority }: RoleWitness): string | null {
  if (demotion !== undefined && demotion > 0) return `is demoted (demotion counter ${demotion})`;
  if (priority === undefined || basePriority === undefined || priority >= basePriority) return null;
  return `has priority ${priority} instead of ${basePriority}`;
}

function notAllowed({ name, witness }: CheckedLb): Reason[] {
  if (witness.allowed !== false) return [];
  const fact = `CARP is switched off on ${name} (net.inet.carp.allow is 0).`;
  return [{ code: 'carp-not-allowed', fact, detail: 'Its LB cannot take over.' }];
}

/** Checks a cluster's group now and then, and reports what lasts, once. */
export class CarpChecks {
  #nextMonotonicMs: number | null = null;
  /** What the last check found, by fact. */
  #found: ReadonlySet<string> = new Set();
  #reported: ReadonlySet<string> = new Set();

  observe({ roles }: ClusterTrack, nowMonotonicMs: number, nameOf: (edgeId: string) => string): Reason[] {
    this.#nextMonotonicMs ??= nowMonotonicMs + thresholds.carpCheckMs;
    if (nowMonotonicMs < this.#nextMonotonicMs) return [];
    this.#nextMonotonicMs = nowMonotonicMs + thresholds.carpCheckMs;
    const lbs = roles.flatMap((role): CheckedLb[] => {
      const witness = isRoleUnknown(role)
        ? undefined
        : role.witnesses.find((one) => one.witness !== 'traffic');
      return witness ? [{ name: nameOf(role.edgeId), witness }] : [];
    });
    const found = carpFindings(lbs);
    const lasting = found.filter(({ fact }) => this.#found.has(fact));
    const news = lasting.filter(({ fact }) => !this.#reported.has(fact));
    const before = this.#found;
    this.#found = new Set(found.map(({ fact }) => fact));
    const current = [...this.#reported].filter((fact) => this.#found.has(fact) || before.has(fact));
    this.#reported = new Set([...current, ...news.map(({ fact }) => fact)]);
    return news;
  }
}
