import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ref } from 'vue';
import { useIncident } from '../../../../../renderer/views/incidents/use-incident';
import { useIncidents } from '../../../../../renderer/views/incidents/use-incidents';
import { hourBefore, useComparison } from '../../../../../renderer/views/incidents/use-comparison';
import { allIncidents } from '../../../../../domain/incidents/incident-filter';
import { EventRecord } from '../../../../fixtures/incidents/event-record';
import { FakeBridge } from '../../../../fixtures/fake-bridge/fake-bridge';
import { inSetup } from '../../../../fixtures/fake-bridge/in-setup';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';

const now = Date.UTC(2026, 10, 24, 14);
const failure = { what: 'The history cannot be read.', where: 'history', todo: 'Try again.' };

describe('incidents', () => {
  let bridge: FakeBridge;
  beforeEach(() => {
    vi.useFakeTimers({ now });
    bridge = new FakeBridge('states', now - 86_400_000, Date.now);
    stubPage(bridge);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });
  const settle = () => vi.advanceTimersByTimeAsync(50);

  it('of another cluster replace those of the one before', async () => {
    const clusterId = ref<string | null>(null);
    const { state } = inSetup(() =>
      useIncidents(() => ({ clusterId: clusterId.value, beganByMs: null, sinceMs: null })),
    );
    expect(state.loaded.value).toBe(false);
    await settle();
    const areOfCluster = (): boolean =>
      state.rows.value.every(({ incident }) => incident.clusters.some(({ id }) => id === 'gru-01'));
    expect(areOfCluster()).toBe(false);
    clusterId.value = 'gru-01';
    await settle();
    expect(areOfCluster()).toBe(true);
    expect(state.rows.value.length).toBeGreaterThan(0);
  });

  it('are read further back on request, up to the most that one answer holds', async () => {
    const { state } = inSetup(() => useIncidents());
    await settle();
    for (let turn = 0; turn < 9; turn += 1) {
      state.older();
      await settle();
    }
    const limits = bridge.asked.flatMap(({ name, args }) =>
      name === 'incidents.list' ? [(args as { limit: number }).limit] : [],
    );
    expect(limits).toEqual([100, 200, 300, 400, 500]);
    expect(state.full.value).toBe(true);
  });

  it('are looked for in the whole history where a filter hides the latest ones, and counted there', async () => {
    const record = new EventRecord().edge(1, 'old-1', 'up', 'degraded').cluster(1, 'old', 'up', 'degraded');
    for (let n = 1; n < 150; n += 1)
      record
        .move(n * 600, 'new-1', 'new-2')
        .cluster(n * 600 + 1, 'new', 'up', 'degraded')
        .cluster(n * 600 + 30, 'new', 'degraded', 'up');
    bridge = new FakeBridge('empty', now - 86_400_000, Date.now);
    stubPage(bridge);
    bridge.send([], record.events.toReversed());
    const filter = ref(allIncidents);
    const everywhere = { clusterId: null, beganByMs: null, sinceMs: null };
    const { state } = inSetup(() =>
      useIncidents(
        () => everywhere,
        () => filter.value,
      ),
    );
    await settle();
    expect(state.rows.value).toHaveLength(100);
    expect(state.counts.value).toMatchObject({ total: 150, open: 1 });
    filter.value = { ...allIncidents, openOnly: true };
    await settle();
    expect(state.rows.value.map(({ incident }) => incident.clusters[0]?.name)).toEqual(['old']);
    expect(state.counts.value?.shown).toEqual({ total: 1, open: 1 });
  });

  it('say why they could not be read, and are read again', async () => {
    bridge.failures.set('incidents.list', failure);
    const { state } = inSetup(() => useIncidents());
    await settle();
    expect(state.failure.value).toEqual(failure);
    bridge.failures.clear();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(state.failure.value).toBeNull();
    expect(state.rows.value.length).toBeGreaterThan(0);
  });

  it('by number: one that is not there is missing, and nothing of the one before is shown', async () => {
    const list = inSetup(() => useIncidents()).state;
    await settle();
    const known = list.rows.value[0]!.incident.id;
    const id = ref(known);
    const { state } = inSetup(() => useIncident(() => id.value));
    await settle();
    expect(state.incident.value?.id).toBe(known);
    expect(state.missing.value).toBe(false);
    id.value = 987_654;
    await settle();
    expect(state.incident.value).toBeNull();
    expect(state.missing.value).toBe(true);
  });

  it('are compared with the hour before; a number that is not there is missing', async () => {
    const list = inSetup(() => useIncidents()).state;
    await settle();
    const id = ref(list.rows.value[0]!.incident.id);
    const { state } = inSetup(() =>
      useComparison(
        () => id.value,
        () => hourBefore,
        () => now,
      ),
    );
    await settle();
    expect(state.comparison.value?.first.incident.id).toBe(id.value);
    expect(state.missing.value).toBe(false);
    id.value = 987_654;
    await settle();
    expect(state.missing.value).toBe(true);
  });
});
