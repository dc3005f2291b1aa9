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
  todo: string;
}

/** A state's word, mark, colour, meaning and what to do: the one place they stand. */
export const stateWords: Readonly<Record<Health, StateWords>> = {
  'no-active-lb': {
    word: 'No active LB',
    mark: 'nolb',
    tone: 'down',
    meaning: 'No LB is MASTER. Users of the cluster IP are cut off.',
    todo: 'Look at the LB service and the LB interfaces of its edges, then at the hypervisor’s network.',
  },
  'split-brain': {
    word: 'Split brain',
    mark: 'split',
    tone: 'split',
    meaning: 'Two or more LBs are MASTER in repeated, overlapping readings.',
    todo: 'Check that the hypervisor lets CARP multicast and forged MAC addresses through.',
  },
  down: {
    word: 'Down',
    mark: 'down',
    tone: 'down',
    meaning: 'Answers say it does not work, or it alone is silent.',
    todo: 'Read its reason, then look at the machine itself.',
  },
  unknown: {
    word: 'Unknown',
    mark: 'unknown',
    tone: 'unknown',
    meaning: 'Heron cannot tell. Not up, not down.',
    todo: 'Check the path from this computer to the management addresses, and the credential.',
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
    todo: 'Bring a second edge up. A standalone edge is meant for evaluation.',
  },
  maintenance: {
    word: 'Maintenance',
    mark: 'maint',
    tone: 'maint',
    meaning: 'Planned work. Alerts wait, history does not.',
    todo: 'Nothing, until the work ends.',
  },
  up: {
    word: 'Up',
    mark: 'up',
    tone: 'up',
    meaning: 'Every edge is up and exactly one LB is active.',
    todo: 'Nothing.',
  },
  disabled: {
    word: 'Disabled',
    mark: 'disabled',
    tone: 'disabled',
    meaning: 'Not watched, on purpose.',
    todo: 'Enable it in the inventory to watch it.',
  },
  'not-applicable': {
    word: 'Not applicable',
    mark: 'disabled',
    tone: 'disabled',
    meaning: 'The question does not arise here.',
    todo: 'Nothing.',
  },
};

/** What a state means and what to do about it: the tooltip of its word, wherever it stands. */
export function stateTip(health: Health): string {
  return `${stateWords[health].meaning} ${stateWords[health].todo}`;
}

/** States that earn a tint, a second line and a place in the verdict. */
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

/** What a role means: the tooltip of its word. */
export const roleTips: Readonly<Record<LbRole, string>> = {
  init: 'CARP has not started, or its interface has no link. Look at the LB service and its interface.',
  backup: 'Passive: it waits, and takes over when the active LB stops advertising.',
  master: 'Active: it holds the cluster IP and spreads the users’ requests.',
  fault: 'keepalived says that something it watches failed here. Read its log on the edge.',
  unknown: 'No witness says what it does. Check that the edge answers and that its role is published.',
  'not-applicable': 'A standalone edge has no LB.',
};

/** CARP's own words are shown as CARP writes them. */
export const roleWords: Readonly<Record<LbRole, string>> = {
  init: 'INIT',
  backup: 'BACKUP',
  master: 'MASTER',
  fault: 'FAULT',
  unknown: 'unknown',
  'not-applicable': 'no LB',
};

export const witnessWords: Readonly<Record<WitnessKind, string>> = {
  'carp-extend': 'carp extend',
  'carp-mib': 'CARP MIB',
  'keepalived-mib': 'keepalived MIB',
  'http-json': 'HTTP',
  traffic: 'traffic',
};
