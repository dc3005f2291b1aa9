import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertSteps, playSequence } from '../../../fixtures/alerts/alert-sequence';

describe('alerts over sequences of faults, actions and restarts', () => {
  // `npm run -s bench -- alerts` plays 10,000 of them.
  it('end each alert, never open two for one cause, and lose no symptom', () => {
    fc.assert(
      fc.property(alertSteps, (steps) => {
        expect(playSequence(steps)).toEqual({ duplicates: 0, lost: [], unended: [], unopened: [] });
      }),
      { numRuns: 500 },
    );
  }, 120_000);
});
