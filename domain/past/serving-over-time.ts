import type { Span } from '../model/history';
import { spreadOf } from '../cluster/judge/share';

/** Traffic in equal steps: the start of each, UTC milliseconds, and the traffic of each edge in it, bits per second. */
export interface TrafficSteps {
  stepMs: number;
  times: readonly number[];
  edges: readonly { edgeId: string; bitsPerSecond: readonly (number | null)[] }[];
}

/** The spread of one step compared with an even spread over the healthy edges. */
export interface StepSpread {
  /** Number of healthy edges; null: no state is recorded, or one changed within the step. */
  healthy: number | null;
  /** The share of each edge in an even spread, in the order of the edges; null when `healthy` is. */
  expected: number[] | null;
  /** As `Spread.evenness`; null where unknown. */
  evenness: number | null;
}

/**
 * The even spread of each step. An edge is healthy as in a snapshot (up or degraded), according to its spans. For a step in which
 * an edge became healthy or ceased to be, and where no span of any edge is recorded, it is unknown.
 */
export function spreadOverTime(steps: TrafficSteps, spans: readonly Span[]): StepSpread[] {
  const spansBy = new Map<string, Span[]>(steps.edges.map(({ edgeId }) => [edgeId, []]));
  for (const span of spans) if (span.kind === 'edge-health') spansBy.get(span.subjectId)?.push(span);
  return steps.times.map((fromMs, step) => {
    const within = { fromMs, toMs: fromMs + steps.stepMs };
    const served = steps.edges.map(({ edgeId }) => servedIn(spansBy.get(edgeId) ?? [], within));
    if (served.includes('changed') || served.every((one) => one === 'none'))
      return { healthy: null, expected: null, evenness: null };
    const healthy = served.filter((one) => one === 'healthy').length;
    const { evenness } = spreadOf(
      steps.edges.map(({ edgeId, bitsPerSecond }, index) => ({
        id: edgeId,
        healthy: served[index] === 'healthy',
        mayServe: served[index] === 'healthy',
        bitsPerSecond: bitsPerSecond[step] ?? null,
      })),
    );
    return { healthy, expected: served.map((one) => (one === 'healthy' ? 1 / healthy : 0)), evenness };
  });
}

/** `none`: no span overlaps the step, because the edge was not monitored or not in the inventory yet. */
function servedIn(
  spans: readonly Span[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): 'healthy' | 'not' | 'changed' | 'none' {
  let found: 'healthy' | 'not' | null = null;
  for (const span of spans) {
    if (span.fromMs >= toMs || (span.toMs !== null && span.toMs <= fromMs)) continue;
    const one = span.state === 'up' || span.state === 'degraded' ? 'healthy' : 'not';
    if (found !== null && found !== one) return 'changed';
    found = one;
  }
  return found ?? 'none';
}
