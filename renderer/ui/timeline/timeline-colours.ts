import { useMutationObserver } from '@vueuse/core';
import { shallowRef } from 'vue';
import { stateWords, type Tone } from '../../words/states';
import { healthSchema } from '../../../domain/model/health';

/** The colour tokens of the timeline. */
export interface TimelineColours {
  tone: Record<Tone, string>;
  tint: Record<Tone, string>;
  ground: string;
  raised: string;
  line: string;
  strong: string;
  text: string;
  soft: string;
  quiet: string;
  ink: string;
  inverse: string;
  hatch: string;
}

const tones: readonly Tone[] = ['up', 'degraded', 'down', 'split', 'unknown', 'maint', 'disabled'];

function readColours(): TimelineColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const each = (suffix: string): Record<Tone, string> =>
    Object.fromEntries(tones.map((tone) => [tone, token(`--${tone}${suffix}`)])) as Record<Tone, string>;
  return {
    tone: each(''),
    tint: each('-tint'),
    ground: token('--bg-1'),
    raised: token('--bg-3'),
    line: token('--line'),
    strong: token('--line-3'),
    text: token('--t-1'),
    soft: token('--t-2'),
    quiet: token('--t-3'),
    ink: token('--ink'),
    inverse: token('--t-inv'),
    hatch: token('--hatch'),
  };
}

/** The current theme's colours; a new object after each change of theme. */
export function useTimelineColours() {
  const colours = shallowRef(readColours());
  useMutationObserver(
    document.documentElement,
    () => {
      colours.value = readColours();
    },
    { attributeFilter: ['data-theme'] },
  );
  return colours;
}

/** The tone of a health state from the history; unrecognised states count as unknown. */
export function toneOf(state: string): Tone {
  const health = healthSchema.safeParse(state);
  return health.success ? stateWords[health.data].tone : 'unknown';
}
