import { describe, expect, it } from 'vitest';
import {
  isPreferredByDemotion,
  mayHavePreempted,
  skewOf,
} from '../../../../../domain/cluster/detect/preemption';
import { newClusterTrack } from '../../../../../domain/cluster/observe/cluster-track';
import { newRoleTrack, type RoleTrack } from '../../../../../domain/cluster/observe/role-track';
import type { RoleWitness } from '../../../../../domain/model/role';

function lb(edgeId: string, witness: Partial<RoleWitness>): RoleTrack {
  const usual = { witness: 'keepalived-mib', role: 'backup', vhid: 1, advbase: null, advskew: null } as const;
  return {
    ...newRoleTrack(edgeId),
    witnesses: [{ ...usual, confidence: 1, maxAgeMs: 0, said: '', ...witness }],
  };
}
const preempts = (old: Partial<RoleWitness>, next: Partial<RoleWitness>): boolean =>
  mayHavePreempted(newClusterTrack(['a', 'b']), lb('a', old), lb('b', next));

describe('preemption', () => {
  it('goes to the higher VRRP priority, and to the lower advskew', () => {
    expect(preempts({ priority: 100 }, { priority: 150 })).toBe(true);
    expect(preempts({ priority: 150 }, { priority: 100 })).toBe(false);
    expect(preempts({ advbase: 1, advskew: 100 }, { advbase: 1, advskew: 0 })).toBe(true);
    expect(preempts({ advbase: 1, advskew: 0 }, { advbase: 1, advskew: 100 })).toBe(false);
  });

  it('is not by an LB that does not preempt', () => {
    expect(preempts({ priority: 100 }, { priority: 150, preempt: false })).toBe(false);
    expect(preempts({ advskew: 100 }, { advskew: 0, preempt: false })).toBe(false);
  });

  it('is not the loss of a role by demotion, nor a gain in spite of it', () => {
    expect(preempts({ advskew: 0, demotion: 240 }, { advskew: 100, demotion: 0 })).toBe(false);
    expect(preempts({ basePriority: 150, priority: 90 }, { basePriority: 100, priority: 100 })).toBe(false);
    expect(preempts({ advskew: 100 }, { advskew: 0, demotion: 240 })).toBe(false);
    expect(skewOf(lb('a', { advbase: 1, advskew: 100, demotion: 1_000 }))).toBe(256 + 240);
    expect(skewOf(lb('a', {}))).toBeNull();
  });

  it('of a demoted LB is due to its demotion only where that decides', () => {
    const decides = (old: Partial<RoleWitness>, next: Partial<RoleWitness>): boolean =>
      isPreferredByDemotion(lb('a', old), lb('b', next));
    expect(decides({ advskew: 0, demotion: 240 }, { advskew: 100, demotion: 0 })).toBe(true);
    expect(decides({ basePriority: 150, priority: 90 }, { basePriority: 100, priority: 100 })).toBe(true);
    // It was worse before, is still better, or nothing is known of the other one.
    expect(decides({ advskew: 200, demotion: 240 }, { advskew: 100 })).toBe(false);
    expect(decides({ advskew: 0, demotion: 10 }, { advskew: 100 })).toBe(false);
    expect(decides({ advskew: 0, demotion: 240 }, {})).toBe(false);
    expect(decides({ advskew: 0, demotion: 240 }, { advskew: 100, preempt: false })).toBe(false);
  });
});
