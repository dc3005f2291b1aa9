import { describe, expect, it } from 'vitest';
import { DemoFleet, FaultRefused } from '../../../../demo/fleet/demo-fleet';
import { healthy } from '../../../../demo/faults/conditions';
import { defaultScript } from '../../../../demo/script/script';
import type { FaultTruth, RoleTruth, TruthEntry } from '../../../../demo/fleet/truth';
import type { FaultRequest } from '../../../../demo/faults/fault';

const startMs = Date.UTC(2026, 10, 22, 12);

function fleet(clusters = 2): { fleet: DemoFleet; truth: TruthEntry[]; roles: () => RoleTruth[] } {
  const truth: TruthEntry[] = [];
  const made = new DemoFleet({ seed: 1, clusters, startMs, onTruth: (entry) => truth.push(entry) });
  return {
    fleet: made,
    truth,
    roles: () => truth.filter((entry): entry is RoleTruth => entry.kind === 'role'),
  };
}

const cluster = (made: DemoFleet, name: string) => made.clusters.find((one) => one.plan.name === name)!;
const edge = (made: DemoFleet, name: string) =>
  made.clusters.flatMap((one) => one.edges).find((one) => one.plan.name === name)!;
const ask = (kind: FaultRequest['kind'], rest: Partial<FaultRequest> = {}): FaultRequest => ({
  kind,
  cluster: 'fra-01',
  ...rest,
});

