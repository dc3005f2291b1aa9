import type { HistoryReadable } from '../../db/client/history';
import type { SourceNote, SourcePart, SourcePast } from '../../domain/contract/source-past';
import type { Inventory } from '../../domain/inventory/inventory';
import { sourceOf, type MetricsSource } from '../../domain/inventory/metrics-source';
import type { Gap, TimeRange } from '../../domain/model/history';
import { stateLanesOf } from '../../domain/model/state-lane';
import { hides, minus } from '../../domain/past/monitored-time';
import { sourceStates, type LaneState, type SourcedRow } from '../../domain/past/source-lanes';
import { duration } from '../../domain/words/duration';
import type { Clock } from '../base/clock';
import type { PrometheusApi } from '../prometheus/api';
import { MetricsFailure } from '../prometheus/metrics-failure';
import { mostEdges, mostUnrecordedMs, readSteps, type StepHistory } from '../prometheus/step-history';

/** Shorter gaps are left as they are. */
const leastStretchMs = 60_000;
/** Each is a series of queries of its own. */
const mostStretches = 12;
/** After this long, nothing more is asked. */
const deadlineMs = 20_000;
/** A difference of clocks that is named: far above what NTP leaves. */
const clockNoteMs = 30_000;

export interface SourcePastDependencies {
  clock: Clock;
  /** A connection to a source, closed after each reading. */
  apiOf(source: MetricsSource): Pick<PrometheusApi, 'time' | 'queryRange' | 'close'>;
}

type Asking = Pick<PrometheusApi, 'time' | 'queryRange'>;

interface Asked extends TimeRange {
  rowIds: readonly string[];
}

/** The states of what metrics sources watched in the gaps of a history, before its first moment too. Never rejects because of a source. */
export async function readSourcePast(
  { inventory, history }: { inventory: Inventory; history: Pick<HistoryReadable, 'gaps'> },
  asked: Asked,
  dependencies: SourcePastDependencies,
): Promise<SourcePast> {
  const range = { fromMs: asked.fromMs, toMs: Math.min(asked.toMs, dependencies.clock.nowMs()) };
  const bySource = rowsBySource(inventory, new Set(asked.rowIds));
  if (bySource.size === 0 || range.toMs <= range.fromMs) return { lanes: [], parts: [], notes: [] };
  const gaps = await history.gaps(range);
  const reader = new Reader(dependencies);
  for (const [source, rows] of bySource) await reader.read(source, rows, stretchesOf(gaps, rows, range));
  return reader.result();
}

function rowsBySource(inventory: Inventory, ids: ReadonlySet<string>): Map<MetricsSource, SourcedRow[]> {
  const found = new Map<MetricsSource, SourcedRow[]>();
  const add = (row: { source?: string | undefined; status: string }, sourced: SourcedRow): void => {
    const source = sourceOf(row, inventory.sources);
    if (!source || row.status !== 'enabled' || !ids.has(sourced.id) || sourced.edges.length === 0) return;
    found.set(source, [...(found.get(source) ?? []), sourced]);
  };
  for (const cluster of inventory.clusters) {
    const edges = cluster.edges.filter(({ status }) => status === 'enabled');
    add(cluster, { id: cluster.id, isCluster: true, edges });
  }
  for (const edge of inventory.standaloneEdges) add(edge, { id: edge.id, isCluster: false, edges: [edge] });
  return found;
}

interface Stretch extends TimeRange {
  rows: readonly SourcedRow[];
}

/** The times that hide states of these rows, each once. */
function stretchesOf(gaps: readonly Gap[], rows: readonly SourcedRow[], range: TimeRange): Stretch[] {
  const clip = ({ fromMs, toMs }: TimeRange): TimeRange => ({
    fromMs: Math.max(fromMs, range.fromMs),
    toMs: Math.min(toMs, range.toMs),
  });
  const whole = joined(gaps.filter((gap) => hides(gap, null)).map(clip)).map((one) => ({ ...one, rows }));
  const partly = gaps.filter((gap) => gap.clusterIds !== null);
  const own = partly.flatMap((gap) => {
    const hidden = rows.filter(({ id }) => hides(gap, id));
    return hidden.length === 0 ? [] : minus(clip(gap), whole).map((one) => ({ ...one, rows: hidden }));
  });
  return [...whole, ...own].filter(({ fromMs, toMs }) => toMs - fromMs >= leastStretchMs);
}

