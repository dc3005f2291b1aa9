import type { Health } from '../../domain/model/health';
import { stateWords as words, type StateWords } from '../../domain/words/states';

/** The colour family of a state; the CSS classes `tone-…` are named by it. */
export type Tone = 'up' | 'degraded' | 'down' | 'split' | 'unknown' | 'maint' | 'disabled';

/** The words of a state and how it is drawn. */
export interface ShownState extends StateWords {
  /** Name of the symbol in the sprite, without its prefix. */
  mark: string;
  tone: Tone;
}

/** Words, symbol and colour of each state. */
export const stateWords: Readonly<Record<Health, ShownState>> = {
  'no-active-lb': { ...words['no-active-lb'], mark: 'nolb', tone: 'down' },
  'split-brain': { ...words['split-brain'], mark: 'split', tone: 'split' },
  down: { ...words.down, mark: 'down', tone: 'down' },
  unknown: { ...words.unknown, mark: 'unknown', tone: 'unknown' },
  degraded: { ...words.degraded, mark: 'degraded', tone: 'degraded' },
  'no-redundancy': { ...words['no-redundancy'], mark: 'nored', tone: 'degraded' },
  maintenance: { ...words.maintenance, mark: 'maint', tone: 'maint' },
  up: { ...words.up, mark: 'up', tone: 'up' },
  disabled: { ...words.disabled, mark: 'disabled', tone: 'disabled' },
  'not-applicable': { ...words['not-applicable'], mark: 'disabled', tone: 'disabled' },
};
