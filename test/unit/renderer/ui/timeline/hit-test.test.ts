import { describe, expect, it } from 'vitest';
import type { RecordedEvent } from '../../../../../domain/model/event';
import type { RecordedOutage } from '../../../../../domain/past/recorded-outage';
import { stateLanesOf } from '../../../../../domain/model/state-lane';
import { marksOf } from '../../../../../renderer/ui/timeline/event-marks';
import { eventToSelect, hitAt, type PointablePicture } from '../../../../../renderer/ui/timeline/hit-test';
import { lanesOf } from '../../../../../renderer/ui/timeline/lanes';
import { laneKey } from '../../../../../renderer/ui/timeline/timeline-data';
import { xOf } from '../../../../../renderer/time/time-scale';
import { tipWords } from '../../../../../renderer/views/timeline/tip-words';
import { fleetInAllStates } from '../../../../fixtures/fake-bridge/fleet';
import { madeHistory } from '../../../../fixtures/fake-bridge/events';

const nowMs = Date.UTC(2026, 10, 22, 12);
const scale = { fromMs: nowMs - 1_800_000, toMs: nowMs + 60_000, widthPx: 1000 };
const when = { nowMs, zone: 'utc' as const, endWords: 'now' };
const fleet = fleetInAllStates(nowMs);
const recorded = madeHistory(nowMs).find(({ event }) => event.type === 'failover');
if (recorded?.event.type !== 'failover') throw new Error('the made history has no failover');
const failover = recorded.event;
const cluster = fleet.find(({ id }) => id === failover.clusterId);
if (!cluster) throw new Error('its cluster is not in the fleet');

function picture(events: RecordedEvent[], turnMs = nowMs - 600_000): PointablePicture {
  const span = { kind: 'cluster-health' as const, subjectId: failover.clusterId };
  const [lane] = stateLanesOf([
    { ...span, state: 'up', fromMs: nowMs - 9_000_000, toMs: turnMs },
    { ...span, state: 'degraded', fromMs: turnMs, toMs: null },
  ]);
  if (!lane || !cluster) throw new Error('a lane of two states');
  return {
    scale,
    lanes: lanesOf([cluster], new Set([cluster.id])),
    lanesBy: new Map([[laneKey('cluster-health', cluster.id), lane]]),
    sourced: [],
    gaps: [],
    outages: [],
    groups: marksOf(events, scale),
    events,
    nowMs,
  };
}
const onLane = (x: number) => ({ x, y: 14, sightY: 14 });
const failoverX = xOf(scale, failover.bracket.firstNewMs);

