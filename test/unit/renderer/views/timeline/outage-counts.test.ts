import { expect, it } from 'vitest';
import type { RecordedOutage } from '../../../../../domain/past/recorded-outage';
import { countOutages } from '../../../../../renderer/views/timeline/use-outages';

function outage(
  kind: RecordedOutage['kind'],
  fromMs: number,
  toMs: number | null,
  atLeast: number,
): RecordedOutage {
  return { clusterId: 'a', kind, fromMs, toMs, certain: [], lengthMs: { atLeast, atMost: 900 } };
}

it('counts what certainly cut users off within the range, by what the lanes show', () => {
  const outages = [
    outage('no-active-lb', 0, 100, 50),
    outage('no-active-lb', 150, 250, 50),
    outage('no-active-lb', 300, 400, 0),
    outage('no-serving-edge', 500, null, 10),
    outage('flapping', 200, 600, 40),
  ];
  expect(countOutages(outages, { fromMs: 200, toMs: 1000 })).toEqual({ noActiveLb: 1, clusterDown: 1 });
  expect(countOutages(outages, { fromMs: 0, toMs: 300 })).toEqual({ noActiveLb: 2, clusterDown: 0 });
});
