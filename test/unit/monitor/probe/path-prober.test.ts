import { describe, expect, it } from 'vitest';
import type { ProbeTarget } from '../../../../domain/inventory/probe-target';
import type { ProbeResult } from '../../../../domain/model/probe';
import { PathProber, type ProbedPath } from '../../../../monitor/probe/path-prober';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakePathProbe, type FakePresence } from '../../../fixtures/probe/fake-path-probe';

const target = (n: number, more: Partial<ProbeTarget> = {}): ProbeTarget => ({
  kind: 'tcp',
  address: `10.0.${n}.10`,
  port: 443,
  path: '/',
  intervalMs: 1_000,
  gateway: `10.0.${n}.1`,
  nobody: `10.0.${n}.0`,
  ...more,
});
const path = (n: number, more?: Partial<ProbeTarget>): ProbedPath => ({
  clusterId: `c${n}`,
  target: target(n, more),
});

function scene(paths: ProbedPath[], scripts: Record<string, FakePresence[]>) {
  const clock = new FakeClock();
  const probe = new FakePathProbe(clock);
  for (const [address, moments] of Object.entries(scripts)) probe.script(address, moments);
  const results: ({ clusterId: string } & ProbeResult)[] = [];
  const gateways: ({ clusterIds: readonly string[] } & ProbeResult)[] = [];
  const prober = new PathProber(paths, {
    clock,
    probe,
    random: () => 0.5,
    onProbe: (clusterId, result) => results.push({ clusterId, ...result }),
    onGateway: (clusterIds, result) => gateways.push({ clusterIds, ...result }),
  });
  const of = (address: string): number[] =>
    probe.probes.flatMap((one) => (one.address === address ? [one.atMs] : []));
  return { clock, probe, prober, results, gateways, of };
}

describe('the prober of paths', () => {
  it('goes on probing after errors in Heron: in a probe, and in what is done with its result', async () => {
    const { clock, probe, prober, of } = scene([], { '10.0.1.10': [{ fromMs: 0, is: 'answering' }] });
    prober.stop();
    const ask = probe.service.bind(probe);
    let calls = 0;
    probe.service = (...args) => {
      calls += 1;
      return calls === 2 ? Promise.reject(new Error('planted')) : ask(...args);
    };
    let results = 0;
    new PathProber([path(1)], {
      clock,
      probe,
      random: () => 0.5,
      onProbe: () => {
        results += 1;
        if (results === 3) throw new Error('planted');
      },
      onGateway: () => undefined,
    });
    await clock.pass(20_000);
    expect(of('10.0.1.10').length).toBeGreaterThan(10);
    expect(results).toBeGreaterThan(10);
  });

  it('probes once a second while it is answered, and its gateway every five', async () => {
    const { clock, of } = scene([path(1)], {
      '10.0.1.10': [{ fromMs: 0, is: 'answering' }],
      '10.0.1.1': [{ fromMs: 0, is: 'refusing' }],
    });
    await clock.pass(20_400);
    expect(of('10.0.1.10').slice(0, 3)).toEqual([500, 1_500, 2_500]);
    expect(of('10.0.1.10')).toHaveLength(20);
    expect(of('10.0.1.1')).toHaveLength(4);
  });

  it('probes faster while one that worked fails, for a quarter of a minute, and never twice at once', async () => {
    const { clock, probe, of } = scene([path(1)], {
      '10.0.1.10': [
        { fromMs: 0, is: 'answering' },
        { fromMs: 10_000, is: 'silent' },
      ],
    });
    await clock.pass(10_000);
    const before = of('10.0.1.10').length;
    await clock.pass(10_000);
    const steps = of('10.0.1.10').slice(before);
    expect(steps.length).toBeGreaterThan(40);
    expect(probe.running).toBeLessThanOrEqual(2);
    const gaps = steps.slice(1).map((atMs, index) => atMs - (steps[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThan(250);
    await clock.pass(60_000);
    const late = of('10.0.1.10').filter((atMs) => atMs > 40_000);
    expect(late.length / 40).toBeCloseTo(1, 0);
  });

  it('asks one that has never answered less and less', async () => {
    const { clock, of, results } = scene([path(1)], {});
    await clock.pass(60_000);
    const soon = of('10.0.1.10').length;
    await clock.pass(600_000);
    expect(soon).toBeGreaterThan(30);
    expect(of('10.0.1.10').length - soon).toBeLessThan(45);
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['failed']));
  });

  it('keeps a silent fleet from using up sockets', async () => {
    const paths = Array.from({ length: 1_000 }, (_, n) =>
      path(n % 250, { address: `10.1.${n >> 8}.${n % 256}` }),
    );
    const { clock, probe } = scene(
      paths.map((one, n) => ({ ...one, clusterId: `c${n}` })),
      {},
    );
    let most = 0;
    for (let step = 0; step < 40; step += 1) {
      await clock.pass(200);
      most = Math.max(most, probe.running);
    }
    expect(most).toBeGreaterThan(100);
    expect(most).toBeLessThanOrEqual(128);
  });

  it('probes a large fleet less often', async () => {
    const paths = Array.from({ length: 1_000 }, (_, n) => ({
      clusterId: `c${n}`,
      target: target(1, { address: `10.1.${n >> 8}.${n % 256}` }),
    }));
    const answering = paths.map((one) => [one.target.address, [{ fromMs: 0, is: 'answering' as const }]]);
    const { clock, results } = scene(paths, Object.fromEntries(answering) as Record<string, FakePresence[]>);
    await clock.pass(12_600);
    expect(results.length / 1_000).toBe(3);
  });

  it('stops probing what was removed, and keeps what did not change', async () => {
    const answering: FakePresence[] = [{ fromMs: 0, is: 'answering' }];
    const { clock, prober, results, of } = scene([path(1), path(2)], {
      '10.0.1.10': answering,
      '10.0.2.10': answering,
      '10.0.3.10': answering,
    });
    await clock.pass(5_000);
    prober.retarget([path(1), path(3)]);
    const [first, second] = [of('10.0.1.10').length, of('10.0.2.10').length];
    await clock.pass(5_000);
    expect(of('10.0.1.10').length - first).toBe(5);
    expect(of('10.0.2.10')).toHaveLength(second);
    expect(of('10.0.3.10')).toHaveLength(5);
    prober.stop();
    const count = results.length;
    await clock.pass(5_000);
    expect(results).toHaveLength(count);
  });

  it('asks a gateway once for all clusters behind it', async () => {
    const shared = { gateway: '10.0.0.1', nobody: '10.0.0.0' };
    const { clock, gateways } = scene([path(1, shared), path(2, shared)], {
      '10.0.0.1': [{ fromMs: 0, is: 'answering' }],
    });
    await clock.pass(4_000);
    expect(gateways).toHaveLength(1);
    expect(gateways[0]).toMatchObject({ clusterIds: ['c1', 'c2'], outcome: 'answered' });
  });
});
