import { z } from 'zod';
import { spanSchema, type Span } from './history';

const timeMs = z.number().int();

/**
 * The states of one subject and kind that overlap a range, in order, as columns of the same length: a year of a fleet has tens
 * of thousands. Times are UTC milliseconds; `toMs` is null while a state lasts. Reasons are queried as spans.
 */
export const stateLaneSchema = z
  .object({
    kind: spanSchema.shape.kind,
    subjectId: z.string(),
    states: z.array(z.string()),
    fromMs: z.array(timeMs),
    toMs: z.array(timeMs.nullable()),
  })
  .refine(
    ({ states, fromMs, toMs }) => states.length === fromMs.length && states.length === toMs.length,
    'a state without its times',
  );
export type StateLane = z.infer<typeof stateLaneSchema>;

type State = Pick<Span, 'kind' | 'subjectId' | 'state' | 'fromMs' | 'toMs'>;

/** Groups spans into a lane for each subject and kind. The spans of a lane must be in order. */
export function stateLanesOf(spans: Iterable<State>): StateLane[] {
  const lanes = new Map<string, StateLane>();
  for (const { kind, subjectId, state, fromMs, toMs } of spans) {
    const key = `${kind} ${subjectId}`;
    let lane = lanes.get(key);
    if (lane === undefined) {
      lane = { kind, subjectId, states: [], fromMs: [], toMs: [] };
      lanes.set(key, lane);
    }
    lane.states.push(state);
    lane.fromMs.push(fromMs);
    lane.toMs.push(toMs);
  }
  return [...lanes.values()];
}
