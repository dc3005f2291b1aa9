import { describe, expect, it } from 'vitest';
import { AgentRestarts, EmptyWalks } from '../../../../../monitor/snmp/agent/walk-pace';

const day = 86_400_000;

describe('AgentRestarts', () => {
  it('reports every start, however often it comes', () => {
    const restarts = new AgentRestarts();
    expect(restarts.observe(day, 0)).toBe(false);
    for (let at = 1; at <= 5; at += 1) {
      expect(restarts.observe(500, at * 5_000)).toBe(true);
      expect(restarts.observe(4_000, at * 5_000 + 3_500)).toBe(false);
    }
    expect(restarts.isDoubtful).toBe(false);
  });

  it('doubts an uptime that falls to what no new start has, until that ends', () => {
    const restarts = new AgentRestarts();
    const fallen = [0, 1, 2, 3, 4].map((at) => restarts.observe(day - at * 10_000, at * 1_000));
    expect(fallen).toEqual([false, true, true, false, false]);
    expect(restarts.isDoubtful).toBe(true);
    restarts.observe(day, 70_000);
    expect(restarts.isDoubtful).toBe(false);
    expect(restarts.observe(1_000, 75_000)).toBe(true);
  });

  it('takes a wrap after 497 days for none', () => {
    const restarts = new AgentRestarts();
    restarts.observe(2 ** 32 * 10 - 1_000, 0);
    expect(restarts.observe(4_000, 5_000)).toBe(false);
    expect(restarts.isDoubtful).toBe(false);
  });
});

describe('EmptyWalks', () => {
  it('come later each time, and at once again after one that found something', () => {
    const walks = new EmptyWalks();
    expect(walks.isDue(0)).toBe(true);
    walks.found(false, 0);
    expect([4_999, 5_000].map((at) => walks.isDue(at))).toEqual([false, true]);
    walks.found(false, 5_000);
    expect([19_999, 20_000].map((at) => walks.isDue(at))).toEqual([false, true]);
    for (let walk = 0; walk < 9; walk += 1) walks.found(false, 0);
    expect(walks.isDue(30_000)).toBe(true);
    walks.found(true, 0);
    expect(walks.isDue(0)).toBe(true);
  });
});
