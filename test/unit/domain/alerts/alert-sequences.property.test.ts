import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { playSequence } from '../../../fixtures/alerts/alert-sequence';

const step = fc.record({
  // States change more often than people act.
  act: fc.oneof({ weight: 3, arbitrary: fc.nat(3) }, { weight: 2, arbitrary: fc.nat(11) }),
  row: fc.nat(2),
  edge: fc.nat(2),
  state: fc.nat(7),
  passMs: fc.constantFrom(0, 250, 4_000, 12_000, 31_000, 65_000, 300_000),
});

describe('alerts over sequences of faults, actions and restarts', () => {
  it('end each alert, never open two for one cause, and lose no symptom', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 14 }), (steps) => {
        expect(playSequence(steps)).toEqual({ duplicates: 0, lost: [], unended: [], unopened: [] });
      }),
      { numRuns: 1_000 },
    );
  }, 120_000);
});
