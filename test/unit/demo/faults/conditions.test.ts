import { describe, expect, it } from 'vitest';
import { carpInterfaceUp, combine, healthy, proxyServing } from '../../../../demo/faults/conditions';

describe('conditions under several faults', () => {
  it('is healthy without any', () => {
    expect(combine([])).toEqual(healthy);
  });

  it('is down when one cause is enough, and adds up what adds up', () => {
    const both = combine([
      { lbRunning: false, weight: 3 },
      { powered: false, weight: 2, demotion: 10 },
      { demotion: 5 },
    ]);
    expect(both).toEqual({ ...healthy, lbRunning: false, powered: false, weight: 6, demotion: 15 });
  });

  it.each([
    [{ powered: false }, false, false],
    [{ lbRunning: false }, false, true],
    [{ lbAdminUp: false }, false, true],
    [{ linksUp: false }, false, false],
    [{ proxyRunning: false }, true, false],
    [{ cpuHigh: true }, true, true],
  ])('%j: CARP %s, proxy %s', (effect, carp, proxy) => {
    expect(carpInterfaceUp(combine([effect]))).toBe(carp);
    expect(proxyServing(combine([effect]))).toBe(proxy);
  });
});
