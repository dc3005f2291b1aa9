import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfAcknowledgement } from '../../../../domain/model/acknowledgement';
import { healthRank, healthStates, isProblem } from '../../../../domain/model/health';

const state = fc.constantFrom(...healthStates);

describe('an acknowledgement', () => {
  it('lasts exactly as long as the problem is there and no worse than what was acknowledged', () => {
    fc.assert(
      fc.property(state, state, (health, to) => {
        const end = endOfAcknowledgement({ by: 'noc', words: '', atMs: 0, health }, to);
        if (!isProblem(to)) expect(end).toBe('well');
        else expect(end).toBe(healthRank(to) < healthRank(health) ? 'worse' : null);
      }),
    );
  });
});
