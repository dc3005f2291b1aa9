import { describe, expect, it } from 'vitest';
import { traits, type TraitId } from '../../../../renderer/words/traits';
import { fleetInAllStates } from '../../../fixtures/fake-bridge/fleet';

const fleet = fleetInAllStates(Date.UTC(2026, 10, 24, 14));

function having(id: TraitId): string[] {
  const trait = traits.find((one) => one.id === id);
  return fleet.filter((cluster) => trait?.holds(cluster)).map(({ name }) => name);
}

describe('a filter beside the states', () => {
  it('finds problems, and the unacknowledged among them', () => {
    expect(having('problem').sort()).toEqual(['dxb-edge-1', 'fra-02', 'gru-01', 'nrt-01', 'sin-02']);
    expect(having('unacknowledged').sort()).toEqual(['dxb-edge-1', 'gru-01', 'nrt-01']);
  });

  it('finds standalone edges, and monitored clusters with a disabled edge', () => {
    expect(having('standalone')).toEqual(['dxb-edge-1']);
    const disabledEdges = traits.find(({ id }) => id === 'disabled-edges');
    const [first] = fleet;
    const edges = first!.edges.map((edge) => ({ ...edge, health: 'disabled' as const }));
    expect(disabledEdges?.holds({ ...first!, edges })).toBe(true);
    // The chip of the state counts a cluster that is disabled itself.
    expect(disabledEdges?.holds({ ...first!, edges, health: 'disabled' })).toBe(false);
  });
});
