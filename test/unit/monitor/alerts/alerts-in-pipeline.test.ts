import { describe, expect, it } from 'vitest';
import { isAlertEvent } from '../../../../domain/model/event';
import { alertsAt } from '../../../../monitor/alerts/earlier-alerts';
import { failoverScene, startScene, type Scene } from '../../../fixtures/alerts/failover-scene';

const second = 1_000;

function opened({ events }: Scene): string[] {
  return events.flatMap((event) => (event.type === 'alert' ? [event.rule] : []));
}

describe('alerts of a pipeline', () => {
  it('tell of a failover with its evidence, then of the edge that stays down, as one notification', async () => {
    const scene = failoverScene();
    const pipeline = await startScene(scene);
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
    const scene = failoverScene();
    const before = await startScene(scene);
    await scene.clock.pass(120 * second);
    const ids = before.alerts.list().alerts.map(({ id }) => id);
    await before.stop();
    scene.notices.length = 0;
    const after = await startScene(scene);
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
    const scene = failoverScene();
    const pipeline = await startScene(scene);
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

  it.each([-3_600_000, 3_600_000])(
    'wait as long as their rule requires when the clock is set by %i ms meanwhile',
    async (byMs) => {
      const scene = failoverScene();
      const pipeline = await startScene(scene);
      await scene.clock.pass(30 * second);
      const waiting = opened(scene).filter((rule) => rule === 'edge-down');
      expect(waiting).toEqual([]);
      scene.clock.stepWall(byMs);
      await scene.clock.pass(10 * second);
      expect(opened(scene)).not.toContain('edge-down');
      await scene.clock.pass(80 * second);
      expect(opened(scene)).toContain('edge-down');
      await scene.clock.pass(130 * second);
      expect(pipeline.alerts.list().alerts.filter(({ rule }) => rule === 'edge-down')).toEqual([]);
      await pipeline.stop();
    },
  );

  it('never stop polling by an error of their own', async () => {
    const scene = failoverScene();
    const pipeline = await startScene(scene);
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
