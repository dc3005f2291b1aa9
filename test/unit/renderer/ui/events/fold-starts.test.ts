import { expect, it } from 'vitest';
import type { RecordedEvent } from '../../../../../domain/model/event';
import type { Health } from '../../../../../domain/model/health';
import { foldStarts } from '../../../../../renderer/ui/events/fold-starts';

function state(id: number, timeMs: number, from: Health, to: Health): RecordedEvent {
  const cluster = { clusterId: 'fra', clusterName: 'fra' };
  const edge = { edgeId: `fra-${id}`, edgeName: `fra-${id}` };
  const event = { ...cluster, ...edge, timeMs, recordedAtMs: timeMs, from, to, reasons: [] };
  return { id, event: { type: 'edge-state', ...event } };
}
const idsOf = (rows: RecordedEvent[]) => foldStarts(rows).map((entry) => entry.map(({ id }) => id));

it('folds what became known to be up at one start, and nothing else', () => {
  const start = [3, 2, 1].map((id) => state(id, 1000 + id, 'unknown', 'up'));
  expect(idsOf(start)).toEqual([[3, 2, 1]]);
  expect(idsOf([state(5, 2000, 'up', 'down'), ...start])).toEqual([[5], [3, 2, 1]]);
  expect(idsOf([state(5, 2000, 'unknown', 'degraded'), ...start])).toEqual([[5], [3, 2, 1]]);
  expect(idsOf([state(5, 60_000, 'unknown', 'up'), ...start])).toEqual([[5], [3, 2, 1]]);
  const [third, ...others] = start;
  expect(idsOf([third!, state(4, 1002, 'up', 'down'), ...others])).toEqual([[3], [4], [2, 1]]);
  expect(idsOf([])).toEqual([]);
});
