import { describe, expect, it } from 'vitest';
import type { HeronEvent, RecordedEvent } from '../../../../../domain/model/event';
import { endedAlerts, endedWords } from '../../../../../renderer/views/alerts/ended-alerts';

const nowMs = Date.UTC(2026, 10, 30, 12);
const hourMs = 3_600_000;

function cleared(id: number, agoMs: number, ended: 'recovered' | 'absorbed' = 'recovered'): RecordedEvent {
  const event: HeronEvent = {
    ...{ type: 'alert-cleared', timeMs: nowMs - agoMs, recordedAtMs: nowMs - agoMs, ended, isOver: id === 2 },
    ...{ clusterId: 'fra-01', clusterName: 'fra-01', edgeId: null, edgeName: null, rule: 'no-active-lb' },
    ...{ alertId: `no-active-lb-${id}-1`, severity: 'critical', groupId: 'g', suppressed: 0, symptoms: [] },
    ...{ words: 'Users were cut off.', detail: '', openedMs: nowMs - agoMs - 5_000 },
  };
  return { id, event };
}

describe('alerts that are over', () => {
  const events = [
    cleared(1, 25 * hourMs),
    cleared(2, 2 * hourMs),
    cleared(3, hourMs, 'absorbed'),
    cleared(4, 0),
    cleared(5, -1_000),
  ];

  it('are those of the last 24 hours, the latest first, without what became a symptom', () => {
    const ended = endedAlerts(events, nowMs);
    expect(ended.map(({ alertId }) => alertId)).toEqual(['no-active-lb-4-1', 'no-active-lb-2-1']);
    expect(ended[1]).toMatchObject({ title: 'No active LB: fra-01', openedMs: nowMs - 2 * hourMs - 5_000 });
  });

  it('name how many still wait for a person', () => {
    const ended = endedAlerts(events, nowMs);
    expect(endedWords(ended, [{ id: 'no-active-lb-2-1', state: 'over' }])).toBe(
      ', 1 of them not acknowledged',
    );
    expect(endedWords(ended, [{ id: 'no-active-lb-2-1', state: 'open' }])).toBe('');
  });
});
