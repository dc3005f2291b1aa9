import { describe, expect, it } from 'vitest';
import type { Inventory } from '../../../../domain/inventory/inventory';
import type { HeronEvent } from '../../../../domain/model/event';
import { startPipeline, type Pipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakePathProbe, type FakePresence } from '../../../fixtures/probe/fake-path-probe';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const second = 1_000;
const [clusterIp, gateway] = ['10.0.0.100', '10.0.0.254'];
const answering: FakePresence = { fromMs: 0, is: 'answering' };

function anInventory(): Inventory {
  const edges = [1, 2].map((n) => ({
    id: `e${n}`,
    clusterId: 'c1',
    name: `e${n}`,
    status: 'enabled' as const,
    deployment: 'cluster' as const,
    proxyIp: `10.0.0.${n}`,
    lbIp: `10.0.0.${20 + n}`,
    managementIp: `10.0.0.${40 + n}`,
    subscription: `s${n}`,
    snmp: { port: 161, credential: 'noc' },
  }));
  const cluster = {
    ...{ id: 'c1', name: 'Frankfurt', status: 'enabled' as const, ipsecLocalTermination: false, edges },
    ...{ clusterIp, subnetMask: '255.255.255.0', defaultGateway: gateway },
  };
  return { credentials: [], clusters: [cluster], standaloneEdges: [] };
}

interface Scene {
  clock: FakeClock;
  pipeline: Pipeline;
  of: <T extends HeronEvent['type']>(type: T) => Extract<HeronEvent, { type: T }>[];
}

async function scene(
  scripts: Record<string, FakeMoment[]>,
  presences: Record<string, FakePresence[]>,
): Promise<Scene> {
  const clock = new FakeClock();
  const source = new FakeSource(clock);
  for (const [edgeId, moments] of Object.entries(scripts)) source.script(edgeId, moments);
  const pathProbe = new FakePathProbe(clock);
  for (const [address, moments] of Object.entries(presences)) pathProbe.script(address, moments);
  const events: HeronEvent[] = [];
  const pipeline = await startPipeline({
    inventory: anInventory(),
    source,
    pathProbe,
    history: new FakeHistory(() => clock.nowMs()),
    clock,
    healthIntervalMs: 10 * second,
    roleIntervalMs: second,
    version: 'test',
    random: () => 0.5,
    onEvent: (event) => events.push(event),
  });
  return {
    clock,
    pipeline,
    of: <T extends HeronEvent['type']>(type: T) =>
      events.filter((event): event is Extract<HeronEvent, { type: T }> => event.type === type),
  };
}

const moment = (fromMs: number, more: Partial<FakeMoment> = {}): FakeMoment => ({
  fromMs,
  snmp: 'answers',
  latencyMs: 20,
  ...more,
});
const row = ({ pipeline }: Scene) => pipeline.snapshot().clusters[0]!;
const codes = (one: Scene): string[] => row(one).reasons.map(({ code }) => code);
const well = { e1: [moment(0, { role: 'master' })], e2: [moment(0, { role: 'backup' })] };

/** The active LB stops at 20 s, the other one takes over at 22.5 s. */
const failover = {
  e1: [moment(0, { role: 'master' }), moment(20_000, { role: 'init' })],
  e2: [moment(0, { role: 'backup' }), moment(22_500, { role: 'master' })],
};

