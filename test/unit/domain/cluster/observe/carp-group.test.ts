import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseGroup,
  splitByGroup,
  type GroupChoice,
} from '../../../../../domain/cluster/observe/carp-group';
import type { LbRole, RoleWitness } from '../../../../../domain/model/role';

const clusterIp = '10.0.0.100';
const word = (vhid: number | null, role: LbRole, more: Partial<RoleWitness> = {}): RoleWitness => ({
  ...{ witness: 'carp-mib', role, vhid, advbase: 1, advskew: 0, confidence: 1, maxAgeMs: 0, said: role },
  ...more,
});
const a = [word(1, 'master'), word(2, 'backup')];
const b = [word(1, 'backup'), word(2, 'master')];
const choose = (reports: RoleWitness[][], vhid?: number): GroupChoice =>
  chooseGroup(reports, { vhid, clusterIp });
const own = (words: RoleWitness[], choice: GroupChoice) =>
  splitByGroup(words, choice, clusterIp).own.map(({ vhid, role, label }) => [vhid, role, label]);

describe('the group of a cluster', () => {
  it('is the configured one', () => {
    expect(choose([a, b], 2)).toEqual({ vhid: 2, by: 'configured' });
    expect(own(a, choose([a, b], 2))).toEqual([[2, 'backup', undefined]]);
  });

  it('is the one with the cluster IP', () => {
    const addressed = [word(1, 'master'), word(2, 'backup', { virtualIps: `10.0.0.9 ${clusterIp}` })];
    expect(choose([addressed, b])).toEqual({ vhid: 2, by: 'address' });
  });

  it('is the only one that all LBs have, else the lowest of several, else what most have', () => {
    expect(choose([a, [word(2, 'master')]])).toEqual({ vhid: 2, by: 'common' });
    expect(choose([a, b])).toEqual({ vhid: 1, by: 'lowest' });
    expect(choose([a, [word(2, 'master')], [word(1, 'backup')], [word(2, 'backup')]])).toEqual({
      vhid: 2,
      by: 'lowest',
    });
    expect(choose([a, [word(3, 'master')]])).toEqual({ vhid: null, by: 'undecided' });
  });

  it('is each one’s only group where no LB has several, and whatever a plain word is about', () => {
    const single = choose([[word(1, 'master')], [word(2, 'master')], [word(null, 'backup')]]);
    expect(single).toEqual({ vhid: null, by: 'single' });
    expect(own([word(null, 'backup')], choose([a, b]))).toEqual([[null, 'backup', undefined]]);
  });

  it('leaves the role unknown where nothing tells which group counts', () => {
    expect(own(a, choose([a, [word(3, 'master')]]))).toEqual([]);
  });

  it('on two interfaces is that with the cluster IP, or of IPv4, or the same one on every LB', () => {
    const both = (role4: LbRole, role6: LbRole) => [
      word(51, role6, { label: 'VI_6', virtualIps: '2001:db8::1' }),
      word(51, role4, { label: 'VI_4', virtualIps: '10.0.0.9' }),
    ];
    const choice = choose([both('master', 'backup'), both('backup', 'master')]);
    expect(own(both('master', 'backup'), choice)).toEqual([[51, 'master', 'VI_4']]);
    expect(own(both('backup', 'master'), choice)).toEqual([[51, 'backup', 'VI_4']]);
    const ports = [word(1, 'backup', { label: 'em1' }), word(1, 'master', { label: 'em0' })];
    expect(own(ports, choose([ports, ports]))).toEqual([[1, 'master', 'em0']]);
    const withIp = [
      word(1, 'backup', { label: 'em1', virtualIps: clusterIp }),
      word(1, 'master', { label: 'em0' }),
    ];
    expect(own(withIp, choose([withIp]))).toEqual([[1, 'backup', 'em1']]);
  });

  it('is unknown where two lines without names contradict each other', () => {
    const lines = [word(null, 'master'), word(null, 'backup')];
    expect(own(lines, choose([lines]))).toEqual([[null, 'unknown', undefined]]);
  });

  it('has at most one report of each witness, and nothing is lost', () => {
    const words = fc.array(
      fc.record({
        vhid: fc.constantFrom(null, 1, 2, 3),
        role: fc.constantFrom<LbRole>('master', 'backup', 'init'),
        witness: fc.constantFrom('carp-mib' as const, 'carp-extend' as const),
        label: fc.constantFrom(undefined, 'em0', 'em1'),
        virtualIps: fc.constantFrom(undefined, clusterIp, '10.0.0.9', '2001:db8::1'),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        fc.array(words, { maxLength: 4 }),
        fc.option(fc.constantFrom(1, 2), { nil: undefined }),
        (lbs, vhid) => {
          const reports = lbs.map((each) =>
            each.map(({ vhid: group, role, ...more }) => word(group, role, more)),
          );
          const choice = choose(reports, vhid);
          for (const each of reports) {
            const { own: counted, others } = splitByGroup(each, choice, clusterIp);
            expect(new Set(counted.map(({ witness }) => witness)).size).toBe(counted.length);
            expect(counted.length + others.length).toBeLessThanOrEqual(each.length);
            if (choice.vhid !== null)
              for (const one of counted) expect([null, choice.vhid]).toContain(one.vhid);
          }
          // Whoever is asked first makes no difference.
          expect(choose(reports.toReversed(), vhid)).toEqual(choice);
        },
      ),
    );
  });
});
