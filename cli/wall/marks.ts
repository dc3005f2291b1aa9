import { stateWords } from '../../domain/words/states';
import type { Health } from '../../domain/model/health';
import type { Tone } from './line';

interface Mark {
  shape: string;
  letter: string;
  tone: Tone;
  /** The state in little room. */
  short: string;
}

/** Shape, letter and colour of each state. Every shape is one cell wide. */
const marks: Readonly<Record<Health, Mark>> = {
  'no-active-lb': { shape: '◆', letter: 'X', tone: 'down', short: 'No LB' },
  'split-brain': { shape: 'Y', letter: 'Y', tone: 'split', short: 'Split' },
  down: { shape: '■', letter: 'D', tone: 'down', short: 'Down' },
  unknown: { shape: '◌', letter: '?', tone: 'unknown', short: 'Unknown' },
  degraded: { shape: '▲', letter: '!', tone: 'degraded', short: 'Degr.' },
  'no-redundancy': { shape: '△', letter: 'r', tone: 'degraded', short: 'No red.' },
  maintenance: { shape: '≡', letter: 'm', tone: 'maint', short: 'Maint.' },
  up: { shape: '●', letter: '.', tone: 'up', short: 'Up' },
  disabled: { shape: '-', letter: '-', tone: 'disabled', short: 'Dis.' },
  'not-applicable': { shape: '-', letter: '-', tone: 'disabled', short: 'n/a' },
};

export function glyphOf(health: Health, ascii: boolean): string {
  return ascii ? marks[health].letter : marks[health].shape;
}

export function toneOf(health: Health): Tone {
  return marks[health].tone;
}

export function wordOf(health: Health): string {
  return stateWords[health].word;
}

export function shortWordOf(health: Health): string {
  return marks[health].short;
}

/** Whether users are cut off in this state, as far as is known. */
export function isCutOff(health: Health): boolean {
  return health === 'no-active-lb' || health === 'down';
}

/** Whether a state gets a second line first, where there is room for some. */
export function isLarge(health: Health): boolean {
  return isCutOff(health) || health === 'split-brain';
}
