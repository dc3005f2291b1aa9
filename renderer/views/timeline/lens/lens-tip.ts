import { bitRate } from '../../../../domain/words/amount';
import { clockTenths, type TimeZoneChoice } from '../../../../domain/words/clock';
import { xOf, type TimeScale } from '../../../time/time-scale';
import { laneAt, type Lane } from '../../../ui/timeline/lanes';
import type { Tip } from '../tip-words';
import type { EdgeReadings } from './use-lens-readings';

/** What a lens shows besides states. */
interface LensDetail {
  scale: TimeScale;
  lanes: readonly Lane[];
  readings: ReadonlyMap<string, EdgeReadings>;
  lbs: readonly { id: string; name: string }[];
  zone: TimeZoneChoice;
}

/** A dot is pointed at from this far away, pixels. */
const tolerancePx = 5;

/** The tip of a state with the reading that is pointed at; on the ingress lane the traffic of the reading nearest to the pointer. */
export function lensTip(
  { x, y }: { x: number; y: number },
  state: Tip | null,
  detail: LensDetail,
): Tip | null {
  const lane = laneAt(detail.lanes, y);
  if (lane?.kind === 'ingress') return ingressTip(x, detail);
  const read = lane === null || lane.subjectId === null ? undefined : detail.readings.get(lane.subjectId);
  if (!lane || !read) return state;
  const nearest = nearestOf(
    [
      ...read.answeredMs.map((atMs) => ({ atMs, words: 'answered' })),
      ...read.silentMs.map((atMs) => ({ atMs, words: 'not answered' })),
    ],
    x,
    detail.scale,
  );
  if (nearest === null || nearest.awayPx > tolerancePx) return state;
  const line = `Polled at ${clockTenths(nearest.reading.atMs, detail.zone)}, ${nearest.reading.words}`;
  return state ? { ...state, lines: [line, ...state.lines] } : { title: lane.name, lines: [line] };
}

function ingressTip(x: number, { scale, readings, lbs, zone }: LensDetail): Tip | null {
  const lines = lbs.flatMap(({ id, name }) => {
    const nearest = nearestOf(readings.get(id)?.ingress ?? [], x, scale);
    if (nearest === null) return [];
    const { atMs, bitsPerSecond } = nearest.reading;
    return [`${name}: ${bitRate(bitsPerSecond)} at ${clockTenths(atMs, zone)}`];
  });
  return lines.length === 0 ? null : { title: 'Ingress at the LB, nearest readings', lines };
}

function nearestOf<T extends { atMs: number }>(
  readings: readonly T[],
  x: number,
  scale: TimeScale,
): { reading: T; awayPx: number } | null {
  let nearest: { reading: T; awayPx: number } | null = null;
  for (const reading of readings) {
    const awayPx = Math.abs(xOf(scale, reading.atMs) - x);
    if (nearest === null || awayPx < nearest.awayPx) nearest = { reading, awayPx };
  }
  return nearest;
}
