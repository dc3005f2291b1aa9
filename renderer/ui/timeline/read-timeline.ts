import type { StateLane } from '../../../domain/model/state-lane';
import type { RecordedEvent } from '../../../domain/model/event';
import type { TimeRange } from '../../../domain/model/history';
import { request } from '../../bridge/heron';
import { markedTypes } from './event-marks';
import { joined, laneKey, noData, toRead, type TimelineData } from './timeline-data';

const pageSize = 10_000;
const mostEvents = 20_000;

/**
 * Reads the parts of a range that `held` lacks for these subjects. If the whole range is read, `onStates` gets its states
 * before the events are available.
 */
export async function readMissing(
  held: TimelineData,
  wanted: TimeRange,
  subjects: readonly string[],
  onStates: (data: TimelineData) => void,
): Promise<TimelineData> {
  const { parts, keep } = toRead(held, wanted);
  const ids = new Set(keep ? [...subjects, ...held.subjectIds] : subjects);
  let result = keep ? await withSubjects(held, ids) : null;
  for (const part of parts) {
    const { states, whole } = readRange(part, ids);
    if (result === null) onStates(await states);
    result = result === null ? await whole : joined(result, await whole);
  }
  return result ?? noData;
}

/** Adds the states of new subjects over the range already held. */
async function withSubjects(held: TimelineData, ids: ReadonlySet<string>): Promise<TimelineData> {
  const { fromMs, toMs, lanesBy, subjectIds } = held;
  const missing = [...ids].filter((id) => !subjectIds.has(id));
  if (missing.length === 0) return held;
  const [lanes, outages] = await Promise.all([
    request('history.lanes', { fromMs, toMs, subjectIds: missing }),
    request('history.outages', { fromMs, toMs, clusterIds: missing }),
  ]);
  return {
    ...held,
    subjectIds: ids,
    lanesBy: new Map([...lanesBy, ...byKey(lanes)]),
    outages: [...held.outages, ...outages],
  };
}

interface RangeAnswers {
  /** The states without the events, which take longer. */
  states: Promise<TimelineData>;
  whole: Promise<TimelineData>;
}

function readRange(range: TimeRange, subjects: ReadonlySet<string>): RangeAnswers {
  const lanes = request('history.lanes', { ...range, subjectIds: [...subjects] });
  const gaps = request('history.gaps', range);
  // Edges have none of their own.
  const outages = request('history.outages', { ...range, clusterIds: [...subjects] });
  const events = readEvents(range);
  const states = Promise.all([lanes, gaps, outages]).then(([foundLanes, foundGaps, foundOutages]) => ({
    ...noData,
    ...range,
    subjectIds: subjects,
    lanesBy: byKey(foundLanes),
    gaps: foundGaps,
    outages: foundOutages,
  }));
  const whole = Promise.all([states, events]).then(([read, found]) => ({
    ...read,
    ...found,
    eventsRead: true,
  }));
  // The one that is awaited reports a failure; the other one would be an unhandled rejection.
  for (const answer of [states, whole]) answer.catch(() => undefined);
  return { states, whole };
}

function byKey(lanes: readonly StateLane[]): Map<string, StateLane> {
  return new Map(lanes.map((lane) => [laneKey(lane.kind, lane.subjectId), lane]));
}

async function readEvents(range: TimeRange): Promise<{ events: RecordedEvent[]; cut: boolean }> {
  const events: RecordedEvent[] = [];
  for (;;) {
    const page = await request('history.events', {
      clusterId: null,
      types: [...markedTypes],
      range,
      beforeId: events.at(-1)?.id ?? null,
      limit: pageSize,
    });
    events.push(...page);
    if (page.length < pageSize) return { events, cut: false };
    if (events.length >= mostEvents) return { events, cut: true };
  }
}
