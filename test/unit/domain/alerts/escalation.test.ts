import { describe, expect, it } from 'vitest';
import { RecordedAlerts } from '../../../../domain/alerts/recorded-alerts';
import type { Alert } from '../../../../domain/model/alert';
import { AlertWorld } from '../../../fixtures/alerts/alert-world';

const cutOff = {
  health: 'no-active-lb',
  reasons: [{ code: 'no-active-lb', fact: 'Users are cut off.', detail: '' }],
} as const;
const down = { health: 'down', reasons: [{ code: 'silent', fact: 'It is down.', detail: '' }] } as const;
const minuteMs = 60_000;

function worldWith(change: (world: AlertWorld) => void = () => undefined): AlertWorld {
  const world = new AlertWorld(['fra-01'], 3);
  change(world);
  world.setRow('fra-01', { ...cutOff, reasons: [...cutOff.reasons] });
  world.pass(20_000);
  return world;
}

function only(world: AlertWorld): Alert {
  const [alert] = world.book.list(world.nowMs).alerts;
  if (!alert) throw new Error('no alert is listed');
  return alert;
}

function escalatedAfterMs(world: AlertWorld): number[] {
  return world.events.flatMap((event) =>
    event.type === 'alert-changed' && event.phase === 'escalated'
      ? [event.recordedAtMs - event.openedMs]
      : [],
  );
}

describe('escalation', () => {
  it('comes after the general time, which the settings change', () => {
    const world = worldWith((one) => (one.generalEscalateMs = 10 * minuteMs));
    world.pass(9 * minuteMs);
    expect(escalatedAfterMs(world)).toEqual([]);
    world.pass(2 * minuteMs);
    expect(escalatedAfterMs(world)).toEqual([10 * minuteMs]);
  });

  it('never comes where it is set to 0, in general or for the rule', () => {
    const general = worldWith((one) => (one.generalEscalateMs = 0));
    const ofRule = worldWith((one) => one.settings.set('no-active-lb', { escalateMs: 0 }));
    for (const world of [general, ofRule]) {
      world.pass(60 * minuteMs);
      expect(escalatedAfterMs(world)).toEqual([]);
      expect(only(world).escalation).toBeNull();
    }
  });

  it('comes for a warning whose rule has a time of its own', () => {
    const world = new AlertWorld(['fra-01'], 3);
    world.settings.set('edge-down', { escalateMs: 2 * minuteMs });
    world.setEdge('fra-01', 0, { ...down, reasons: [...down.reasons] });
    world.pass(5 * minuteMs);
    expect(only(world).severity).toBe('warning');
    expect(escalatedAfterMs(world)).toEqual([2 * minuteMs]);
    expect(world.notices.map(({ kind }) => kind)).toEqual(['opened', 'escalated']);
  });

  it('follows settings that change while the alert is open, counted from its opening', () => {
    const world = worldWith();
    world.pass(3 * minuteMs);
    world.settings.set('no-active-lb', { escalateMs: 4 * minuteMs });
    world.pass(2 * minuteMs);
    expect(escalatedAfterMs(world)).toEqual([4 * minuteMs]);
  });

  it('comes once, also when the time passes while Heron is not running', () => {
    const world = worldWith();
    world.restart(30 * minuteMs);
    expect(escalatedAfterMs(world)).toHaveLength(1);
    world.restart(minuteMs);
    world.pass(60 * minuteMs);
    expect(escalatedAfterMs(world)).toHaveLength(1);
    expect(only(world).escalation?.escalatedMs).not.toBeNull();
  });

  it('is due at the same time after a restart, and in the list of a time in the past', () => {
    const world = worldWith((one) => one.settings.set('no-active-lb', { escalateMs: 7 * minuteMs }));
    const before = only(world).escalation;
    const recorded = new RecordedAlerts();
    for (const event of world.events) recorded.add(event);
    expect(recorded.list(world.nowMs).alerts.map(({ escalation }) => escalation)).toEqual([before]);
    world.restart(minuteMs);
    expect(only(world).escalation).toEqual(before);
  });

  it('begins again when an acknowledgement ends, also if Heron restarts right then', () => {
    const world = worldWith();
    world.acknowledge([only(world).id], world.nowMs + 30 * minuteMs);
    world.pass(30 * minuteMs + 5_000);
    const { acknowledged, escalation } = only(world);
    expect(acknowledged).toBeNull();
    expect(escalation?.dueMs).toBeGreaterThan(world.nowMs);
    world.restart(1_000);
    expect(only(world).escalation).toEqual(escalation);
    world.pass(6 * minuteMs);
    expect(escalatedAfterMs(world)).toHaveLength(1);
  });

  it('is the general one of critical alerts in events of earlier versions', () => {
    const world = worldWith();
    const recorded = new RecordedAlerts();
    for (const event of world.events) {
      if (event.type === 'alert') {
        const { escalateMs: _none, ...earlier } = event;
        recorded.add(earlier);
      } else recorded.add(event);
    }
    const [alert] = recorded.list(world.nowMs).alerts;
    expect(alert?.escalation?.dueMs).toBe((alert?.openedMs ?? 0) + 5 * minuteMs);
  });
});
