import { describe, expect, it } from 'vitest';
import { CarpChecks, carpFindings } from '../../../../../domain/cluster/detect/carp-checks';
import { ableLbs } from '../../../../../domain/cluster/judge/able-lbs';
import { newClusterTrack, type ClusterTrack } from '../../../../../domain/cluster/observe/cluster-track';
import { observeRole } from '../../../../../domain/cluster/observe/role-track';
import type { RoleWitness } from '../../../../../domain/model/role';

const witness = (more: Partial<RoleWitness>): RoleWitness => ({
  ...{
    witness: 'carp-extend',
    role: 'backup',
    vhid: 1,
    advbase: 1,
    advskew: null,
    confidence: 1,
    maxAgeMs: 0,
    said: '',
  },
  ...more,
});
const found = (...each: Partial<RoleWitness>[]) =>
  carpFindings(each.map((more, at) => ({ name: 'abc'[at] ?? '', witness: witness(more) })));
const codes = (...each: Partial<RoleWitness>[]): string[] => found(...each).map(({ code }) => code);

describe('the checks of a CARP group', () => {
  it('find nothing in a group that is well configured', () => {
    expect(codes({ advskew: 0 }, { advskew: 100 }, { advskew: 200 })).toEqual([]);
    const vrrp = { advbase: null, preempt: true };
    expect(codes({ ...vrrp, priority: 150, basePriority: 150 }, { ...vrrp, priority: 100 })).toEqual([]);
    expect(codes({}, {})).toEqual([]);
  });

  it('find equal priorities', () => {
    expect(found({ advskew: 0 }, { advskew: 100 }, { advskew: 100 })).toMatchObject([
      { code: 'carp-equal-priority', fact: 'b, c have the same priority (advbase 1, advskew 100).' },
    ]);
    expect(codes({ basePriority: 100, priority: 100 }, { basePriority: 100, priority: 100 })).toEqual([
      'carp-equal-priority',
    ]);
  });

  it('find different advbases, groups and preemption', () => {
    expect(codes({ advskew: 0, advbase: 1 }, { advskew: 0, advbase: 5 })).toEqual(['carp-advbase-differs']);
    expect(codes({ vhid: 1 }, { vhid: 2 })).toEqual(['carp-vhid-differs']);
    expect(found({ preempt: true }, { preempt: false }, {})).toMatchObject([
      { code: 'carp-preempt-differs', fact: 'The LBs differ in preemption: a on, b off.' },
    ]);
  });

  it('find a demoted LB', () => {
    expect(found({ demotion: 240 }, { demotion: 0 })).toMatchObject([
      { code: 'lb-demoted', fact: 'The LB of a is demoted (demotion counter 240).' },
    ]);
    expect(codes({ priority: 90, basePriority: 150 }, { priority: 100, basePriority: 100 })).toEqual([
      'lb-demoted',
    ]);
  });

  it('find a host that takes no part in CARP', () => {
    expect(found({ allowed: false, role: 'init' }, { allowed: true }, {})).toMatchObject([
      { code: 'carp-not-allowed', fact: 'CARP is switched off on a (net.inet.carp.allow is 0).' },
    ]);
  });

  it('report what two checks find, once, and again after it was gone', () => {
    const checks = new CarpChecks();
    const at = (seconds: number, ...each: Partial<RoleWitness>[]): string[] =>
      checks.observe(trackOf(each), seconds * 1_000, (id) => id).map(({ code }) => code);
    const equal = [{ advskew: 0 }, { advskew: 0 }];
    const different = [{ advskew: 0 }, { advskew: 100 }];
    expect([at(0, ...equal), at(10, ...equal), at(15, ...equal)]).toEqual([[], [], []]);
    expect([at(20, ...equal), at(30, ...equal), at(40, ...equal)]).toEqual([['carp-equal-priority'], [], []]);
    expect([at(50, ...different), at(60, ...different), at(70, ...equal)]).toEqual([[], [], []]);
    expect(at(80, ...equal)).toEqual(['carp-equal-priority']);
  });
});

it.each(['lb-no-link', 'lb-process-failed'])('an LB with %s cannot take over', (code) => {
  const cut = [{ code, fact: '', detail: '' }];
  expect(
    ableLbs([
      { health: 'up', role: 'master' },
      { health: 'degraded', role: 'backup', reasons: cut },
    ]),
  ).toEqual({ atLeast: 1, atMost: 1 });
});

function trackOf(each: readonly Partial<RoleWitness>[]): ClusterTrack {
  const track = newClusterTrack(each.map((_, at) => 'abc'[at] ?? ''));
  const times = { fromMs: 0, toMs: 1, fromMonotonicMs: 0, toMonotonicMs: 1 };
  const roles = track.roles.map((role, at) => {
    const seen = { ...times, silent: false, role: 'backup' as const, witnesses: [witness(each[at] ?? {})] };
    return observeRole(role, seen);
  });
  return { ...track, roles };
}