describe('a demo fleet', () => {
  it('begins settled: one master in each cluster, no true event yet', () => {
    const { fleet: made, truth } = fleet(6);
    for (const one of made.clusters) expect(one.masters()).toHaveLength(one.plan.standalone ? 0 : 1);
    expect(truth).toEqual([]);
  });

  it('fails over when the active LB dies and back when it returns, each at its exact time', () => {
    const { fleet: made, roles, truth } = fleet();
    const [old] = cluster(made, 'fra-01').masters();
    made.request(ask('lb-dies', { forSeconds: 45 }), startMs + 15_000);
    made.advanceTo(startMs + 59_000);
    const [lost, gained] = roles();
    expect(lost).toMatchObject({
      atMs: startMs + 15_000,
      edge: old,
      from: 'master',
      to: 'init',
      masters: [],
    });
    expect(gained).toMatchObject({ from: 'backup', to: 'master', masters: [gained!.edge] });
    expect(gained!.atMs - lost!.atMs).toBeGreaterThan(1900);
    expect(gained!.atMs - lost!.atMs).toBeLessThan(3700);
    expect(edge(made, old!).conditions).toMatchObject({ lbRunning: false, powered: true });
    made.advanceTo(startMs + 120_000);
    expect(cluster(made, 'fra-01').masters()).toEqual([old]);
    const ended = truth.find((entry): entry is FaultTruth => entry.kind === 'fault' && entry.phase === 'end');
    expect(ended).toMatchObject({ atMs: startMs + 60_000, fault: 'lb-dies', edge: old });
  });

  it('reports the same truth however late it is advanced', () => {
    const early = fleet();
    const late = fleet();
    for (const { fleet: made } of [early, late]) {
      made.request(ask('rolling-update', { forSeconds: 7 }), startMs + 1000);
      made.request(ask('split', { cluster: 'gru-01', forSeconds: 33 }), startMs + 2000);
    }
    for (let ms = 0; ms <= 400_000; ms += 333) early.fleet.advanceTo(startMs + ms);
    early.fleet.advanceTo(startMs + 400_000);
    late.fleet.advanceTo(startMs + 400_000);
    const inOrder = (list: TruthEntry[]) => list.map((entry) => JSON.stringify(entry)).sort();
    expect(inOrder(early.truth)).toEqual(inOrder(late.truth));
    expect(early.truth.length).toBeGreaterThan(8);
  });

  it('reboots: silent, then back with uptime and counters from zero and one more boot', () => {
    const { fleet: made } = fleet();
    const [name] = cluster(made, 'fra-01').masters();
    const one = edge(made, name!);
    const bootsBefore = one.boots;
    expect(one.counters.proxy.outOctets).toBeGreaterThan(1e9);
    made.request(ask('reboot', { forSeconds: 10 }), startMs + 1000);
    expect(one.conditions.powered).toBe(false);
    made.advanceTo(startMs + 11_500);
    expect(one.conditions.powered).toBe(true);
    expect(one.boots).toBe(bootsBefore + 1);
    expect(one.agentUptimeMs(startMs + 11_500)).toBe(500);
    expect(one.counters.proxy.outOctets).toBeLessThan(1e8);
  });

  it('updates one edge after another, never two at a time, and ends by itself', () => {
    const { fleet: made } = fleet();
    made.request(ask('rolling-update', { cluster: 'gru-01', forSeconds: 20 }), startMs);
    const away = new Set<string>();
    for (let ms = 0; ms <= 220_000; ms += 1000) {
      made.advanceTo(startMs + ms);
      const off = cluster(made, 'gru-01').edges.filter((one) => !one.conditions.powered);
      expect(off.length).toBeLessThanOrEqual(1);
      for (const one of off) away.add(one.plan.name);
    }
    expect(away.size).toBe(4);
    expect(made.activeFaults()).toEqual([]);
    expect(cluster(made, 'gru-01').masters()).toHaveLength(1);
  });

  it('splits into two masters and heals into one', () => {
    const { fleet: made } = fleet();
    made.request(ask('split'), startMs);
    made.advanceTo(startMs + 5000);
    expect(cluster(made, 'fra-01').masters()).toHaveLength(2);
    made.request(ask('heal'), startMs + 5000);
    made.advanceTo(startMs + 8000);
    expect(cluster(made, 'fra-01').masters()).toHaveLength(1);
    expect(made.activeFaults()).toEqual([]);
  });

  it('restores everything at once', () => {
    const { fleet: made } = fleet();
    made.request(ask('edge-dies', { edge: 'fra-01-02' }), startMs);
    made.request(ask('cpu-high', { edge: 'fra-01-03' }), startMs);
    expect(edge(made, 'fra-01-03').cpuPercent(startMs + 1)).toBeGreaterThan(90);
    expect(made.restoreAll(startMs + 5000)).toHaveLength(2);
    expect(edge(made, 'fra-01-02').conditions.powered).toBe(true);
    expect(edge(made, 'fra-01-03').cpuPercent(startMs + 5001)).toBeLessThan(90);
  });

  it('plays the default script for an hour without a refusal, and is whole at its end', () => {
    const { fleet: made, roles } = fleet(6);
    const plans = made.clusters.map((one) => one.plan).filter((plan) => !plan.standalone);
    const sizes = plans.map((plan) => ({ name: plan.name, edges: plan.edges.length }));
    for (const step of defaultScript(1, sizes)) {
      if (step.atSeconds > 3600) break;
      made.request(step.request, startMs + step.atSeconds * 1000);
      const troubled = new Set(made.activeFaults().map((fault) => fault.cluster));
      expect(troubled.size).toBeLessThanOrEqual(2);
    }
    made.restoreAll(startMs + 3_600_000);
    made.advanceTo(startMs + 3_620_000);
    expect(roles().length).toBeGreaterThan(60);
    for (const one of made.clusters) {
      expect(one.masters()).toHaveLength(one.plan.standalone ? 0 : 1);
      for (const each of one.edges) expect(each.conditions).toEqual(healthy);
    }
  });

  it('leaves other clusters alone', () => {
    const { fleet: made, roles } = fleet();
    made.request(ask('lb-dies'), startMs);
    made.advanceTo(startMs + 60_000);
    expect(new Set(roles().map((entry) => entry.cluster))).toEqual(new Set(['fra-01']));
  });

  it.each([
    [ask('lb-dies', { cluster: 'nowhere' }), /no cluster "nowhere".*fra-01, gru-01, mad-trial/],
    [ask('lb-dies', { edge: 'gru-01-01' }), /no edge "gru-01-01" in fra-01.*fra-01-01/],
    [ask('split', { cluster: 'mad-trial' }), /standalone/],
  ])('%j is refused with what to do', (request, words) => {
    const { fleet: made, truth } = fleet();
    expect(() => made.request(request, startMs)).toThrow(FaultRefused);
    expect(() => made.request(request, startMs)).toThrow(words);
    expect(truth).toEqual([]);
  });
});
