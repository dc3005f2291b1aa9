import type { Span } from '../model/history';
import { spreadOf } from '../cluster/judge/share';

/** A stretch of time in equal steps: the start of each, UTC milliseconds, and what each edge carried in it, bits per second. */
export interface CarriedSteps {
  stepMs: number;
  times: readonly number[];
  edges: readonly { edgeId: string; bitsPerSecond: readonly (number | null)[] }[];
}

/** The spread of one step against the edges that were healthy in it. */
export interface StepSpread {
  /** How many edges were healthy; null: no state is kept of then, or one changed within the step. */
  healthy: number | null;
  /** Part of the traffic that an even spread gives each edge, in the order of the edges; null as `healthy`. */
  expected: number[] | null;
  /** As `Spread.evenness`; null where it is not known. */
  evenness: number | null;
}

/**
 * What even would have been, step by step: healthy is what it is in a snapshot (up or degraded), from the edges' spans. A step
 * in which an edge became healthy or ceased to be is neither, so nothing is expected of it; nor where no span of any edge is kept.
 */
export function spreadOverTime(steps: CarriedSteps, spans: readonly Span[]): StepSpread[] {
  const spansBy = new Map<string, Span[]>(steps.edges.map(({ edgeId }) => [edgeId, []]));
  for (const span of spans) if (span.kind === 'edge-health') spansBy.get(span.subjectId)?.push(span);
  return steps.times.map((fromMs, step) => {
    const within = { fromMs, toMs: fromMs + steps.stepMs };
    const served = steps.edges.map(({ edgeId }) => servedIn(spansBy.get(edgeId) ?? [], within));
    if (served.includes('changed') || served.every((one) => one === 'not kept'))
      return { healthy: null, expected: null, evenness: null };
    const healthy = served.filter((one) => one === 'healthy').length;
    const { evenness } = spreadOf(
      steps.edges.map(({ edgeId, bitsPerSecond }, index) => ({
        id: edgeId,
        healthy: served[index] === 'healthy',
        bitsPerSecond: bitsPerSecond[step] ?? null,
      })),
    );
    return { healthy, expected: served.map((one) => (one === 'healthy' ? 1 / healthy : 0)), evenness };
  });
}

/** `not kept`: no span reaches into the step: the edge was not watched, or not yet in the inventory. */
function servedIn(
  spans: readonly Span[],
  { fromMs, toMs }: { fromMs: number; toMs: number },
): 'healthy' | 'not' | 'changed' | 'not kept' {
  let found: 'healthy' | 'not' | null = null;
  for (const span of spans) {
    if (span.fromMs >= toMs || (span.toMs !== null && span.toMs <= fromMs)) continue;
    const one = span.state === 'up' || span.state === 'degraded' ? 'healthy' : 'not';
    if (found !== null && found !== one) return 'changed';
    found = one;
  }
  return found ?? 'not kept';
}