describe('pointing at the timeline', () => {
  it('hits a bracket from a few pixels away, and nothing else far from it', () => {
    const drawn = picture([recorded]);
    for (const off of [0, 5, 10]) {
      expect(hitAt(onLane(failoverX + off), drawn), `${off} px`).toMatchObject({ kind: 'mark', recorded });
    }
    expect(hitAt(onLane(failoverX + 20), drawn)).toMatchObject({ kind: 'state' });
    expect(eventToSelect(hitAt(onLane(failoverX + 20), drawn), null)).toBeNull();
  });

  it('goes from event to event of one mark with each click', () => {
    const twin = { ...recorded, id: recorded.id + 1 };
    const hit = hitAt(onLane(failoverX), picture([recorded, twin]));
    const first = eventToSelect(hit, null);
    const second = eventToSelect(hit, first?.id ?? null);
    expect(new Set([first?.id, second?.id])).toEqual(new Set([recorded.id, twin.id]));
    expect(eventToSelect(hit, second?.id ?? null)?.id).toBe(first?.id);
    expect(hit && tipWords(hit, when).lines.at(-1)).toBe('2 events here. Click again for the next one.');
  });

  it('hits the state of a lane with its beginning and end, and nothing after now', () => {
    const drawn = picture([]);
    const up = hitAt(onLane(200), drawn);
    expect(up).toMatchObject({ kind: 'state', state: 'up', toMs: nowMs - 600_000 });
    expect(up && tipWords(up, when)).toMatchObject({
      title: `${failover.clusterName}: Up`,
      lines: ['09:30:00 to 11:50:00, 2 h 20 m', expect.any(String)],
    });
    const still = hitAt(onLane(xOf(scale, nowMs - 60_000)), drawn);
    expect(still && tipWords(still, when).lines[0]).toBe('since 11:50:00, 10 m 0 s until now');
    expect(hitAt(onLane(xOf(scale, nowMs + 50_000)), drawn)).toBeNull();
  });

  it('hits a state of a pixel from a few pixels away', () => {
    const drawn = picture([], nowMs - 1_000);
    expect(hitAt(onLane(xOf(scale, nowMs) - 4), drawn)).toMatchObject({ state: 'degraded' });
  });

  it('hits a gap with its reason, of all clusters and of its own ones only', () => {
    const gap = {
      fromMs: nowMs - 900_000,
      toMs: nowMs - 800_000,
      reason: 'suspended' as const,
      words: 'This computer slept.',
      clusterIds: null,
    };
    const at = onLane(xOf(scale, nowMs - 850_000));
    const hit = hitAt(at, { ...picture([]), gaps: [gap] });
    expect(hit && tipWords(hit, when)).toEqual({
      title: 'Not monitored',
      lines: ['11:45:00 to 11:46:40, 1 m 40 s', 'This computer slept.'],
    });
    const other = { ...picture([]), gaps: [{ ...gap, clusterIds: ['other'] }] };
    expect(hitAt(at, other)).toMatchObject({ kind: 'state' });
    expect(hitAt({ ...at, y: 9_000 }, { ...picture([]), gaps: [gap] })).toMatchObject({ kind: 'gap' });
  });

  it('hits a time in which users were cut off, with a failover or without, but not what flapping adds up to', () => {
    const outage = (kind: RecordedOutage['kind'], fromMs: number, toMs: number | null): RecordedOutage => ({
      clusterId: failover.clusterId,
      kind,
      fromMs,
      toMs,
      certain: [],
      lengthMs: { atLeast: 900, atMost: 3_100 },
    });
    const { firstNewMs } = failover.bracket;
    const drawn = {
      ...picture([recorded]),
      outages: [
        outage('no-active-lb', firstNewMs - 3_100, firstNewMs),
        outage('no-serving-edge', nowMs - 120_000, null),
        outage('flapping', scale.fromMs, firstNewMs - 60_000),
        { ...outage('no-active-lb', nowMs - 200_000, nowMs - 190_000), clusterId: 'other' },
      ],
    };
    const lane = drawn.lanes.find(({ kind }) => kind === 'cut-off');
    const y = (lane?.topPx ?? 0) + 5;
    const at = (x: number) => hitAt({ x, y, sightY: y }, drawn);
    expect(at(failoverX)).toMatchObject({ kind: 'cut-off', recorded });
    expect(eventToSelect(at(failoverX), null)).toBe(recorded);
    const down = at(xOf(scale, nowMs - 60_000));
    expect(down && tipWords(down, when)).toEqual({
      title: 'No edge served: 0.9 to 3.1 s',
      lines: ['since 11:58:00, 2 m 0 s until now', 'Solid: certain. Dashed: possible.'],
    });
    expect(eventToSelect(down, null)).toBeNull();
    expect(at(xOf(scale, nowMs - 195_000))).toBeNull();
    expect(at(20)).toBeNull();
  });

  it('names the bounds of a bracket', () => {
    const drawn = picture([recorded]);
    const mark = hitAt(onLane(failoverX), drawn);
    expect(mark && tipWords(mark, when).lines.join(' ')).toMatch(
      /[Bb]etween \d\d:\d\d:\d\d\.\d and \d\d:\d\d:\d\d\.\d/,
    );
  });
});
