import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { effectScope } from 'vue';
import { withCorrectedCause } from '../../../../../domain/incidents/corrected-cause';
import type { CauseCorrection, FailoverEvent, RecordedEvent } from '../../../../../domain/model/event';
import { useEventsStore } from '../../../../../renderer/state/history/events';
import { useCorrectedCause } from '../../../../../renderer/state/history/use-corrected-cause';
import { useTimeStore } from '../../../../../renderer/state/time/time';
import { FakeBridge } from '../../../../fixtures/fake-bridge/fake-bridge';
import { madeHistory } from '../../../../fixtures/fake-bridge/events';
import { stubPage } from '../../../../fixtures/fake-bridge/page-globals';

const now = Date.UTC(2026, 10, 24, 14);
const scope = effectScope();

beforeEach(() => {
  setActivePinia(createPinia());
  stubPage(new FakeBridge('states', now, () => now));
});
afterEach(() => {
  scope.stop();
  vi.unstubAllGlobals();
});

const isFailover = ({ event }: RecordedEvent): boolean => event.type === 'failover';

it('a failover has its latest correction, as known at T; other events have none', async () => {
  const [recorded, other] = madeHistory(now).filter(isFailover) as [RecordedEvent, RecordedEvent];
  const failover = recorded.event as FailoverEvent;
  const correctionTo = (kind: CauseCorrection['cause']['kind'], afterMs: number): CauseCorrection => ({
    type: 'cause-corrected',
    timeMs: failover.timeMs + afterMs,
    recordedAtMs: failover.recordedAtMs + afterMs,
    clusterId: failover.clusterId,
    clusterName: failover.clusterName,
    fromEdgeId: failover.fromEdgeId,
    fromEdgeName: failover.fromEdgeName,
    toEdgeId: failover.toEdgeId,
    toEdgeName: failover.toEdgeName,
    failoverMs: failover.timeMs,
    previousCause: failover.cause.kind,
    cause: { kind, evidence: [`evidence of ${kind}`] },
  });
  const corrected = scope.run(() => useCorrectedCause(() => recorded))!;
  const uncorrected = scope.run(() => useCorrectedCause(() => other))!;
  expect(corrected.value).toBeNull();
  const events = useEventsStore();
  const list = events.open({ clusterId: null, types: ['cause-corrected'], untilMs: null });
  await vi.waitFor(() => expect(list.complete).toBe(true));
  events.addNew([
    { id: 90_001, event: correctionTo('edge-unreachable', 1_000) },
    { id: 90_002, event: correctionTo('cut-off', 60_000) },
  ]);
  expect(corrected.value?.cause.kind).toBe('cut-off');
  expect(uncorrected.value).toBeNull();
  expect(withCorrectedCause(failover, [corrected.value!])).toMatchObject({
    cause: { kind: 'cut-off', evidence: ['evidence of cut-off', ...failover.cause.evidence] },
  });
  useTimeStore().travelTo(failover.timeMs + 500);
  expect(corrected.value).toBeNull();
});
