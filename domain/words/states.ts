import type { Health } from '../model/health';

/** How a state is called, what it means, and what to do about it; `todo` is empty where there is nothing to do. */
export interface StateWords {
  word: string;
  meaning: string;
  todo: string;
}

/** Name, meaning and remedy of each state. */
export const stateWords: Readonly<Record<Health, StateWords>> = {
  'no-active-lb': {
    word: 'No active LB',
    meaning: 'No LB is MASTER. Users of the cluster IP are cut off.',
    todo: 'Check the LB service and LB interface of each edge, then the hypervisor’s network.',
  },
  'split-brain': {
    word: 'Split brain',
    meaning: 'Two or more LBs are MASTER in repeated, overlapping readings.',
    todo: 'Check that the hypervisor allows CARP multicast and forged MAC addresses.',
  },
  down: {
    word: 'Down',
    meaning: 'Its answers say so, or it is the only one not responding.',
    todo: 'Read the reason, then check the machine itself.',
  },
  unknown: {
    word: 'Unknown',
    meaning: 'Heron cannot tell whether it is up or down.',
    todo: 'Check the network path to the management addresses, and the credential.',
  },
  degraded: {
    word: 'Degraded',
    meaning: 'Users are served, but something is missing or not as it should be.',
    todo: 'Read the reasons, and restore what is missing before the next failure.',
  },
  'no-redundancy': {
    word: 'No redundancy',
    meaning: 'One more failure cuts users off.',
    todo: 'Bring up a second edge. Standalone edges are meant for evaluation.',
  },
  maintenance: {
    word: 'Maintenance',
    meaning: 'Planned work. History is still recorded.',
    todo: '',
  },
  up: {
    word: 'Up',
    meaning: 'Every edge is up. A cluster has exactly one active LB.',
    todo: '',
  },
  disabled: {
    word: 'Disabled',
    meaning: 'Deliberately not monitored.',
    todo: 'Enable it in the inventory to monitor it.',
  },
  'not-applicable': {
    word: 'Not applicable',
    meaning: 'Does not apply here.',
    todo: '',
  },
};

/** What a state means and what to do about it, for a tooltip. */
export function stateTip(health: Health): string {
  const { meaning, todo } = stateWords[health];
  return [meaning, todo].filter(Boolean).join(' ');
}

/** A name within a sentence: "no active LB" for "No active LB". */
export function inSentence(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}

/** The name of a state within a sentence: "no active LB". */
export function stateInSentence(health: Health): string {
  return inSentence(stateWords[health].word);
}

/** The state as a predicate of a cluster or an edge: "has no active LB", "is in maintenance", "is up". */
export function statePredicate(health: Health): string {
  switch (health) {
    case 'no-active-lb':
    case 'no-redundancy':
      return `has ${stateInSentence(health)}`;
    case 'split-brain':
      return 'has a split brain';
    case 'maintenance':
      return 'is in maintenance';
    default:
      return `is ${stateInSentence(health)}`;
  }
}
