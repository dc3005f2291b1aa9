import type { TimeRange } from '../model/history';
import { certainTimes, type TrackedOutage } from './outage-tracker';
import { covering, overlay, type Stretch } from './overlay';

type Counted = 'available' | 'unavailable' | 'unknown' | 'unmonitored' | 'not-counted' | 'not-configured';

/**
 * What outages change about `parts`: certain times are unavailable, and what counted as available within the possible times is
 * unknown. Time that does not count is not changed. `parts` are ordered and free of overlaps, and so is the result.
 */
export function outageTimes(
  range: TimeRange,
  parts: readonly Stretch<Counted>[],
  outages: readonly TrackedOutage[],
): Stretch<Counted>[] {
  if (outages.length === 0) return [];
  const doubted = covering<Counted>(
    range,
    outages
      .filter(({ kind }) => kind !== 'flapping')
      .map(({ possible }) => ({ fromMs: possible.fromMs, toMs: possible.toMs ?? range.toMs })),
    'unknown',
  );
  const certain = covering<Counted>(
    range,
    outages.flatMap((outage) => certainTimes(outage, range.toMs)),
    'unavailable',
  );
  const measured = covering<Counted>(
    range,
    outages.flatMap(({ measuredMs, certain: { fromMs, toMs } }) =>
      measuredMs && toMs !== null ? [{ fromMs, toMs }] : [],
    ),
    'unavailable',
  );
  let changed = within(parts, doubted, (value) => value === 'available');
  // A gap hides what was not measured around it.
  changed = overlay(changed, within(parts, certain, isCountedAndMonitored));
  changed = overlay(changed, within(parts, measured, isCounted));
  for (const outage of outages)
    if (outage.kind === 'flapping')
      changed = overlay(changed, flappingTimes(range, overlay(parts, changed), outage, outages));
  return changed;
}

function isCounted(value: Counted): boolean {
  return value !== 'not-counted' && value !== 'not-configured';
}

function isCountedAndMonitored(value: Counted): boolean {
  return isCounted(value) && value !== 'unmonitored';
}

/** The parts of `above` over those of `parts` that it may change. */
function within(
  parts: readonly Stretch<Counted>[],
  above: readonly Stretch<Counted>[],
  mayChange: (value: Counted) => boolean,
): Stretch<Counted>[] {
  const result: Stretch<Counted>[] = [];
  let next = 0;
  for (const { fromMs, toMs, value } of above) {
    while ((parts[next]?.toMs ?? Infinity) <= fromMs) next += 1;
    for (let index = next; ; index += 1) {
      const part = parts[index];
      if (!part || part.fromMs >= toMs) break;
      if (mayChange(part.value))
        result.push({ fromMs: Math.max(fromMs, part.fromMs), toMs: Math.min(toMs, part.toMs), value });
    }
  }
  return result;
}

/** What the sum of a time of flapping has beyond its failovers: somewhere within its time, drawn at the end. */
function flappingTimes(
  range: TimeRange,
  parts: readonly Stretch<Counted>[],
  { possible, measuredMs }: TrackedOutage,
  outages: readonly TrackedOutage[],
): Stretch<Counted>[] {
  if (!measuredMs || possible.toMs === null) return [];
  const window = {
    fromMs: Math.max(range.fromMs, possible.fromMs),
    toMs: Math.min(range.toMs, possible.toMs),
  };
  let [certainMs, possibleMs] = [measuredMs.atLeast, measuredMs.atMost];
  for (const { kind, measuredMs: known, possible: time } of outages) {
    const isWithin = (time.toMs ?? Infinity) >= possible.fromMs && time.fromMs <= possible.toMs;
    if (kind !== 'no-active-lb' || !known || !isWithin) continue;
    certainMs -= known.atLeast;
    possibleMs -= known.atMost;
  }
  const result: Stretch<Counted>[] = [];
  for (const { fromMs, toMs } of within(parts, [{ ...window, value: 'unknown' }], isAvailable).reverse()) {
    const certain = Math.max(0, Math.min(certainMs, toMs - fromMs));
    const doubted = Math.max(0, Math.min(possibleMs, toMs - fromMs) - certain);
    certainMs -= certain;
    possibleMs -= certain + doubted;
    if (certain > 0) result.push({ fromMs: toMs - certain, toMs, value: 'unavailable' });
    if (doubted > 0)
      result.push({ fromMs: toMs - certain - doubted, toMs: toMs - certain, value: 'unknown' });
  }
  return result.reverse();
}

function isAvailable(value: Counted): boolean {
  return value === 'available';
}
