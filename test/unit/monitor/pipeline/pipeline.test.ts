import { describe, expect, it } from 'vitest';
import { incidentsOf } from '../../../../domain/incidents/incident-record';
import type { HeronEvent } from '../../../../domain/model/event';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { startPipeline, type Pipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

function anInventory(edges: number): Inventory {
  const cluster = {
    name: 'fra-01',
    clusterIp: '10.0.0.100',
    subnetMask: '255.255.255.0',
    defaultGateway: '10.0.0.1',
    edges: Array.from({ length: edges }, (_, index) => ({
      name: `e${index + 1}`,
      proxyIp: `10.0.0.${index + 11}`,
      managementIp: `10.0.1.${index + 11}`,
      snmp: { credential: 'noc' },
      http: {},
    })),
  };
  return identifyInventory(inventoryFileSchema.parse({ clusters: [cluster] }), null);
}

interface Scene {
  clock: FakeClock;
  history: FakeHistory;
  pipeline: Pipeline;
  events: HeronEvent[];
  of: (type: HeronEvent['type']) => HeronEvent[];
}

const second = 1_000;
const answering = (fromMs: number, more: Partial<FakeMoment> = {}): FakeMoment => ({
  fromMs,
  snmp: 'answers',
  latencyMs: 20,
  ...more,
});
const silent = (fromMs: number): FakeMoment => ({
  fromMs,
  snmp: 'silent',
  http: { code: 'timeout', words: 'no page' },
});

async function scene(scripts: Record<string, FakeMoment[]>): Promise<Scene> {
  const clock = new FakeClock();
  const source = new FakeSource(clock);
  for (const [edgeId, moments] of Object.entries(scripts)) source.script(edgeId, moments);
  const history = new FakeHistory(() => clock.nowMs());
  const events: HeronEvent[] = [];
  const pipeline = await startPipeline({
    inventory: anInventory(Object.keys(scripts).length),
    source,
    history,
    clock,
    healthIntervalMs: 10 * second,
    roleIntervalMs: second,
    version: 'test',
    random: () => 0.5,
  });
  pipeline.onEvent((event) => events.push(event));
  return { clock, history, pipeline, events, of: (type) => events.filter((event) => event.type === type) };
}

const health = (pipeline: Pipeline): string | undefined => pipeline.snapshot().clusters[0]?.health;

describe('the pipeline', () => {
  it('says that it stalled when no poll ends any more', async () => {
    const clock = new FakeClock();
    const source = new FakeSource(clock);
    source.script('e1', [answering(0)]);
    source.script('e2', [answering(0)]);
    let hangs = false;
    const never = new Promise<never>(() => undefined);
    const pipeline = await startPipeline({
      inventory: anInventory(2),
      source: {
        readHealth: (edge, deadlineMs) => (hangs ? never : source.readHealth(edge, deadlineMs)),
        readRole: (edge, deadlineMs) => (hangs ? never : source.readRole(edge, deadlineMs)),
        forget: (edgeId) => source.forget(edgeId),
        close: () => source.close(),
      },
      history: new FakeHistory(() => clock.nowMs()),
      clock,
      healthIntervalMs: 10 * second,
      roleIntervalMs: second,
      version: 'test',
      random: () => 0.5,
    });
    await clock.pass(60 * second);
    expect(pipeline.snapshot().monitor.state).toBe('ok');
    hangs = true;
    await clock.pass(20 * second);
    expect(pipeline.snapshot().monitor).toMatchObject({
      state: 'stalled',
      words: expect.stringContaining('No poll has ended for') as string,
    });
    await pipeline.stop();
  });

  it('shows a well cluster as up, with its active LB, and says so once', async () => {
    const { clock, pipeline, events, of } = await scene({
      e1: [answering(0, { role: 'master' })],
      e2: [answering(0)],
      e3: [answering(0)],
    });
    expect(health(pipeline)).toBe('unknown');
    await clock.pass(30 * second);
    expect(health(pipeline)).toBe('up');
    expect(pipeline.snapshot().clusters[0]?.activeLb).toMatchObject({ kind: 'one', edgeName: 'e1' });
    expect(of('edge-state')).toHaveLength(3);
    expect(of('cluster-state')).toMatchObject([{ from: 'unknown', to: 'up' }]);
    expect(events).toHaveLength(7);
  });

  it('turns a dead master into a failover with the old role unknown, the dead edge down and the cluster degraded', async () => {
    const { clock, pipeline, of, history } = await scene({
      e1: [answering(0, { role: 'master' }), silent(20 * second)],
      e2: [answering(0), answering(23 * second, { role: 'master' })],
      e3: [answering(0)],
    });
    const startMs = clock.nowMs();
    await clock.pass(40 * second);
    const [failover] = of('failover');
    if (failover?.type !== 'failover') throw new Error('a failover');
    expect(of('failover')).toHaveLength(1);
    expect(failover).toMatchObject({ fromEdgeName: 'e1', toEdgeName: 'e2', oldRoleAfter: 'unknown' });
    expect(failover.cause.kind).toBe('edge-unreachable');
    expect(failover.bracket.lastOldMs - startMs).toBeLessThanOrEqual(20 * second);
    expect(failover.bracket.firstNewMs - startMs).toBeGreaterThanOrEqual(23 * second);
    expect(failover.recordedAtMs - startMs).toBeLessThanOrEqual(24.5 * second);
    expect(health(pipeline)).toBe('degraded');
    const states = of('cluster-state').map((event) => (event.type === 'cluster-state' ? event.to : ''));
    expect(states).toEqual(['up', 'degraded']);
    await pipeline.stop();
    const spans = await history.spans({ subjectIds: ['e1'], fromMs: startMs, toMs: clock.nowMs() });
    expect(spans.filter((span) => span.kind === 'edge-health').map((span) => span.state)).toEqual([
      'up',
      // First it is silent; then its page is known to be gone, too: the same state for more reasons.
      'down',
      'down',
    ]);
  });

  it('does not turn a silent master into a failover while nobody took over', async () => {
    const { clock, pipeline, of } = await scene({
      e1: [answering(0, { role: 'master' }), silent(20 * second)],
      e2: [answering(0)],
    });
    await clock.pass(60 * second);
    expect(of('failover')).toEqual([]);
    expect(of('no-active-lb')).toEqual([]);
    expect(pipeline.snapshot().clusters[0]?.activeLb).toMatchObject({ kind: 'unknown', lastEdgeName: 'e1' });
  });

  it.each<[string, Partial<FakeMoment>, string]>([
    ['was cut off, as it did not restart', {}, 'cut-off'],
    ['restarted', { restarts: true }, 'edge-rebooted'],
  ])('corrects the cause once the old master answers again: it %s', async (_, back, kind) => {
    const { clock, of, history } = await scene({
      e1: [answering(0, { role: 'master' }), silent(20 * second), answering(90 * second, back)],
      e2: [answering(0), answering(23 * second, { role: 'master' })],
    });
    const startMs = clock.nowMs();
    await clock.pass(80 * second);
    const [failover] = of('failover');
    expect(failover).toMatchObject({ cause: { kind: 'edge-unreachable' } });
    expect(of('cause-corrected')).toEqual([]);
    await clock.pass(120 * second);
    const expected = { failoverMs: failover?.timeMs, fromEdgeName: 'e1', previousCause: 'edge-unreachable' };
    expect(of('cause-corrected')).toMatchObject([{ ...expected, cause: { kind } }]);
    expect((of('cause-corrected')[0]?.timeMs ?? 0) - startMs).toBeLessThanOrEqual(101 * second);
    await history.flush();
    const all = { clusterId: null, types: null, beforeId: null, limit: 1_000 };
    const [incident] = incidentsOf(await history.events(all), clock.nowMs());
    expect(incident?.cause.kind).toBe(kind);
  });

  it('names no cause when the old master was paused', async () => {
    const { clock, of } = await scene({
      e1: [
        answering(0, { role: 'master' }),
        silent(20 * second),
        // Its uptime stood still meanwhile.
        answering(90 * second, { says: { systemUptimeMs: 3_621_000, agentUptimeMs: 3_621_000 } }),
      ],
      e2: [answering(0), answering(23 * second, { role: 'master' })],
    });
    await clock.pass(95 * second);
    expect(of('failover')).toHaveLength(1);
    expect(of('cause-corrected')).toEqual([]);
  });

  it('waits for the link of an LB that reports INIT before it says that the LB stopped', async () => {
    const watch = async (operUp: boolean): Promise<Scene> => {
      const lb = { index: 3, name: 'vmx2', adminUp: true, operUp, inOctets: 0n, outOctets: 0n };
      const says = { interfaces: [{ ...lb, counterBits: 64 as const }] };
      const made = await scene({
        // Health polls end while the link is still up, and are refused when the LB moves.
        e1: [answering(0, { role: 'master' }), answering(15_300, { role: 'init', says, latencyMs: 900 })],
        e2: [answering(0), answering(15_400, { role: 'master' })],
      });
      await made.clock.pass(40 * second);
      return made;
    };
    for (const [operUp, kind] of [
      [false, 'link-cut'],
      [true, 'lb-stopped'],
    ] as const) {
      const { of } = await watch(operUp);
      const causes = [...of('failover'), ...of('cause-corrected')].map((event) =>
        'cause' in event ? event.cause?.kind : '',
      );
      expect(causes.at(-1)).toBe(kind);
      expect(causes.slice(0, -1).every((before) => before === 'unknown')).toBe(true);
    }
  });

  it('reads the old master in full before it names the cause', async () => {
    const { clock, of } = await scene({
      e1: [
        answering(0, { role: 'master' }),
        answering(15_300, {
          role: 'init',
          says: { watched: [{ table: 'process', name: 'smlb', failed: true, message: 'No smlb running' }] },
        }),
      ],
      e2: [answering(0), answering(18_400, { role: 'master' })],
    });
    await clock.pass(30 * second);
    expect(of('failover')).toMatchObject([
      { cause: { kind: 'lb-stopped', evidence: ['The LB of e1 reports INIT.', 'e1: No smlb running'] } },
    ]);
  });

  it('suspects its own network when everything falls silent, and keeps that time as a gap', async () => {
    const all = [answering(0), silent(20 * second), answering(50 * second)];
    const { clock, pipeline, of } = await scene({
      e1: [answering(0, { role: 'master' }), silent(20 * second), answering(50 * second, { role: 'master' })],
      e2: all,
      e3: all,
    });
    await clock.pass(40 * second);
    expect(health(pipeline)).toBe('unknown');
    expect(pipeline.snapshot().monitor.state).toBe('blind');
    await clock.pass(40 * second);
    expect(health(pipeline)).toBe('up');
    expect(of('gap')).toMatchObject([{ reason: 'own-network' }]);
    expect(of('edge-state').map((event) => (event.type === 'edge-state' ? event.to : ''))).not.toContain(
      'down',
    );
    expect(of('failover')).toEqual([]);
  });

  it('takes no silence from a stretch in which it stood still itself', async () => {
    const { clock, of } = await scene({ e1: [answering(0, { role: 'master' })], e2: [answering(0)] });
    await clock.pass(20 * second);
    clock.freeze(120 * second);
    await clock.pass(20 * second);
    expect(of('gap')).toMatchObject([{ reason: 'suspended' }]);
    expect(of('edge-state')).toHaveLength(2);
  });

  it('goes on watching while history cannot be written, and says so', async () => {
    const { clock, pipeline, history, of } = await scene({
      e1: [answering(0, { role: 'master' }), answering(20 * second, { role: 'init' })],
      e2: [answering(0), answering(23 * second, { role: 'master' })],
    });
    await clock.pass(10 * second);
    history.failWith('The disk is full.');
    await clock.pass(20 * second);
    expect(of('failover')).toHaveLength(1);
    expect(pipeline.snapshot().monitor.history).toMatchObject({
      state: 'failing',
      words: 'The disk is full.',
    });
  });

  it('shares traffic by what the proxies carry, and tells nothing before it has two readings', async () => {
    const busy = (perSecond: number): FakeMoment[] => [
      answering(0, {
        octetsPerSecond: [
          { in: 0, out: 0 },
          { in: perSecond, out: perSecond },
          { in: 0, out: 0 },
        ],
      }),
    ];
    const { clock, pipeline } = await scene({ e1: busy(3_000), e2: busy(1_000) });
    await clock.pass(4 * second);
    expect(pipeline.snapshot().clusters[0]?.edges[0]?.share).toBeNull();
    await clock.pass(30 * second);
    const row = pipeline.snapshot().clusters[0];
    expect(row?.edges.map((edge) => edge.share?.toFixed(2))).toEqual(['0.75', '0.25']);
    expect(row?.evenness).toBeCloseTo(0.75, 2);
  });

  it('polls nothing after it stopped', async () => {
    const { clock, pipeline } = await scene({ e1: [answering(0)], e2: [answering(0)] });
    await clock.pass(5 * second);
    await Promise.all([pipeline.stop(), clock.pass(second)]);
    const { polls } = pipeline.counts();
    await clock.pass(60 * second);
    expect(pipeline.counts().polls).toBe(polls);
  });
});
