import type { MetricsSource } from '../../domain/inventory/metrics-source';
import type { TimeRange } from '../../domain/model/history';
import type { KnownSteps } from '../../domain/past/source-lanes';
import { edgeStep, nothingKnown, type EdgeStep, type StepNumbers } from '../../domain/past/step-judgement';
import type { Clock } from '../base/clock';
import type { PrometheusApi, Series } from './api';
import { measureOffset } from './clock-offset';
import { inPairs } from './in-pairs';
import { recordedExpressions, recordedMs, stepExpressions, windowOf } from './step-queries';

/** Of edges over a range: what is certain of each in each step. */
export interface StepHistory extends KnownSteps {
  /** Edges that the engine has twice in one step, of which nothing is claimed there. */
  doubled: readonly string[];
  /** How far the engine's clock is ahead, milliseconds. */
  offsetMs: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The steps of ranges for which recorded series are read. */
const longSteps = [
  15 * minuteMs,
  30 * minuteMs,
  ...[1, 2, 3, 6, 12, 24, 48, 96].map((hours) => hours * hourMs),
];
/** Up to here samples themselves are read, in steps of five minutes. */
const mostSampledMs = 48 * hourMs;
/** Without recording rules samples are read for no longer: an engine would work on them for long. */
export const mostUnrecordedMs = 14 * 24 * hourMs;
/** As many steps as a screen has room for; Prometheus itself computes at most 11,000. */
const mostSteps = 1_500;
/** Steps of all edges together: a bound of the answer, about 5 MB. */
const mostEdgeSteps = 30_000;
/** Names of one query: a selector of more is longer than engines accept. */
const edgesPerQuery = 200;
/** More edges would be more queries than an engine should answer at once. */
export const mostEdges = 1_000;

/** The step, in milliseconds, for a range and this number of edges. */
export function stepOf({ fromMs, toMs }: TimeRange, edges: number): number {
  const lengthMs = toMs - fromMs;
  const isFew = (stepMs: number): boolean =>
    lengthMs / stepMs <= Math.min(mostSteps, mostEdgeSteps / Math.max(1, edges));
  if (lengthMs <= mostSampledMs && isFew(recordedMs)) return recordedMs;
  return longSteps.find(isFew) ?? Math.ceil(lengthMs / 7 / hourMs) * hourMs;
}

/**
 * What an engine has of edges over a range, in steps that it computes. Steps are those of UTC, and overlap the range. @throws MetricsFailure
 */
export async function readSteps(
  api: Pick<PrometheusApi, 'time' | 'queryRange'>,
  clock: Clock,
  source: Pick<MetricsSource, 'job' | 'scrapeIntervalMs'>,
  edges: readonly string[],
  range: TimeRange,
): Promise<StepHistory> {
  const { offsetMs } = await measureOffset(clock, () => api.time());
  const stepMs = stepOf(range, edges.length);
  const grid: Grid = {
    fromMs: (Math.floor(range.fromMs / stepMs) + 1) * stepMs,
    toMs: Math.ceil(range.toMs / stepMs) * stepMs,
    stepMs,
    offsetMs,
  };
  const read = (isRecorded: boolean): Promise<Map<string, EdgeSeries>> =>
    readEdges(api, grid, edges, isRecorded ? recordedSource : sampledSource(source));
  let isRecorded = stepMs > recordedMs;
  let found = await read(isRecorded);
  if (found.size === 0 && isRecorded && range.toMs - range.fromMs <= mostUnrecordedMs) {
    isRecorded = false;
    found = await read(false);
  }
  // One sample less is a late one; where more are missing, what they would have shown is not known. Of recorded series each may lack one.
  const samplesOfMs = isRecorded ? recordedMs : stepMs;
  const leastSamples = Math.max(1, Math.floor(samplesOfMs / source.scrapeIntervalMs) - 1);
  const steps = Array.from({ length: stepCount(grid) }, (_, at) => at);
  return {
    stepMs,
    endsMs: steps.map((at) => grid.fromMs + at * stepMs),
    byEdge: new Map(
      [...found].map(([edge, series]) => [edge, steps.map((at) => stepAt(series, at, leastSamples))]),
    ),
    doubled: [...found].filter(([, { doubledAt }]) => doubledAt.size > 0).map(([edge]) => edge),
    offsetMs,
  };
}

/** The ends of the first and the last step, and the time between two. */
interface Grid extends TimeRange {
  stepMs: number;
  offsetMs: number;
}

const stepCount = ({ fromMs, toMs, stepMs }: Grid): number => Math.round((toMs - fromMs) / stepMs) + 1;

/** Where the numbers of steps come from. */
interface NumbersSource {
  expressions(selector: string, stepMs: number): Record<keyof StepNumbers, string>;
  selector: string;
  /** How long after the end of a step it is evaluated. */
  laterMs: number;
}

/** Recorded series are five minutes each, at any offset: one more of them covers both ends of a step. */
const recordedSource: NumbersSource = {
  expressions: (selector, stepMs) =>
    recordedExpressions(selector, windowOf(stepMs + recordedMs), stepMs / recordedMs + 1),
  selector: '',
  laterMs: recordedMs,
};

const sampledSource = ({ job }: Pick<MetricsSource, 'job'>): NumbersSource => ({
  expressions: (selector, stepMs) => stepExpressions(selector, windowOf(stepMs)),
  selector: `job=${JSON.stringify(job)},`,
  laterMs: 0,
});

/** The numbers of one edge, by step. */
interface EdgeSeries {
  numbers: Partial<Record<keyof StepNumbers, Float64Array>>;
  /** Steps in which the engine has two series of one number. */
  doubledAt: Set<number>;
}

async function readEdges(
  api: Pick<PrometheusApi, 'queryRange'>,
  grid: Grid,
  edges: readonly string[],
  { expressions, selector, laterMs }: NumbersSource,
): Promise<Map<string, EdgeSeries>> {
  const found = new Map<string, EdgeSeries>();
  const wanted = new Set(edges);
  const shiftMs = grid.offsetMs + laterMs;
  for (let first = 0; first < edges.length; first += edgesPerQuery) {
    const names = edges
      .slice(first, first + edgesPerQuery)
      .map(escaped)
      .join('|');
    const queries = Object.entries(expressions(`${selector}edge=~${JSON.stringify(names)}`, grid.stepMs));
    const answers = await inPairs(queries, ([, query]) =>
      api.queryRange(query, grid.fromMs + shiftMs, grid.toMs + shiftMs, grid.stepMs),
    );
    for (const [at, [key]] of queries.entries())
      for (const series of answers[at] ?? [])
        // Each other name that an engine answers with would take memory.
        if (wanted.has(series.labels['edge'] ?? ''))
          addSeries(found, key as keyof StepNumbers, series, grid, shiftMs);
  }
  return found;
}

/** A name as a regular expression that matches only it. */
function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function addSeries(
  found: Map<string, EdgeSeries>,
  key: keyof StepNumbers,
  { labels, points }: Series,
  grid: Grid,
  shiftMs: number,
): void {
  const edge = labels['edge'] ?? '';
  const own: EdgeSeries = found.get(edge) ?? { numbers: {}, doubledAt: new Set() };
  found.set(edge, own);
  const values = (own.numbers[key] ??= new Float64Array(stepCount(grid)).fill(NaN));
  for (const { atMs, value } of points) {
    const at = Math.round((atMs - shiftMs - grid.fromMs) / grid.stepMs);
    if (at < 0 || at >= values.length) continue;
    if (!Number.isNaN(values[at])) own.doubledAt.add(at);
    values[at] = value;
  }
}

function stepAt({ numbers, doubledAt }: EdgeSeries, at: number, leastSamples: number): EdgeStep {
  if (doubledAt.has(at)) return nothingKnown;
  const of = (key: keyof StepNumbers): number | null => {
    const value = numbers[key]?.[at] ?? NaN;
    return Number.isNaN(value) ? null : value;
  };
  const read: StepNumbers = {
    answersMin: of('answersMin'),
    answersMax: of('answersMax'),
    scrapes: of('scrapes'),
    faultsMin: of('faultsMin'),
    faultsMax: of('faultsMax'),
    roleMin: of('roleMin'),
    roleMax: of('roleMax'),
    roleSamples: of('roleSamples'),
  };
  return edgeStep(read, leastSamples);
}
