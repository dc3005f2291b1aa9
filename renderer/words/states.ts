import type { Health } from '../../domain/model/health';
import type { LbRole, WitnessKind } from '../../domain/model/role';

/** The colour family of a state; the CSS classes `tone-…` are named by it. */
export type Tone = 'up' | 'degraded' | 'down' | 'split' | 'unknown' | 'maint' | 'disabled';

export interface StateWords {
  word: string;
  /** Name of the symbol in the sprite, without its prefix. */
  mark: string;
  tone: Tone;
  meaning: string;
  /** What to do about it; empty where there is nothing to do. */
  todo: string;
}

/** A state's word, mark, colour, meaning and what to do. */
export const stateWords: Readonly<Record<Health, StateWords>> = {
  'no-active-lb': {
    word: 'No active LB',
    mark: 'nolb',
    tone: 'down',
    meaning: 'No LB is MASTER. Users of the cluster IP are cut off.',
    todo: 'Check the LB service and LB interface of each edge, then the hypervisor’s network.',
  },
  'split-brain': {
    word: 'Split brain',
    mark: 'split',
    tone: 'split',
    meaning: 'Two or more LBs are MASTER in repeated, overlapping readings.',
    todo: 'Check that the hypervisor allows CARP multicast and forged MAC addresses.',
  },
  down: {
    word: 'Down',
    mark: 'down',
    tone: 'down',
    meaning: 'Its answers say so, or only this one is not responding.',
    todo: 'Read the reason, then check the machine itself.',
  },
  unknown: {
    word: 'Unknown',
    mark: 'unknown',
    tone: 'unknown',
    meaning: 'Heron cannot tell. Not up, not down.',
    todo: 'Check the network path to the management addresses, and the credential.',
  },
  degraded: {
    word: 'Degraded',
    mark: 'degraded',
    tone: 'degraded',
    meaning: 'Users are served, with less than planned.',
    todo: 'Bring the missing edge back before the next loss.',
  },
  'no-redundancy': {
    word: 'No redundancy',
    mark: 'nored',
    tone: 'degraded',
    meaning: 'One more loss cuts users off.',
    todo: 'Bring up a second edge. Standalone edges are meant for evaluation.',
  },
  maintenance: {
    word: 'Maintenance',
    mark: 'maint',
    tone: 'maint',
    meaning: 'Planned work. History is still recorded.',
    todo: '',
  },
  up: {
    word: 'Up',
    mark: 'up',
    tone: 'up',
    meaning: 'Every edge is up and exactly one LB is active.',
    todo: '',
  },
  disabled: {
    word: 'Disabled',
    mark: 'disabled',
    tone: 'disabled',
    meaning: 'Deliberately not monitored.',
    todo: 'Enable it in the inventory to monitor it.',
  },
  'not-applicable': {
    word: 'Not applicable',
    mark: 'disabled',
    tone: 'disabled',
    meaning: 'Does not apply here.',
    todo: '',
  },
};

/** What a state means and what to do about it, for tooltips. */
export function stateTip(health: Health): string {
  return `${stateWords[health].meaning} ${stateWords[health].todo}`.trimEnd();
}

/** States that are tinted, have a second line and may be the verdict. */
const problems: ReadonlySet<Health> = new Set<Health>([
  'no-active-lb',
  'split-brain',
  'down',
  'unknown',
  'degraded',
  'no-redundancy',
]);

export function isProblem(health: Health): boolean {
  return problems.has(health);
}

/** What a role means, for tooltips. */
export const roleTips: Readonly<Record<LbRole, string>> = {
  init: 'CARP has not started, or its interface has no link. Check the LB service and its interface.',
  backup: 'Passive: takes over when the active LB stops advertising.',
  master: 'Active: holds the cluster IP and distributes user traffic.',
  fault: 'keepalived reports a failed check or interface. Read its log on the edge.',
  unknown: 'No source reports the role. Check that the edge answers and publishes its role.',
  'not-applicable': 'A standalone edge has no LB.',
};

/** Roles as CARP writes them. */
export const roleWords: Readonly<Record<LbRole, string>> = {
  init: 'INIT',
  backup: 'BACKUP',
  master: 'MASTER',
  fault: 'FAULT',
  unknown: 'unknown',
  'not-applicable': 'no LB',
};

export const witnessWords: Readonly<Record<WitnessKind, string>> = {
  'carp-extend': 'SNMP script',
  'carp-mib': 'CARP MIB',
  'keepalived-mib': 'keepalived MIB',
  'http-json': 'HTTP',
  traffic: 'traffic',
};
