import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../lab/edge';
import { missingForLab } from '../../lab/requirements';
import type { VrrpInstance } from '../../lab/vrrp/vrrp-config';
import { clusterGroup, VrrpLab, type VrrpTruth } from '../../lab/vrrp/vrrp-lab';
import { RunningHeron, type Line } from '../cli/running-heron';

/** keepalived runs its notify script this much after it changed its state, at most, on a busy machine. */
const notifyLagMs = 700;
/** The other way round: lb-3 is preferred. Its name makes it the first row of KEEPALIVED-MIB. */
const otherGroup: VrrpInstance = {
  ...{ name: 'VI_0', vhid: 52, virtualIp: '10.99.0.200', priorities: [50, 100, 150] },
};

/** What Heron makes of real VRRP elections, with keepalived as AgentX sub-agent: judged by what keepalived itself did. */
describe('heron watch on real keepalived', () => {
  const lab = new VrrpLab();
  let heron: RunningHeron;
  let missing: string | null = null;
  let seen = 0;

  beforeAll(async () => {
    missing = await missingForLab();
    if (missing !== null) return console.warn(`The tests of the keepalived lab are skipped. ${missing}`);
    await lab.up();
    for (const node of lab.nodes) node.configure([clusterGroup]);
    for (const number of [2, 3]) lab.node(number).startKeepalived();
    await becomes('lb-2', 'MASTER', 0);
    heron = RunningHeron.inNamespace(
      lab.poller,
      ['watch', '--inventory', lab.inventoryFile()],
      lab.environment,
    );
    await heron.line('the active LB', (line) => isRole(line, 'lb-2', 'master'), 30_000);
  }, 60_000);
  beforeEach((context) => {
    if (missing !== null) context.skip(missing);
    seen = heron.lines.length;
  });
  afterAll(async () => {
    if (missing === null) await heron.kill();
    await lab.down();
  });

  const isRole = (line: Line, edge: string, to: string): boolean =>
    line.type === 'lb-role' && line['edge'] === edge && line['to'] === to;
  const isMove = ({ type }: Line): boolean => type === 'failover' || type === 'failback';
  const fresh = (): Line[] => heron.lines.slice(seen);
  const next = (what: string, fits: (line: Line) => boolean, deadlineMs = 20_000): Promise<Line> =>
    heron.line(what, (line) => heron.lines.indexOf(line) >= seen && fits(line), deadlineMs);
  const movesNow = (): unknown[] =>
    fresh()
      .filter(isMove)
      .map(({ from, to }) => [from, to]);

  /** Waits for a state that keepalived reached after a time. */
  async function becomes(node: string, state: string, afterMs: number): Promise<VrrpTruth> {
    const found = (): VrrpTruth | undefined =>
      lab.truth().find((line) => line.node === node && line.state === state && line.timeMs >= afterMs);
    await waitFor(() => found() !== undefined, 20_000, `${node} does not become ${state}`);
    return found()!;
  }

  /** Waits for the move that this truth is, and holds its bracket against it. */
  async function expectMove(
    type: string,
    from: string,
    to: string,
    lostMs: number,
    afterMs: number,
  ): Promise<Line> {
    const truth = await becomes(to, 'MASTER', afterMs);
    const line = await next(`${type} to ${to}`, (one) => isMove(one) && one['to'] === to);
    expect(line).toMatchObject({ type, from, to });
    const bracket = line['bracket'] as { lastOld: string; firstNew: string };
    expect(Date.parse(bracket.lastOld)).toBeLessThanOrEqual(lostMs);
    expect(Date.parse(bracket.firstNew)).toBeGreaterThanOrEqual(truth.timeMs - notifyLagMs);
    return line;
  }

  async function expectReturn(afterMs: number): Promise<void> {
    const master = await becomes('lb-1', 'MASTER', afterMs);
    await expectMove('failback', 'lb-2', 'lb-1', master.timeMs + notifyLagMs, afterMs);
  }

  it('finds the source of a node that starts late, and its preemption', async () => {
    const degraded = (line: Line): boolean =>
      line.type === 'edge-state' && line['edge'] === 'lb-1' && line['to'] === 'degraded';
    expect((await heron.line('a reason', degraded))['reasons']).toMatchObject([
      { code: 'role-not-reported' },
    ]);
    const startedMs = Date.now();
    lab.node(1).startKeepalived();
    await expectReturn(startedMs);
    expect(movesNow()).toEqual([['lb-2', 'lb-1']]);
  }, 60_000);

  it('says which service stopped, and when it returns', async () => {
    const stoppedMs = Date.now();
    await lab.node(1).stopKeepalived();
    const failover = await expectMove('failover', 'lb-1', 'lb-2', stoppedMs + notifyLagMs, stoppedMs);
    expect(failover['cause']).toMatchObject({ kind: 'lb-stopped' });
    expect((failover['cause'] as { evidence: string[] }).evidence[0]).toMatch(
      /its LB service stopped reporting between/,
    );
    const startedMs = Date.now();
    lab.node(1).startKeepalived();
    await expectReturn(startedMs);
    expect(movesNow()).toEqual([
      ['lb-1', 'lb-2'],
      ['lb-2', 'lb-1'],
    ]);
  }, 60_000);

  it('sees a kill two role polls after the take-over', async () => {
    const killedMs = Date.now();
    await lab.node(1).killKeepalived();
    const failover = await expectMove('failover', 'lb-1', 'lb-2', killedMs, killedMs);
    const master = await becomes('lb-2', 'MASTER', killedMs);
    expect(Date.parse(failover.recordedAt) - master.timeMs).toBeLessThan(3_500);
    expect(failover['cause']).toMatchObject({ kind: 'lb-stopped' });
    const gap = failover['gapMs'] as { atLeast: number; atMost: number };
    expect(gap.atMost).toBeGreaterThanOrEqual(master.timeMs - killedMs - notifyLagMs);
    const startedMs = Date.now();
    lab.node(1).startKeepalived();
    await expectReturn(startedMs);
  }, 60_000);

  it('sees both moves of a restart of two seconds, and no unknown cluster', async () => {
    const stoppedMs = Date.now();
    await lab.node(1).stopKeepalived();
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const startedMs = Date.now();
    lab.node(1).startKeepalived();
    await expectMove('failover', 'lb-1', 'lb-2', stoppedMs + notifyLagMs, stoppedMs);
    await expectReturn(startedMs);
    expect(fresh().filter(({ type, to }) => type === 'cluster-state' && to === 'unknown')).toEqual([]);
  }, 60_000);

  it('sees an LB interface lose its cable', async () => {
    const cutMs = Date.now();
    await lab.setCable(1, false);
    const failover = await expectMove('failover', 'lb-1', 'lb-2', cutMs + notifyLagMs, cutMs);
    expect((failover['cause'] as { kind: string }).kind).not.toBe('edge-died');
    const pluggedMs = Date.now();
    await lab.setCable(1, true);
    await expectReturn(pluggedMs);
  }, 60_000);

  it('calls two masters of one group a split brain, and no failover', async () => {
    const cutMs = Date.now();
    await lab.setIsolated(1, true);
    await becomes('lb-2', 'MASTER', cutMs);
    expect(await next('a split brain', ({ type }) => type === 'split-brain')).toMatchObject({
      edges: ['lb-1', 'lb-2'],
    });
    const healedMs = Date.now();
    await lab.setIsolated(1, false);
    await becomes('lb-2', 'BACKUP', healedMs);
    await next('the other one passive', (line) => isRole(line, 'lb-2', 'backup'));
    expect(movesNow()).toEqual([]);
  }, 60_000);

  it('follows a reload that moves the rows, and tells two groups apart', async () => {
    for (const node of lab.nodes) {
      node.configure([otherGroup, clusterGroup]);
      node.reloadKeepalived();
    }
    await waitFor(
      () => lab.truth(otherGroup.name).some(({ node, state }) => node === 'lb-3' && state === 'MASTER'),
      20_000,
      'no master of the other group',
    );
    const stoppedMs = Date.now();
    await lab.node(1).stopKeepalived();
    await expectMove('failover', 'lb-1', 'lb-2', stoppedMs + notifyLagMs, stoppedMs);
    expect(movesNow()).toEqual([['lb-1', 'lb-2']]);
    const startedMs = Date.now();
    lab.node(1).startKeepalived();
    await expectReturn(startedMs);
    expect(fresh().filter(({ type }) => type === 'split-brain')).toEqual([]);
  }, 90_000);

  it('invents nothing when the agent of the active LB is restarted', async () => {
    await lab.node(1).stopSnmpd();
    lab.node(1).startSnmpd();
    // keepalived connects to its agent again after a while; until then the agent answers without its MIB.
    await next('an unknown role', (line) => isRole(line, 'lb-1', 'unknown'), 30_000);
    await next('the master again', (line) => isRole(line, 'lb-1', 'master'), 40_000);
    expect(movesNow()).toEqual([]);
    expect(fresh().filter(({ type }) => ['no-active-lb', 'split-brain'].includes(type))).toEqual([]);
  }, 90_000);

  it('sees a take-over from a keepalived that hangs, whose edge is not down', async () => {
    const hungMs = Date.now();
    await lab.node(1).signalKeepalived('SIGSTOP');
    await expectMove('failover', 'lb-1', 'lb-2', hungMs, hungMs);
    const continuedMs = Date.now();
    await lab.node(1).signalKeepalived('SIGCONT');
    // By its own account it was master all the time: the other one yields. Its agent has dropped it, and has no role of it for a while.
    await becomes('lb-2', 'BACKUP', continuedMs);
    await next('the other one passive', (line) => isRole(line, 'lb-2', 'backup'));
    expect(fresh().filter(({ type, to }) => type === 'edge-state' && to === 'down')).toEqual([]);
    expect(fresh().filter(({ type }) => ['no-active-lb', 'split-brain'].includes(type))).toEqual([]);
  }, 90_000);
});
