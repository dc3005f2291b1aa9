import { afterEach, describe, expect, it } from 'vitest';
import type { PlanEvent } from '../../../../domain/maintenance/plan';
import type { HeronEvent } from '../../../../domain/model/event';
import type { MaintenanceDraft } from '../../../../domain/model/maintenance';
import { identifyInventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { startPipeline, type Pipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource } from '../../../fixtures/sources/fake-source';

const minute = 60_000;
const inventory = identifyInventory(
  inventoryFileSchema.parse({
    clusters: [
      {
        ...{
          name: 'fra-01',
          clusterIp: '10.0.0.100',
          subnetMask: '255.255.255.0',
          defaultGateway: '10.0.0.1',
        },
        edges: ['11', '12'].map((host) => ({
          ...{ name: `e${host}`, proxyIp: `10.0.0.${host}`, managementIp: `10.0.1.${host}` },
          snmp: { credential: 'noc' },
        })),
      },
    ],
  }),
  null,
);

const local = (atMs: number): string => new Date(atMs).toISOString().slice(0, 16);

/** A window of all of fra-01, from and until these times. */
function planned(
  fromMs: number,
  toMs: number,
  nowMs: number,
  changes: Partial<MaintenanceDraft> = {},
): PlanEvent {
  return {
    ...{ type: 'maintenance-planned', timeMs: nowMs, recordedAtMs: nowMs },
    window: {
      ...{ windowId: 'w-1', author: 'ann', purpose: 'Patches', zone: 'UTC' },
      matcher: { kind: 'rule', terms: [{ field: 'name', pattern: 'fra-*' }] },
      schedule: { kind: 'once', from: local(fromMs), to: local(toMs) },
      ...{ whenClockChanges: 'keep-end', ifSomethingElseFails: 'wait', afterwards: 'alert-if-not-up' },
      ...changes,
    },
  };
}

const running: Pipeline[] = [];
afterEach(async () => {
  for (const pipeline of running.splice(0)) await pipeline.stop();
});

async function start(history: FakeHistory, clock: FakeClock, events: HeronEvent[] = []): Promise<Pipeline> {
  const pipeline = await startPipeline({
    ...{ inventory, source: new FakeSource(clock), history, clock, version: 'test' },
    ...{ healthIntervalMs: 10_000, roleIntervalMs: 1_000, random: () => 0.5 },
    onEvent: (event) => events.push(event),
  });
  running.push(pipeline);
  return pipeline;
}

const phases = (events: readonly HeronEvent[]): string[] =>
  events.flatMap((event) => (event.type === 'maintenance' ? [event.phase] : []));

describe('a pipeline with planned maintenance', () => {
  it('shows and records it, and goes on with it after a restart', async () => {
    const clock = new FakeClock();
    const history = new FakeHistory(() => clock.nowMs());
    await history.putInventory(inventory, clock.nowMs());
    const events: HeronEvent[] = [];
    const first = await start(history, clock, events);
    const fromMs = Math.ceil(clock.nowMs() / minute) * minute + minute;
    const toMs = fromMs + 10 * minute;
    await first.decideMaintenance(planned(fromMs, toMs, clock.nowMs()));
    expect(first.snapshot().clusters[0]?.health).not.toBe('maintenance');

    await clock.pass(fromMs - clock.nowMs() + 1_000);
    expect(first.snapshot().clusters[0]).toMatchObject({
      health: 'maintenance',
      maintenance: { untilMs: toMs, purpose: 'Patches' },
    });
    expect(first.maintenanceAt('fra-01', null, clock.nowMs())?.untilMs).toBe(toMs);
    expect(phases(events)).toEqual(['began']);
    await first.stop();

    const later: HeronEvent[] = [];
    const second = await start(history, clock, later);
    expect(second.snapshot().clusters[0]?.health).toBe('maintenance');
    expect(phases(later)).toEqual([]);
    await clock.pass(toMs - clock.nowMs() + 1_000);
    expect(phases(later)).toEqual(['ended']);
    expect(second.snapshot().clusters[0]?.health).not.toBe('maintenance');
    const past = await history.snapshotAt({ atMs: fromMs + minute });
    expect(past.clusters[0]?.health).toBe('maintenance');
  });

  it('records what began and ended while it was not running', async () => {
    const clock = new FakeClock();
    const history = new FakeHistory(() => clock.nowMs());
    const first = await start(history, clock);
    const fromMs = Math.ceil(clock.nowMs() / minute) * minute + minute;
    await first.decideMaintenance(planned(fromMs, fromMs + 10 * minute, clock.nowMs()));
    await first.stop();
    await clock.pass(60 * minute);
    const events: HeronEvent[] = [];
    await start(history, clock, events);
    const recorded = events.filter((event) => event.type === 'maintenance');
    expect(recorded).toMatchObject([
      { phase: 'began', timeMs: fromMs, observed: null },
      { phase: 'ended', timeMs: fromMs + 10 * minute },
    ]);
  });
});
