import { describe, expect, it } from 'vitest';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import type { AlertNotice } from '../../../../domain/model/alert';
import { isAlertEvent, type HeronEvent } from '../../../../domain/model/event';
import { alertsAt } from '../../../../monitor/alerts/earlier-alerts';
import { startPipeline, type Pipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const second = 1_000;

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

interface Scene {
  clock: FakeClock;
  source: FakeSource;
  history: FakeHistory;
  events: HeronEvent[];
  notices: AlertNotice[];
}

/** The master of four dies 20 s after the beginning, and its first backup takes over. */
function aScene(): Scene {
  const clock = new FakeClock();
  const source = new FakeSource(clock);
  source.script('e1', [answering(0, { role: 'master' }), silent(20 * second), answering(200 * second)]);
  source.script('e2', [answering(0), answering(22 * second, { role: 'master' })]);
  for (const edge of ['e3', 'e4']) source.script(edge, [answering(0)]);
  return { clock, source, history: new FakeHistory(() => clock.nowMs()), events: [], notices: [] };
}

async function start({ clock, source, history, events, notices }: Scene): Promise<Pipeline> {
  const pipeline = await startPipeline({
    ...{ inventory: anInventory(4), source, history, clock },
    ...{ healthIntervalMs: 5 * second, roleIntervalMs: second, version: 'test' },
    random: () => 0.5,
    onEvent: (event) => events.push(event),
  });
  pipeline.alerts.onNotice((notice) => notices.push(notice));
  return pipeline;
}

function opened({ events }: Scene): string[] {
  return events.flatMap((event) => (event.type === 'alert' ? [event.rule] : []));
}

describe('alerts of a pipeline', () => {
  it('tell of a failover with its evidence, then of the edge that stays down, as one notification', async () => {
    const scene = aScene();
    const pipeline = await start(scene);
    await scene.clock.pass(120 * second);
    expect(opened(scene)).toEqual(['failover', 'edge-down']);
    const failover = scene.events.find(({ type }) => type === 'failover');
    const alert = scene.events.find((event) => event.type === 'alert' && event.rule === 'failover');
    expect(failover && alert).toMatchObject({
      bracket: failover && 'bracket' in failover ? failover.bracket : null,
      cause: failover && 'cause' in failover ? failover.cause : null,
      detectionMs: { atLeast: expect.any(Number) as number, atMost: expect.any(Number) as number },
    });
    expect(new Set(scene.notices.map(({ groupId }) => groupId)).size).toBe(1);
    expect(pipeline.alerts.list().alerts).toMatchObject([
      { rule: 'edge-down', edgeName: 'e1', incident: { id: expect.any(Number) as number } },
    ]);
    await pipeline.stop();
  });

  it('go on after a restart without being told again, and end when the edge is back', async () => {
    const scene = aScene();
    const before = await start(scene);
    await scene.clock.pass(120 * second);
    const ids = before.alerts.list().alerts.map(({ id }) => id);
    await before.stop();
    scene.notices.length = 0;
    const after = await start(scene);
    await scene.clock.pass(30 * second);
    expect(after.alerts.list().alerts.map(({ id }) => id)).toEqual(ids);
    expect(scene.notices).toEqual([]);
    await scene.clock.pass(120 * second);
    expect(after.alerts.list().alerts).toEqual([]);
    const cleared = scene.events.filter(isAlertEvent).filter(({ type }) => type === 'alert-cleared');
    expect(cleared.map(({ rule }) => rule)).toEqual(['failover', 'edge-down']);
    await after.stop();
  });

  it('are acknowledged together with their row, and the history has the list of that time', async () => {
    const scene = aScene();
    const pipeline = await start(scene);
    await scene.clock.pass(120 * second);
    const [alert] = pipeline.alerts.list().alerts;
    const given = { by: 'noc', words: 'On it.', until: { kind: 'recovers' as const }, sticky: false };
    const input = { ids: [alert?.id ?? ''], ...given, assignee: 'field', withdrawn: false };
    expect(pipeline.alerts.acknowledge(input)).toBe(true);
    expect(pipeline.snapshot().clusters[0]?.acknowledged).toMatchObject({ by: 'noc', words: 'On it.' });
    await scene.clock.pass(5 * second);
    const at = await alertsAt(scene.history, Math.round(scene.clock.nowMs()));
    expect(at.alerts).toMatchObject([{ rule: 'edge-down', acknowledged: { by: 'noc' }, assignee: 'field' }]);
    expect(pipeline.alerts.acknowledge({ ...input, ids: ['edge-down-1-1'] })).toBe(false);
    await pipeline.stop();
  });

  it('never stop polling by an error of their own', async () => {
    const scene = aScene();
    const pipeline = await start(scene);
    pipeline.alerts.onNotice(() => {
      throw new Error('a channel failed');
    });
    await scene.clock.pass(60 * second);
    const before = pipeline.counts().polls;
    await scene.clock.pass(60 * second);
    expect(pipeline.counts().polls).toBeGreaterThan(before + 100);
    expect(opened(scene)).toEqual(['failover', 'edge-down']);
    await pipeline.stop();
  });
});
