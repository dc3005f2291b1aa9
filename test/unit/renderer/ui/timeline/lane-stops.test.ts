import { describe, expect, it } from 'vitest';
import { stateLanesOf } from '../../../../../domain/model/state-lane';
import type { PointablePicture } from '../../../../../renderer/ui/timeline/hit-test';
import { hasStops, nextStop, stopNear, stopsOf } from '../../../../../renderer/ui/timeline/lane-stops';
import { lanesOf } from '../../../../../renderer/ui/timeline/lanes';
import { laneKey } from '../../../../../renderer/ui/timeline/timeline-data';
import { marksOf } from '../../../../../renderer/ui/timeline/event-marks';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';
import { aFailover } from '../../../../fixtures/history/history-entries';

const nowMs = Date.UTC(2026, 10, 22, 12);
const at = (minutes: number): number => nowMs + minutes * 60_000;
const cluster = fleetInAllStates(nowMs).find(({ kind }) => kind === 'cluster');
if (!cluster) throw new Error('the fleet has no cluster');
const { id } = cluster;
const scale = { fromMs: at(-60), toMs: at(5), widthPx: 650 };

function picture(): PointablePicture {
  const span = { kind: 'cluster-health' as const, subjectId: id };
  const lanes = stateLanesOf([
    { ...span, state: 'up', fromMs: at(-900), toMs: at(-40) },
    { ...span, state: 'no-active-lb', fromMs: at(-40), toMs: at(-39) },
    { ...span, state: 'degraded', fromMs: at(-39), toMs: null },
  ]);
  const events = [{ id: 7, event: aFailover(id, at(-39)) }];
  const outage = {
    clusterId: id,
    kind: 'no-active-lb' as const,
    certain: [],
    lengthMs: { atLeast: 0, atMost: 9 },
  };
  return {
    scale,
    lanes: lanesOf([cluster!], new Set([id])),
    lanesBy: new Map(lanes.map((lane) => [laneKey(lane.kind, lane.subjectId), lane])),
    sourced: [],
    gaps: [
      { fromMs: at(-30), toMs: at(-20), reason: 'suspended', words: 'It slept.', clusterIds: null },
      { fromMs: at(-30), toMs: at(-20), reason: 'own-network', words: 'Others.', clusterIds: ['other'] },
      { fromMs: at(-300), toMs: at(-200), reason: 'suspended', words: 'Before.', clusterIds: null },
    ],
    outages: [{ ...outage, fromMs: at(-40), toMs: at(-39) }],
    groups: marksOf(events, scale),
    events,
    nowMs,
  };
}
const stopsOn = (kind: string) => {
  const drawn = picture();
  return stopsOf(
    drawn.lanes.find((lane) => lane.kind === kind)!,
    drawn,
  );
};

describe('what the keyboard stops at along a lane', () => {
  it('is every state, event and gap in the range, from left to right, in the middle of what is in sight', () => {
    const stops = stopsOn('cluster');
    expect(stops.map(({ hit }) => (hit.kind === 'state' ? hit.state : hit.kind))).toEqual([
      'up',
      'no-active-lb',
      'mark',
      'gap',
      'degraded',
    ]);
    expect(stops[0]?.atMs).toBe(at(-50));
    expect(stops.at(-1)?.atMs).toBe((at(-39) + nowMs) / 2);
  });

  it('is every outage of its cluster on the lane of outages', () => {
    expect(stopsOn('cut-off').map(({ hit }) => hit.kind)).toEqual(['cut-off', 'gap']);
  });

  it('goes on from where it is, and has no more at the ends', () => {
    const stops = stopsOn('cluster');
    const walked = [stops[0]!];
    for (let next = nextStop(stops, stops[0]!, 1); next; next = nextStop(stops, next, 1)) walked.push(next);
    expect(walked).toEqual(stops);
    for (const [index, stop] of stops.entries())
      expect(nextStop(stops, stop, -1)).toEqual(stops[index - 1] ?? null);
    expect(stopNear(stops, at(-24))?.hit.kind).toBe('gap');
    expect(stopNear([], 0)).toBeNull();
    // It scrolled out of sight.
    const gone = { atMs: at(-100), hit: { kind: 'gap' as const, gap: picture().gaps[2]! } };
    expect(nextStop(stops, gone, 1)).toBe(stops[0]);
    expect(nextStop(stops, gone, -1)).toBeNull();
  });

  it('leaves out headings and what is drawn from readings', () => {
    expect(
      picture()
        .lanes.filter((lane) => !hasStops(lane))
        .map(({ kind }) => kind),
    ).toEqual(['heading', 'heading']);
  });
});