describe('the path of users in the pipeline', () => {
  it('shows that users are served, and since when', async () => {
    const one = await scene(well, { [clusterIp]: [answering], [gateway]: [answering] });
    await one.clock.pass(30 * second);
    expect(row(one).users).toMatchObject({ target: '10.0.0.100:443', state: 'served', gateway: 'answers' });
    expect(row(one).health).toBe('up');
    expect(one.of('users-gap')).toEqual([]);
  });

  it('measures the gap that users saw in a failover, as an event and in the failover', async () => {
    const one = await scene(failover, {
      [clusterIp]: [answering, { fromMs: 20_000, is: 'silent' }, { fromMs: 22_200, is: 'answering' }],
    });
    await one.clock.pass(60 * second);
    const [gap, ...others] = one.of('users-gap');
    expect(others).toEqual([]);
    expect(gap?.restored).not.toBeNull();
    expect(gap?.usersGapMs.atLeast).toBeGreaterThan(700);
    expect(gap?.usersGapMs.atLeast).toBeLessThanOrEqual(2_200);
    expect(gap?.usersGapMs.atMost).toBeGreaterThanOrEqual(2_200);
    expect(gap?.usersGapMs.atMost).toBeLessThan(4_000);
    expect(one.of('failover')[0]?.usersGapMs).toEqual(gap?.usersGapMs);
    expect(row(one).lastFailover?.usersGapMs).toEqual(gap?.usersGapMs);
    expect(row(one).health).not.toBe('down');
  });

  it('reports the final gap of a failover that was known before users were served again', async () => {
    const one = await scene(failover, {
      [clusterIp]: [answering, { fromMs: 20_000, is: 'silent' }, { fromMs: 27_000, is: 'answering' }],
    });
    await one.clock.pass(60 * second);
    expect(one.of('failover')[0]).not.toHaveProperty('usersGapMs');
    const [gap] = one.of('users-gap');
    expect(gap?.usersGapMs.atLeast).toBeGreaterThan(5_000);
    expect(gap?.usersGapMs.atMost).toBeGreaterThanOrEqual(7_000);
    expect(row(one).lastFailover?.usersGapMs).toEqual(gap?.usersGapMs);
  });

  it('reports afterwards that a move of the role was not noticed by users', async () => {
    const preempted = {
      e1: [moment(0, { role: 'master' }), moment(20_000, { role: 'backup' })],
      e2: [moment(0, { role: 'backup' }), moment(20_000, { role: 'master' })],
    };
    const one = await scene(preempted, { [clusterIp]: [answering] });
    await one.clock.pass(60 * second);
    const [gap] = one.of('users-gap');
    const [move] = [...one.of('failover'), ...one.of('failback')];
    const measured = move?.usersGapMs ?? gap?.usersGapMs;
    expect(measured?.atLeast).toBe(0);
    expect(measured?.atMost).toBeLessThan(1_200);
    expect(row(one).lastFailover?.usersGapMs).toEqual(measured);
    expect(one.of('users-gap').length).toBeLessThanOrEqual(1);
  });

  it('is down when users are not served although an LB is MASTER, and up again afterwards', async () => {
    const one = await scene(well, {
      [clusterIp]: [answering, { fromMs: 20_000, is: 'refusing' }, { fromMs: 50_000, is: 'answering' }],
    });
    await one.clock.pass(24 * second);
    expect(row(one).users?.state).toBe('not-served');
    expect(row(one).health).toBe('up');
    await one.clock.pass(10 * second);
    expect(row(one).health).toBe('down');
    expect(row(one).reasons[0]).toMatchObject({
      code: 'users-not-served',
      fact: expect.stringContaining('although e1 is MASTER') as string,
      detail: expect.stringContaining('refuses connections') as string,
    });
    await one.clock.pass(30 * second);
    expect(row(one).health).toBe('up');
    const states = one.of('cluster-state').map(({ to }) => to);
    expect(states.slice(-2)).toEqual(['down', 'up']);
    // Its bounds are those of the probes: the last answer before, and the last failure.
    const [down, up] = one.of('cluster-state').slice(-2);
    const [gap] = one.of('users-gap');
    expect(down?.stateBracket?.lastOldMs).toBe(gap?.bracket.lastOldMs);
    expect(up?.stateBracket?.lastOldMs).toBe(gap?.restored?.lastOldMs);
    expect(one.of('users-gap')).toHaveLength(1);
  });

  it('counts a probe that never worked for nothing, and says so once', async () => {
    for (const is of ['silent', 'refusing'] as const) {
      const one = await scene(failover, { [clusterIp]: [{ fromMs: 0, is }] });
      await one.clock.pass(180 * second);
      expect(row(one).users).toMatchObject({ state: 'unknown', sinceMs: null });
      expect(one.of('failover')[0]).not.toHaveProperty('usersGapMs');
      expect(one.of('users-gap')).toEqual([]);
      expect(codes(one)).not.toContain('users-not-served');
      const findings = one.of('finding').filter(({ reason }) => reason.code === 'cluster-ip-not-answering');
      expect(findings).toHaveLength(1);
      expect(findings[0]?.reason.fact).toContain('10.0.0.100 on TCP port 443');
    }
  });

  it('does not accuse the cluster while its own way there may be lost', async () => {
    const gone: FakeMoment = { fromMs: 20_000, snmp: 'silent' };
    const one = await scene(
      { e1: [moment(0, { role: 'master' }), gone], e2: [moment(0, { role: 'backup' }), gone] },
      {
        [clusterIp]: [answering, { fromMs: 20_000, is: 'silent' }],
        [gateway]: [answering, { fromMs: 20_000, is: 'silent' }],
      },
    );
    await one.clock.pass(60 * second);
    expect(row(one).users).toMatchObject({ state: 'unknown', gateway: 'silent' });
    expect(row(one).health).toBe('unknown');
    expect(row(one).reasons[0]).toMatchObject({
      code: 'path-lost',
      fact: 'The path to 10.0.0.0/24 is lost: its gateway 10.0.0.254 is silent, too.',
    });
  });

  it('is down when all edges and the cluster IP are silent while the gateway answers', async () => {
    const gone: FakeMoment = { fromMs: 20_000, snmp: 'silent' };
    const one = await scene(
      { e1: [moment(0, { role: 'master' }), gone], e2: [moment(0, { role: 'backup' }), gone] },
      { [clusterIp]: [answering, { fromMs: 20_000, is: 'silent' }], [gateway]: [answering] },
    );
    await one.clock.pass(60 * second);
    expect(row(one).health).toBe('down');
    expect(codes(one)).toEqual(expect.arrayContaining(['users-not-served', 'gateway-answers', 'all-silent']));
  });

  it('says that users are served where only the agents are silent', async () => {
    const gone: FakeMoment = { fromMs: 20_000, snmp: 'silent' };
    const one = await scene(
      { e1: [moment(0, { role: 'master' }), gone], e2: [moment(0, { role: 'backup' }), gone] },
      { [clusterIp]: [answering], [gateway]: [answering] },
    );
    await one.clock.pass(60 * second);
    expect(row(one).health).toBe('unknown');
    expect(codes(one)[0]).toBe('served-but-silent');
  });

  it('names the contradiction when users are served while no LB reports MASTER', async () => {
    const one = await scene(
      {
        e1: [moment(0, { role: 'master' }), moment(20_000, { role: 'backup' })],
        e2: [moment(0, { role: 'backup' })],
      },
      { [clusterIp]: [answering] },
    );
    await one.clock.pass(24 * second);
    expect(row(one).health).toBe('no-active-lb');
    expect(codes(one)).not.toContain('served-without-active-lb');
    await one.clock.pass(36 * second);
    expect(row(one).health).toBe('no-active-lb');
    expect(row(one).reasons.map(({ fact }) => fact)).toEqual([
      'No LB reports MASTER.',
      'Users are served through 10.0.0.100:443 all the same.',
    ]);
  });

  it('probes nothing where it is switched off', async () => {
    const clock = new FakeClock();
    const pathProbe = new FakePathProbe(clock);
    const inventory = anInventory();
    inventory.clusters[0]!.probe = { kind: 'off' };
    const pipeline = await startPipeline({
      ...{ inventory, source: new FakeSource(clock), pathProbe, clock, version: 'test' },
      history: new FakeHistory(() => clock.nowMs()),
      ...{ healthIntervalMs: 10 * second, roleIntervalMs: second, random: () => 0.5 },
    });
    await clock.pass(20 * second);
    expect(pathProbe.probes).toEqual([]);
    expect(pipeline.snapshot().clusters[0]?.users).toBeNull();
    await pipeline.stop();
  });

  it('forgets what it knew when the cluster IP changes', async () => {
    const one = await scene(well, { [clusterIp]: [answering], [gateway]: [answering] });
    await one.clock.pass(20 * second);
    const next = anInventory();
    next.clusters[0]!.clusterIp = '10.0.0.101';
    await one.pipeline.applyInventory(next);
    await one.clock.pass(20 * second);
    expect(row(one).users).toMatchObject({ target: '10.0.0.101:443', state: 'unknown' });
    expect(row(one).health).toBe('up');
    await one.pipeline.stop();
  });
});
