import { overridableKeys, type OverridableKey, type Overrides } from '../../../../domain/inventory/overrides';
import { draftOfRules, rulesOfDraft, type RuleDraft } from './rule-draft';

/**
 * The typed thresholds and intervals of a cluster or an edge; empty: the general one. Intervals are typed in seconds. `alerts`: the rules that
 * are changed.
 */
export interface OverrideDraft extends Record<OverridableKey, string> {
  alerts: RuleDraft[];
}

const msPerSecond = 1_000;
const inSeconds: ReadonlySet<OverridableKey> = new Set(['healthIntervalMs', 'roleIntervalMs']);

export function draftOfOverrides(overrides: Overrides | undefined): OverrideDraft {
  const text = (key: OverridableKey): string => {
    const value = overrides?.[key];
    return value === undefined ? '' : String(inSeconds.has(key) ? value / msPerSecond : value);
  };
  return {
    cpuPercent: text('cpuPercent'),
    swapPercent: text('swapPercent'),
    imbalanceBelowPercent: text('imbalanceBelowPercent'),
    imbalanceAbovePercent: text('imbalanceAbovePercent'),
    healthIntervalMs: text('healthIntervalMs'),
    roleIntervalMs: text('roleIntervalMs'),
    alerts: draftOfRules(overrides?.alerts),
  };
}

/** The field of an inventory entry; nothing where no override was typed. */
export function overridesOfDraft(draft: OverrideDraft): { overrides?: Overrides } {
  const typed = overridableKeys.flatMap((key): [OverridableKey, number][] => {
    const text = draft[key].trim().replace(',', '.');
    if (text === '') return [];
    const value = Number(text);
    return [[key, inSeconds.has(key) ? Math.round(value * msPerSecond) : value]];
  });
  const alerts = rulesOfDraft(draft.alerts);
  if (typed.length === 0 && alerts === undefined) return {};
  return { overrides: { ...Object.fromEntries(typed), ...(alerts === undefined ? {} : { alerts }) } };
}
