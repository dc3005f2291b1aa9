import { describe, expect, it } from 'vitest';
import { ClusterMonitor } from '../../../../domain/cluster/cluster-monitor';
import { incidentsOf } from '../../../../domain/incidents/incident-record';
import type { HeronEvent } from '../../../../domain/model/event';
import type { LbRole } from '../../../../domain/model/role';
import { lbCluster, lbReading, utcMs } from '../../../fixtures/cluster/lb-readings';

type RoleAt = (edge: string, atMs: number) => LbRole;

/** The events of a cluster of two, whose LBs are polled every 0.5 s and whose edges every 5 s. */
function monitored(roleAt: RoleAt, untilMs: number): { monitor: ClusterMonitor; events: HeronEvent[] } {
  const { cluster, edges } = lbCluster(['a', 'b']);
  const monitor = new ClusterMonitor(cluster, edges);
  const events: HeronEvent[] = [];
  for (let atMs = 0; atMs < untilMs; atMs += 250) {
    const edge = edges[(atMs / 250) % 2];
    if (!edge) continue;
    const kind = atMs % 5_000 < 500 ? 'health' : 'role';
    const reading = lbReading({
      edgeId: edge.id,
      kind,
      fromMs: atMs,
      toMs: atMs + 20,
      role: roleAt(edge.id, atMs),
    });
    const context = {
      nowMs: reading.finishedAtMs,
      rolePollIntervalMs: 500,
      traps: () => [],
      answeredElsewhereMs: null,
    };
    events.push(...monitor.apply(edge, reading, context).events);
  }
  return { monitor, events };
}

/** MASTER for 2 s and INIT for 2 s from 10 s to 190 s; b stays BACKUP. */
const alone: RoleAt = (edge, atMs) => {
  if (edge === 'b') return 'backup';
  return atMs >= 10_000 && atMs < 190_000 && (atMs - 10_000) % 4_000 < 2_000 ? 'init' : 'master';
};

describe('a cluster whose LB flaps alone', () => {
  const { monitor, events } = monitored(alone, 190_000);
  const flapping = events.filter((event) => event.type === 'flapping');

  it('reports it with the edge and the summed time without an active LB', () => {
    expect(flapping.map(({ phase, changes, edgeNames }) => [phase, changes, edgeNames])).toEqual([
      ['began', 5, ['a']],
      ['continues', 10, ['a']],
      ['continues', 20, ['a']],
      ['continues', 40, ['a']],
    ]);
    for (const { changes, withoutActiveMs } of flapping) {
      expect(withoutActiveMs?.atLeast).toBeGreaterThan(changes * 500);
      expect(withoutActiveMs?.atLeast).toBeLessThanOrEqual(changes * 2_000);
      expect(withoutActiveMs?.atMost).toBeGreaterThanOrEqual(changes * 2_000);
    }
  });

  it('stays degraded with that reason, and does not change its state with every reading', () => {
    const since = flapping[0]?.recordedAtMs ?? Infinity;
    const states = events.filter(
      ({ type, recordedAtMs }) => type === 'cluster-state' && recordedAtMs > since,
    );
    expect(states).toEqual([]);
    const { health: state, reasons } = monitor.view();
    expect(state).toBe('degraded');
    expect(reasons[0]).toMatchObject({ code: 'flapping', fact: 'The active LB changes again and again.' });
    expect(reasons[0]?.detail).toMatch(
      /^a: 4[45] changes in 2 m 5\d s, without an active LB for .* in all\.$/,
    );
  });

  it('is one incident, which was without an active LB for as long', () => {
    const recorded = events.map((event, index) => ({ id: index + 1, event }));
    const [incident, ...others] = incidentsOf(recorded, utcMs + 190_000);
    expect(others).toEqual([]);
    expect(incident?.kind).toBe('flapping');
    expect(incident?.withoutActiveLbMs).toEqual(flapping.at(-1)?.withoutActiveMs);
  });

  it('is up again after it has ended', () => {
    const later = monitored(alone, 600_000);
    expect(later.events.findLast(({ type }) => type === 'flapping')).toMatchObject({
      phase: 'ended',
      changes: 45,
    });
    expect(later.monitor.view().health).toBe('up');
  });
});

describe('a cluster whose LB loses the role again and again for longer than a take-over', () => {
  it('is flapping, and each time a time without an active LB', () => {
    const { events } = monitored(
      (edge, atMs) => (edge === 'b' ? 'backup' : atMs > 10_000 && atMs % 20_000 > 10_000 ? 'init' : 'master'),
      190_000,
    );
    const told = events.filter(({ type }) => type === 'no-active-lb');
    expect(told).toHaveLength(9);
    const states = events.flatMap((event) => (event.type === 'cluster-state' ? [event.to] : []));
    expect(states.filter((state) => state === 'no-active-lb')).toHaveLength(9);
    expect(events.filter(({ type }) => type === 'flapping')).toHaveLength(1);
  });
});

describe('a passive LB that flaps', () => {
  it('is a finding and a reason, and no outage', () => {
    const { monitor, events } = monitored(
      (edge, atMs) => (edge === 'a' ? 'master' : atMs >= 10_000 && atMs % 4_000 < 2_000 ? 'init' : 'backup'),
      60_000,
    );
    expect(events.map(({ type }) => type)).not.toContain('no-active-lb');
    expect(events.filter(({ type }) => type === 'finding')).toMatchObject([
      {
        edgeName: 'b',
        reason: { code: 'lb-flapping', fact: 'The LB of b stops and starts again and again.' },
      },
    ]);
    const { health: state, reasons } = monitor.view();
    expect([state, reasons.map(({ code }) => code)]).toEqual(['degraded', ['lb-flapping']]);
  });
});
