import type { RecordedEvent } from '../../../domain/model/event';
import { request } from '../../bridge/heron';

const firstReachMs = 3_600_000;
const mostMs = 400 * 86_400_000;
/** Event types at which stepping through time stops. */
const types = [
  'failover',
  'failback',
  'no-active-lb',
  'split-brain',
  'flapping',
  'cluster-state',
  'edge-state',
  'gap',
] as const;

/** The event nearest to T on one side, searched in growing ranges; null: there is none within 400 days. */
export async function findEvent(
  fromMs: number,
  side: 'before' | 'after',
  nowMs: number,
): Promise<RecordedEvent | null> {
  for (let reachMs = firstReachMs; reachMs <= mostMs; reachMs *= 6) {
    const range =
      side === 'before'
        ? { fromMs: Math.max(0, fromMs - reachMs), toMs: fromMs }
        : { fromMs: fromMs + 1, toMs: fromMs + reachMs };
    const found = await request('history.events', {
      clusterId: null,
      types: [...types],
      range,
      beforeId: null,
      limit: 1000,
    });
    const nearest = found.reduce<RecordedEvent | null>((best, one) => {
      if (best === null) return one;
      const [bestMs, oneMs] = [best.event.timeMs, one.event.timeMs];
      return (side === 'before' ? oneMs > bestMs : oneMs < bestMs) ? one : best;
    }, null);
    // A full page holds the newest events and may lack the one right after T: search a shorter range.
    if (
      nearest !== null &&
      side === 'after' &&
      found.length === 1000 &&
      nearest.event.timeMs - fromMs > 60_000
    ) {
      const near = await nearestOf(fromMs, nearest.event.timeMs);
      return near ?? nearest;
    }
    if (nearest !== null) return nearest;
    if (side === 'after' && fromMs + reachMs > nowMs) return null;
  }
  return null;
}

/** The first event in (fromMs, toMs): the range is halved until one page holds all of it. */
async function nearestOf(fromMs: number, toMs: number): Promise<RecordedEvent | null> {
  let end = toMs;
  for (let tries = 0; tries < 20; tries += 1) {
    const found = await request('history.events', {
      clusterId: null,
      types: [...types],
      range: { fromMs: fromMs + 1, toMs: end },
      beforeId: null,
      limit: 1000,
    });
    const first = found.reduce<RecordedEvent | null>(
      (best, one) => (best === null || one.event.timeMs < best.event.timeMs ? one : best),
      null,
    );
    if (first === null || found.length < 1000) return first;
    end = fromMs + 1 + Math.max(1, Math.floor((first.event.timeMs - fromMs) / 2));
  }
  return null;
}