function joined(ranges: readonly TimeRange[]): TimeRange[] {
  const result: TimeRange[] = [];
  for (const { fromMs, toMs } of [...ranges].sort((a, b) => a.fromMs - b.fromMs)) {
    const last = result.at(-1);
    if (last && fromMs <= last.toMs) last.toMs = Math.max(last.toMs, toMs);
    else result.push({ fromMs, toMs });
  }
  return result;
}

/** The deadline has passed. */
class TooSlow extends Error {
  override readonly name = 'TooSlow';
}

/** Reads stretch after stretch, and collects what was found and what was not. */
class Reader {
  readonly #states: LaneState[] = [];
  readonly #parts: SourcePart[] = [];
  readonly #notes: SourceNote[] = [];
  readonly #startedMs: number;

  constructor(private readonly dependencies: SourcePastDependencies) {
    this.#startedMs = dependencies.clock.monotonicMs();
  }

  async read(
    source: MetricsSource,
    rows: readonly SourcedRow[],
    stretches: readonly Stretch[],
  ): Promise<void> {
    const within = new Set(this.#withinLimit(source, rows));
    const longest = stretches.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs));
    const left = longest.length - mostStretches;
    if (left > 0) this.#note('limit', source, `${left} shorter gaps are not completed: show less time.`);
    const api = this.dependencies.apiOf(source);
    const inTime: Asking = {
      time: () => this.#inTime(() => api.time()),
      queryRange: (...args) => this.#inTime(() => api.queryRange(...args)),
    };
    try {
      for (const stretch of longest.slice(0, mostStretches)) {
        await this.#readStretch(inTime, source, {
          ...stretch,
          rows: stretch.rows.filter((row) => within.has(row)),
        });
      }
    } catch (fault) {
      if (fault instanceof TooSlow)
        this.#note('limit', source, 'It answers too slowly to complete all gaps: show less time.');
      else if (fault instanceof MetricsFailure) this.#note('failure', source, `${fault.what} ${fault.todo}`);
      else throw fault;
    } finally {
      await api.close();
    }
  }

  async #inTime<T>(ask: () => Promise<T>): Promise<T> {
    if (this.dependencies.clock.monotonicMs() - this.#startedMs > deadlineMs) throw new TooSlow();
    return ask();
  }

  async #readStretch(api: Asking, source: MetricsSource, { rows, ...stretch }: Stretch): Promise<void> {
    const names = rows.flatMap(({ edges }) => edges.map(({ name }) => name));
    const steps = await readSteps(api, this.dependencies.clock, source, names, stretch);
    this.#noteDoubts(source, steps);
    const found = rows.filter(({ edges }) => edges.some(({ name }) => steps.byEdge.has(name)));
    if (found.length === 0) {
      const isLong = stretch.toMs - stretch.fromMs > mostUnrecordedMs;
      const rules = `More than ${duration(mostUnrecordedMs)} need its recording rules (heron-recording.yml).`;
      this.#note(
        'nothing',
        source,
        `It has nothing of a time that was not monitored.${isLong ? ` ${rules}` : ''}`,
      );
      return;
    }
    for (const row of found) this.#states.push(...sourceStates(row, steps, stretch));
    const { stepMs } = steps;
    this.#parts.push({ ...stretch, source: source.name, stepMs, rowIds: found.map(({ id }) => id) });
  }

  #withinLimit(source: MetricsSource, rows: readonly SourcedRow[]): SourcedRow[] {
    let edges = 0;
    const within = rows.filter((row) => (edges += row.edges.length) <= mostEdges);
    if (within.length < rows.length)
      this.#note(
        'limit',
        source,
        `Only ${within.length} of ${rows.length} rows are completed: show fewer clusters.`,
      );
    return within;
  }

  #noteDoubts(source: MetricsSource, { doubled, offsetMs }: StepHistory): void {
    if (doubled.length > 0) {
      const names = doubled.slice(0, 3).join(', ');
      this.#note('doubled', source, `It has ${names} twice. Where it does, the state is unknown.`);
    }
    if (Math.abs(offsetMs) < clockNoteMs) return;
    const words = `Its clock is ${duration(Math.abs(offsetMs))} ${offsetMs > 0 ? 'ahead' : 'behind'} now. Times are corrected by that.`;
    this.#note('clock', source, words);
  }

  #note(kind: SourceNote['kind'], { name }: MetricsSource, words: string): void {
    const isKnown = this.#notes.some((note) => note.kind === kind && note.source === name);
    if (!isKnown) this.#notes.push({ kind, source: name, words });
  }

  result(): SourcePast {
    const inOrder = this.#states.sort((a, b) => a.fromMs - b.fromMs);
    return { lanes: stateLanesOf(inOrder), parts: this.#parts, notes: this.#notes };
  }
}
