import fc from 'fast-check';
import { expect, it } from 'vitest';
import { availabilityOver, periodsOf } from '../../../../domain/past/availability';

const states = ['up', 'degraded', 'down', 'no-active-lb', 'unknown', 'split-brain', 'disabled'];
const range = { fromMs: 0, toMs: 200 };
const anyTime = fc.integer({ min: 0, max: 200 });
const anyRange = fc
  .tuple(anyTime, anyTime)
  .map(([a, b]) => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }));

it('availability adds up to the range with maintenance apart, and maintenance takes from each other part what was observed in it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...states), { minLength: 1, maxLength: 8 }),
      fc.array(anyRange, { maxLength: 4 }),
      fc.array(anyRange, { maxLength: 2 }),
      fc.uniqueArray(anyTime, { maxLength: 3 }),
      (names, maintenance, unmonitored, cuts) => {
        const stepMs = Math.floor(200 / names.length);
        const spans = names.map((state, index) => ({
          state,
          fromMs: index * stepMs,
          toMs: index === names.length - 1 ? null : (index + 1) * stepMs,
        }));
        const facts = {
          ...{ subjectId: 'e1', kind: 'edge' as const, events: [], spans, unmonitored },
          configured: [{ fromMs: 10, toMs: 190, enabled: true }],
        };
        const without = availabilityOver(periodsOf(range, cuts, null), facts);
        const found = availabilityOver(periodsOf(range, cuts, null), { ...facts, maintenance });
        for (const [index, one] of found.entries()) {
          const before = without[index]!;
          const parts = [one.availableMs, one.unavailableMs, one.unknownMs, one.maintenanceMs];
          const others = [one.notCountedMs, one.notConfiguredMs, one.outsideHoursMs];
          expect([...parts, ...others].reduce((sum, ms) => sum + ms, 0)).toBe(one.toMs - one.fromMs);
          expect(one.unavailableMs + one.maintenanceUnavailableMs).toBe(before.unavailableMs);
          expect(one.unknownMs + one.maintenanceUnknownMs).toBe(before.unknownMs);
          expect([one.notCountedMs, one.notConfiguredMs]).toEqual([
            before.notCountedMs,
            before.notConfiguredMs,
          ]);
        }
      },
    ),
  );
});
