import { expect, it } from 'vitest';
import { metricsSourceSchema } from '../../../../domain/inventory/metrics-source';
import { SourceReadings } from '../../../../monitor/pipeline/source-readings';

it('knows nothing of a source before its first answer', () => {
  const source = metricsSourceSchema.parse({ kind: 'prometheus', name: 'p', url: 'http://p:9090' });
  const readings = new SourceReadings(
    { sources: () => [{ source, edges: 3 }] },
    { onReading: () => undefined, onEvent: () => undefined, onRefresh: () => undefined, nowMs: () => 0 },
  );
  expect(readings.statuses).toMatchObject([{ name: 'p', failure: null, isAwaited: true }]);
  readings.onRefresh(source, 'It refuses access.');
  expect(readings.statuses).toEqual([
    { name: 'p', edges: 3, scrapeIntervalMs: 15_000, failure: 'It refuses access.' },
  ]);
  readings.onRefresh(source, null);
  expect(readings.statuses).toEqual([{ name: 'p', edges: 3, scrapeIntervalMs: 15_000, failure: null }]);
});
