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

  it('finds split brains, standalone edges and what is disabled, an edge of a cluster too', () => {
    expect(having('split')).toEqual(['sin-02']);
    expect(having('standalone')).toEqual(['dxb-edge-1']);
    expect(having('disabled')).toContain('bom-01');
    const [first] = fleet;
    const partly = {
      ...first!,
      edges: first!.edges.map((edge) => ({ ...edge, health: 'disabled' as const })),
    };
    expect(traits.find(({ id }) => id === 'disabled')?.holds(partly)).toBe(true);
  });
});
