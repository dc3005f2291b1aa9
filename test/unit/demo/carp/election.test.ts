import { describe, expect, it } from 'vitest';
import { group, members } from './carp-group';

describe('a CARP election', () => {
  it('gives MASTER to the lowest skew three seconds after a start', () => {
    const { election, changes } = group(members([20, 0, 10]));
    election.advanceTo(2999);
    expect(election.masters()).toEqual([]);
    election.advanceTo(3000);
    expect(election.masters()).toEqual(['m1']);
    expect(changes.at(-1)).toEqual({
      name: 'm1',
      from: 'backup',
      to: 'master',
      atMs: 3000,
      reason: 'master timed out',
    });
  });

  it('advertises every base and skew', () => {
    const { election, advertisements } = group(members([64, 128]));
    election.advanceTo(10_000);
    expect(advertisements.map((one) => one.atMs)).toEqual([3250, 4500, 5750, 7000, 8250, 9500]);
    expect(new Set(advertisements.map((one) => one.from))).toEqual(new Set(['m0']));
  });

  it('takes over three missed advertisements after the last one, by the next best', () => {
    const { election, changes } = group(members([0, 10, 20]));
    election.advanceTo(10_500);
    election.setInterfaceUp('m0', false, 10_500);
    expect(election.role('m0')).toBe('init');
    expect(election.masters()).toEqual([]);
    election.advanceTo(20_000);
    // The last advertisement left at 10,000 ms and arrived one later; 3 s and 10/256 s after that m1's patience ends.
    expect(changes.at(-1)).toMatchObject({
      name: 'm1',
      to: 'master',
      atMs: 10_001 + 3000 + (10 * 1000) / 256,
    });
    expect(election.masters()).toEqual(['m1']);
  });

  it('gives the role back at the slower master’s next advertisement when preemption is on', () => {
    const { election, changes } = group(members([0, 10]));
    election.advanceTo(5000);
    election.setInterfaceUp('m0', false, 5000);
    election.advanceTo(20_000);
    election.setInterfaceUp('m0', true, 20_000);
    election.advanceTo(21_100);
    expect(election.masters()).toEqual(['m0']);
    expect(changes.slice(-2).map((change) => [change.name, change.to, change.reason])).toEqual([
      ['m0', 'master', 'preempting a slower master'],
      ['m1', 'backup', 'more frequent advertisement received'],
    ]);
    const [taken, yielded] = changes.slice(-2);
    expect(yielded!.atMs - taken!.atMs).toBe(1);
  });

  it('leaves the role where it is without preemption', () => {
    const { election } = group(members([0, 10]), { preempt: false });
    election.advanceTo(5000);
    election.setInterfaceUp('m0', false, 5000);
    election.advanceTo(20_000);
    election.setInterfaceUp('m0', true, 20_000);
    election.advanceTo(60_000);
    expect(election.masters()).toEqual(['m1']);
  });

  it('moves the role away from a demoted host without a gap, and back', () => {
    const { election, changes } = group(members([0, 10, 20]));
    election.advanceTo(10_000);
    const before = changes.length;
    election.setDemotion('m0', 240, 10_000);
    election.advanceTo(15_000);
    expect(election.masters()).toEqual(['m1']);
    expect(changes.slice(before).map((change) => `${change.name} ${change.to}`)).toEqual([
      // Both backups are better than a skew of 240; the better of them then takes it from the other.
      'm1 master',
      'm2 master',
      'm0 backup',
      'm2 backup',
    ]);
    election.setDemotion('m0', 0, 15_000);
    election.advanceTo(20_000);
    expect(election.masters()).toEqual(['m0']);
  });

  it('settles at once among sixteen that all outrank a demoted master', () => {
    const { election, changes } = group(members(Array.from({ length: 16 }, (_one, i) => i * 10)));
    election.advanceTo(10_000);
    const before = changes.length;
    election.setDemotion('m0', 240, 10_000);
    election.advanceTo(20_000);
    expect(election.masters()).toEqual(['m1']);
    // Fifteen receive a slower master's advertisements and take over; all but the best yield to the next one they receive.
    expect(changes.length - before).toBe(30);
    const [first, last] = [changes[before]!, changes.at(-1)!];
    expect(last.atMs - first.atMs).toBe(1);
  });

  it('has two masters while advertisements do not pass, and one soon after they do', () => {
    const { election } = group(members([0, 10, 20, 30]));
    election.advanceTo(10_000);
    const half = new Set(['m0', 'm1']);
    election.setPasses((from, to) => half.has(from) === half.has(to), 10_000);
    election.advanceTo(14_000);
    expect(election.masters()).toEqual(['m0', 'm2']);
    election.setPasses(() => true, 14_000);
    election.advanceTo(15_100);
    expect(election.masters()).toEqual(['m0']);
  });

  it('lets the lower address keep the role among equals', () => {
    const { election } = group(members([0, 0, 0]));
    election.advanceTo(4000);
    expect(election.masters()).toEqual(['m0']);
  });

  it('stays in INIT until an interface is up, and has no master without one', () => {
    const { election } = group(members([0, 10]), { up: false });
    election.advanceTo(60_000);
    expect(election.role('m0')).toBe('init');
    expect(election.nextDueMs()).toBe(Infinity);
  });
});
