import { describe, expect, it } from 'vitest';
import { AlertWorld, failoverEvent } from '../../../fixtures/alerts/alert-world';

const cutOff = {
  health: 'no-active-lb' as const,
  reasons: [{ code: 'no-active-lb', fact: 'Users are cut off.', detail: '' }],
};
const noSpare = {
  health: 'no-redundancy' as const,
  reasons: [{ code: 'no-redundancy', fact: 'One more loss cuts users off.', detail: '' }],
};
const up = { health: 'up' as const, reasons: [] };
const down = {
  health: 'down' as const,
  reasons: [{ code: 'silent', fact: 'Only fra-01-01 is not responding.', detail: '' }],
};

function rulesOf(world: AlertWorld): string[] {
  return world.book
    .list(world.nowMs)
    .alerts.map(({ rule, state }) => (state === 'over' ? `${rule} over` : rule));
}

describe('an alert book', () => {
  it('tells once what lasts, with its evidence', () => {
    const world = new AlertWorld(['fra-01'], 3);
    world.setEdge('fra-01', 0, down);
    world.pass(25_000);
    expect(rulesOf(world)).toEqual([]);
    world.pass(10_000);
    expect(rulesOf(world)).toEqual(['edge-down']);
    world.pass(600_000);
    expect(world.notices.map(({ kind, title }) => [kind, title])).toEqual([
      ['opened', 'Edge down: fra-01-01'],
    ]);
    world.setEdge('fra-01', 0, up);
    world.pass(60_000);
    expect(rulesOf(world)).toEqual([]);
    expect(world.notices.map(({ kind }) => kind)).toEqual(['opened', 'cleared']);
    expect(world.events.map(({ type }) => type)).toEqual(['alert', 'alert-cleared']);
  });

  it('tells a failover at once, with bracket, cause and detection latency', () => {
    const world = new AlertWorld(['fra-01'], 3);
    world.add(failoverEvent('fra-01', world.nowMs));
    world.settle();
    const [alert] = world.book.list(world.nowMs).alerts;
    expect(alert).toMatchObject({
      rule: 'failover',
      severity: 'info',
      evidence: {
        bracket: { lastOldMs: world.nowMs - 3_500, firstNewMs: world.nowMs - 400 },
        cause: { kind: 'edge-died' },
        detectionMs: { atLeast: 400, atMost: 3_500 },
      },
    });
    expect(world.notices).toHaveLength(1);
  });

  it('puts symptoms under their cause, and tells what stays when the cause is over', () => {
    const world = new AlertWorld(['fra-01'], 3);
    world.setRow('fra-01', cutOff);
    world.setEdge('fra-01', 0, down);
    world.pass(60_000);
    const [alert] = world.book.list(world.nowMs).alerts;
    expect(rulesOf(world)).toEqual(['no-active-lb']);
    expect(alert?.symptoms.map(({ rule, edgeName }) => [rule, edgeName])).toEqual([
      ['edge-down', 'fra-01-01'],
    ]);
    world.setRow('fra-01', up);
    world.pass(20_000);
    expect(rulesOf(world)).toEqual(['no-active-lb over']);
    world.pass(30_000);
    expect(rulesOf(world)).toEqual(['edge-down', 'no-active-lb over']);
  });

  it('records symptoms in whole milliseconds, also where a reading has fractions of them', () => {
    const world = new AlertWorld(['fra-01'], 3);
    world.setRow('fra-01', cutOff);
    world.setEdge('fra-01', 0, down, world.nowMs - 0.25);
    world.pass(60_000);
    const [alert] = world.book.list(world.nowMs).alerts;
    expect(alert?.symptoms.map(({ rule, sinceMs }) => [rule, Number.isInteger(sinceMs)])).toEqual([
      ['edge-down', true],
    ]);
  });

  it('keeps what cut users off until it is acknowledged', () => {
    const world = new AlertWorld(['fra-01'], 3);
    world.setRow('fra-01', cutOff);
    world.pass(30_000);
    world.setRow('fra-01', up);
    world.pass(3_600_000, 60_000);
    expect(rulesOf(world)).toEqual(['no-active-lb over']);
    world.restart(5_000);
    expect(rulesOf(world)).toEqual(['no-active-lb over']);
    world.acknowledge(
      world.book.list(world.nowMs).alerts.map(({ id }) => id),
      'recovers',
    );
    world.settle();
    expect(rulesOf(world)).toEqual([]);
  });

  it('keeps a failover that cut users off, with its own evidence, after a failback that cost nothing', () => {
    const world = new AlertWorld(['fra-01'], 3);
    world.setRow('fra-01', cutOff);
    world.pass(3_000, 1_000);
    world.setRow('fra-01', up);
    world.add(failoverEvent('fra-01', world.nowMs));
    world.settle();
    const evidence = world.book.list(world.nowMs).alerts[0]?.evidence;
    world.pass(20_000);
    const back = failoverEvent('fra-01', world.nowMs);
    world.add({ ...back, type: 'failback', gapMs: { atLeast: 0, atMost: 1_500 } } as typeof back);
    world.book.refreshEvidence('fra-01', world.nowMs);
    world.settle();
    expect(world.book.list(world.nowMs).alerts[0]?.evidence).toEqual(evidence);
    world.pass(60_000);
    expect(rulesOf(world)).toEqual(['failover over']);
    world.restart(5_000);
    expect(rulesOf(world)).toEqual(['failover over']);
  });

  it('tells a thousand clusters that fail in a second as one notification', () => {
    const names = Array.from({ length: 1_000 }, (_, index) => `c-${index}`);
    const world = new AlertWorld(names, 2);
    for (const [index, name] of names.entries()) {
      world.setRow(name, { health: 'down', reasons: [{ code: 'capacity-lost', fact: 'Down.', detail: '' }] });
      if (index % 50 === 49) world.pass(50, 50);
    }
    world.pass(60_000);
    expect(world.book.list(world.nowMs).alerts).toHaveLength(1_000);
    expect(world.notices.filter(({ isLoud }) => isLoud)).toHaveLength(1);
    expect(new Set(world.notices.map(({ groupId }) => groupId)).size).toBe(1);
    expect(world.notices.at(-1)).toMatchObject({ alertCount: 1_000, title: 'Cluster down: 1,000 clusters' });
  });

  it('names at its end every symptom that it suppressed, also those that were over before', () => {
    const world = new AlertWorld(['fra-01'], 2);
    world.setRow('fra-01', noSpare);
    world.setEdge('fra-01', 0, down);
    world.pass(60_000);
    expect(rulesOf(world)).toEqual(['no-redundancy']);
    expect(world.book.list(world.nowMs).alerts[0]?.symptoms).toMatchObject([{ rule: 'edge-down' }]);
    world.setEdge('fra-01', 0, up);
    world.pass(60_000);
    expect(world.book.list(world.nowMs).alerts[0]?.symptoms).toEqual([]);
    world.setRow('fra-01', up);
    world.pass(60_000);
    const cleared = world.events.find(({ type }) => type === 'alert-cleared');
    expect(cleared).toMatchObject({ suppressed: 1, symptoms: [{ rule: 'edge-down', edgeId: 'fra-01-01' }] });
  });

  it('says nothing more than that Heron is blind while it is', () => {
    const world = new AlertWorld(['fra-01', 'gru-01'], 3);
    world.setBlind(true);
    for (const name of ['fra-01', 'gru-01'])
      world.setRow(name, {
        health: 'unknown',
        reasons: [{ code: 'all-silent', fact: 'No reading.', detail: '' }],
      });
    world.pass(120_000);
    expect(rulesOf(world)).toEqual(['blind']);
    expect(world.book.list(world.nowMs).alerts[0]?.suppressed).toBe(2);
    world.setBlind(false);
    world.setRow('gru-01', up);
    world.pass(60_000);
    expect(rulesOf(world)).toEqual(['unknown']);
  });

  it('escalates once what nobody acknowledges, and never what somebody did', () => {
    const world = new AlertWorld(['fra-01', 'gru-01'], 3);
    world.setRow('fra-01', cutOff);
    world.pass(20_000);
    world.setRow('gru-01', cutOff);
    world.pass(20_000);
    const gru = world.book.list(world.nowMs).alerts.find(({ name }) => name === 'gru-01');
    world.acknowledge([gru?.id ?? ''], 'recovers');
    world.pass(20 * 60_000);
    expect(world.notices.filter(({ kind }) => kind === 'escalated').map(({ title }) => title)).toEqual([
      'No active LB: fra-01',
    ]);
  });

  it('ends an acknowledgement at its time, and tells again', () => {
    const world = new AlertWorld(['fra-01'], 3);
    world.setRow('fra-01', cutOff);
    world.pass(20_000);
    const [alert] = world.book.list(world.nowMs).alerts;
    world.acknowledge([alert?.id ?? ''], world.nowMs + 60_000);
    world.pass(30_000);
    expect(world.book.list(world.nowMs).alerts[0]?.acknowledged).toMatchObject({ by: 'noc' });
    world.pass(40_000);
    expect(world.book.list(world.nowMs).alerts[0]?.acknowledged).toBeNull();
    expect(world.notices.at(-1)).toMatchObject({ kind: 'updated', isLoud: true });
    expect(world.events.filter(({ type }) => type === 'acknowledged')).toHaveLength(2);
  });

  it('holds back what is silenced, and tells it when the silence ends', () => {
    const world = new AlertWorld(['fra-01'], 3);
    const silence = {
      matcher: { cluster: 'FRA-*' },
      author: 'noc',
      reason: 'Works.',
      endsMs: world.nowMs + 120_000,
    };
    world.book.addSilence(silence, world.nowMs);
    world.setRow('fra-01', cutOff);
    world.pass(60_000);
    expect(world.notices).toEqual([]);
    expect(world.book.list(world.nowMs)).toMatchObject({
      alerts: [{ rule: 'no-active-lb', held: { by: 'silence' } }],
      silences: [{ held: 1 }],
    });
    world.pass(90_000);
    expect(world.notices.map(({ kind }) => kind)).toEqual(['opened']);
    expect(world.events.map(({ type }) => type)).toEqual(['silence', 'silence-ended', 'alert']);
  });

  it('tells what is still bad when a maintenance window ends, although nothing else changes', () => {
    const world = new AlertWorld(['fra-01'], 3);
    world.inMaintenance.add('fra-01');
    world.setEdge('fra-01', 0, down);
    world.pass(300_000);
    expect(world.book.list(world.nowMs).alerts).toMatchObject([
      { rule: 'edge-down', held: { by: 'maintenance' } },
    ]);
    expect(world.notices).toEqual([]);
    world.inMaintenance.clear();
    world.pass(5_000);
    expect(world.notices.map(({ kind, title }) => [kind, title])).toEqual([
      ['opened', 'Edge down: fra-01-01'],
    ]);
  });

  it('continues after a restart without telling again', () => {
    const world = new AlertWorld(['fra-01'], 3);
    world.setRow('fra-01', cutOff);
    world.pass(30_000);
    const before = world.book.list(world.nowMs).alerts.map(({ id }) => id);
    world.restart(20_000);
    world.pass(60_000);
    expect(world.book.list(world.nowMs).alerts.map(({ id }) => id)).toEqual(before);
    expect(world.notices).toHaveLength(1);
  });
});
