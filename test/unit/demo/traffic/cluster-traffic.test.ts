import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomSource } from '../../../../demo/random/seed';
import { ClusterTraffic, type EdgeTrafficState } from '../../../../demo/traffic/cluster-traffic';
import { counter32, counter64 } from '../../../../demo/traffic/counters';
import { UserLoad } from '../../../../demo/traffic/load';

const startMs = Date.UTC(2026, 10, 22, 9);
const running: EdgeTrafficState = { powered: true, serving: true, lbInterfaceUp: true, weight: 1 };
const names = ['e0', 'e1', 'e2', 'e3'];

function traffic(options: { standalone?: boolean } = {}): ClusterTraffic {
  const made = new ClusterTraffic(
    5,
    names,
    new UserLoad(80_000_000, 1, randomSource(3)),
    options.standalone ?? false,
    startMs,
  );
  names.forEach((_name, i) => made.setEdge(i, running, startMs));
  return made;
}

const proxyIn = (made: ClusterTraffic): number[] =>
  names.map((_name, i) => made.countersOf(i).proxy.inOctets);
const sum = (list: number[]): number => list.reduce((total, one) => total + one, 0);

describe('traffic under direct server return', () => {
  it('brings every request through the active LB’s interface and spreads it evenly', () => {
    const made = traffic();
    made.setHolder(1, startMs);
    made.countTo(startMs + 60_000);
    const served = proxyIn(made);
    const ingress = made.countersOf(1).loadBalancer.inOctets;
    // What is more than the requests is broadcast.
    expect(ingress - sum(served)).toBeCloseTo(60 * 40, 3);
    for (const one of served) expect(one / sum(served)).toBeGreaterThan(0.23);
    for (const one of served) expect(one / sum(served)).toBeLessThan(0.27);
    expect(served[0]).not.toBe(served[2]);
  });

  it('forwards what is for other edges, and sends responses past the LB', () => {
    const made = traffic();
    made.setHolder(1, startMs);
    made.countTo(startMs + 60_000);
    const served = proxyIn(made);
    const lb = made.countersOf(1).loadBalancer;
    expect(lb.outOctets).toBeCloseTo(sum(served) - served[1]!, 0);
    names.forEach((_name, i) => expect(made.countersOf(i).proxy.outOctets).toBeCloseTo(served[i]! * 9, 0));
    expect(made.countersOf(0).loadBalancer.outOctets).toBe(0);
    expect(made.countersOf(0).loadBalancer.inOctets).toBeCloseTo(60 * 40, 3);
  });

  it('stands still without an active LB, but for management and broadcast', () => {
    const made = traffic();
    made.countTo(startMs + 60_000);
    expect(sum(proxyIn(made))).toBe(0);
    expect(made.requestBitsPerSecond(0, startMs + 60_000)).toBe(0);
    expect(made.countersOf(0).management.outOctets).toBeGreaterThan(0);
  });

  it('gives a lost edge’s users to the others', () => {
    const made = traffic();
    made.setHolder(1, startMs);
    made.setEdge(3, { ...running, powered: false, serving: false, lbInterfaceUp: false }, startMs);
    made.countTo(startMs + 60_000);
    const served = proxyIn(made);
    expect(served[3]).toBe(0);
    for (const one of served.slice(0, 3)) expect(one / sum(served)).toBeCloseTo(1 / 3, 1);
    expect(made.countersOf(3).management.inOctets).toBe(0);
  });

  it('gives a heavier edge more', () => {
    const made = traffic();
    made.setHolder(1, startMs);
    made.setEdge(2, { ...running, weight: 3 }, startMs);
    made.countTo(startMs + 60_000);
    expect(proxyIn(made)[2]! / sum(proxyIn(made))).toBeCloseTo(0.5, 1);
  });

  it('needs no LB for a standalone edge', () => {
    const made = traffic({ standalone: true });
    made.countTo(startMs + 10_000);
    expect(sum(proxyIn(made))).toBeGreaterThan(0);
    expect(made.countersOf(0).loadBalancer.outOctets).toBe(0);
  });

  it('counts the same whenever it is read, and never backwards', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40_000 }), { minLength: 1, maxLength: 30 }), (gaps) => {
        const often = traffic();
        const once = traffic();
        often.setHolder(1, startMs);
        once.setHolder(1, startMs);
        let atMs = startMs;
        let before = 0;
        for (const gap of gaps) {
          atMs += gap;
          often.countTo(atMs);
          expect(often.countersOf(2).proxy.outOctets).toBeGreaterThan(before);
          before = often.countersOf(2).proxy.outOctets;
        }
        once.countTo(atMs);
        expect(often.countersOf(2).proxy.outOctets / once.countersOf(2).proxy.outOctets).toBeCloseTo(1, 6);
      }),
    );
  });

  it('counts advertisements where they leave and where they arrive', () => {
    const made = traffic();
    made.countAdvertisement(0, [1, 3]);
    expect(made.countersOf(0).loadBalancer.outOctets).toBe(70);
    expect(made.countersOf(1).loadBalancer.inOctets).toBe(70);
    expect(made.countersOf(2).loadBalancer.inOctets).toBe(0);
  });

  it('begins again at zero after a restart', () => {
    const made = traffic();
    made.preload(0, 86_400_000);
    expect(made.countersOf(0).proxy.outOctets).toBeGreaterThan(1e11);
    made.resetEdge(0, startMs + 1000);
    expect(made.countersOf(0).proxy.outOctets).toBe(0);
    expect(made.countersOf(0).management.inPackets).toBe(0);
  });
});

describe('counters as they are shown', () => {
  it('shows one value modulo 2^64 and modulo 2^32', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2 ** 53, noNaN: true }), (value) => {
        expect(BigInt(counter32(value))).toBe(counter64(value) % 2n ** 32n);
      }),
    );
    expect(counter32(2 ** 32 + 5.9)).toBe(5);
  });
});
