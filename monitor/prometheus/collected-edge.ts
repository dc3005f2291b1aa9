import type { Edge } from '../../domain/inventory/inventory';
import type { MetricsSource } from '../../domain/inventory/metrics-source';
import type { Reading, SnmpReading, SourceResult, UnreachableCode } from '../../domain/model/reading';
import { duration, inSeconds, preciseDuration } from '../../domain/words/duration';
import type { ClockOffset } from './clock-offset';
import { EdgeMetrics } from './edge-metrics';
import { exporterTries } from './snmp-module';

/** Metrics older than this many scrape intervals are stale. */
const staleIntervals = 2;
/** What the evaluation of a scrape may be late, milliseconds. */
const allowanceMs = 2_000;
/** An exporter that fails sooner did not wait for the edge. */
const leastSilenceMs = 1_800;

/** What a refresh shows of the scrapes of one edge. Times in milliseconds of the engine's clock. */
export interface Scrape {
  atMs: number;
  durationMs: number;
  failed: boolean;
  /** The first few targets that have its name: more than one are two sources of one edge. */
  targets: string[];
}

/** Makes readings of the scrapes of one edge, each once. */
export class CollectedEdge {
  readonly metrics: EdgeMetrics;
  #lastScrapeMs = -Infinity;
  /** Of the last reading, whatever it was. */
  #lastReadingMonotonicMs: number;
  #isMissing = false;

  constructor(
    readonly edge: Edge,
    private readonly source: MetricsSource,
    startedMonotonicMs: number,
  ) {
    const { managementIp = null, proxyIp, lbIp = null } = edge;
    const through = `${source.name}, which scrapes it every ${inSeconds(source.scrapeIntervalMs)}`;
    this.metrics = new EdgeMetrics({ managementIp, proxyIp, lbIp }, through);
    this.#lastReadingMonotonicMs = startedMonotonicMs;
  }

  /** Whether this scrape was not read yet. */
  isNew({ atMs }: Scrape): boolean {
    return atMs > this.#lastScrapeMs;
  }

  /** The readings of a refresh: none where it shows nothing new. A failed scrape is as many as the exporter tried. */
  readings(scrape: Scrape | undefined, offset: ClockOffset, nowMonotonicMs: number): Reading[] {
    if (!scrape) return this.#lapsed(this.#absent, nowMonotonicMs, offset);
    const { targets } = scrape;
    if (targets.length > 1) {
      const words = `${this.#where} scrapes it twice: ${targets.join(' and ')}`;
      return this.#missing({ code: 'bad-answer', words }, nowMonotonicMs, offset);
    }
    const ageMs = offset.serverMs - scrape.atMs;
    if (ageMs > this.staleMs) {
      const words = `${this.#where} last scraped it ${duration(ageMs)} ago and is meant to every ${this.#every}`;
      return this.#missing({ code: 'stale', words }, nowMonotonicMs, offset);
    }
    if (!this.isNew(scrape)) return [];
    this.#lastScrapeMs = scrape.atMs;
    this.#lastReadingMonotonicMs = nowMonotonicMs;
    this.#isMissing = false;
    const result = scrape.failed ? this.#failed(scrape) : this.#answered(scrape);
    const reading = this.#at(scrape, offset, result);
    const isSilence = scrape.failed && scrape.durationMs >= leastSilenceMs;
    return isSilence ? Array.from({ length: exporterTries }, () => reading) : [reading];
  }

  /** The readings while the source itself cannot be read: none until what was read last is stale. */
  withoutSource(words: string, wallMs: number, nowMonotonicMs: number): Reading[] {
    const wallMinusMonotonicMs = wallMs - nowMonotonicMs;
    const offset = { offsetMs: 0, uncertaintyMs: 0, wallMinusMonotonicMs, serverMs: wallMs };
    return this.#lapsed(words, nowMonotonicMs, offset);
  }

  get staleMs(): number {
    return staleIntervals * this.source.scrapeIntervalMs + allowanceMs;
  }

  get #absent(): string {
    return `${this.#where} has no target with the label edge="${this.edge.name}" in job "${this.source.job}"`;
  }

  /** Nothing was read: it is stale once what was read last is. */
  #lapsed(words: string, nowMonotonicMs: number, offset: ClockOffset): Reading[] {
    const isRecent = nowMonotonicMs - this.#lastReadingMonotonicMs < this.staleMs;
    return !this.#isMissing && isRecent
      ? []
      : this.#missing({ code: 'stale', words }, nowMonotonicMs, offset);
  }

  /** Once within a scrape interval. */
  #missing(
    why: { code: UnreachableCode; words: string },
    nowMonotonicMs: number,
    offset: ClockOffset,
  ): Reading[] {
    if (nowMonotonicMs - this.#lastReadingMonotonicMs < this.source.scrapeIntervalMs) return [];
    this.#isMissing = true;
    this.#lastReadingMonotonicMs = nowMonotonicMs;
    const atMs = nowMonotonicMs + offset.wallMinusMonotonicMs;
    return [this.#reading(atMs, atMs, offset, { outcome: 'unreachable', latencyMs: 0, ...why })];
  }

  #failed({ durationMs }: Scrape): SourceResult<SnmpReading> {
    if (durationMs >= leastSilenceMs) {
      const words = `no answer to ${this.#where} within ${preciseDuration(durationMs)}`;
      return { outcome: 'unreachable', latencyMs: durationMs, code: 'scrape-failed', words };
    }
    const words = `the scrape by ${this.#where} failed after ${preciseDuration(durationMs)}, too soon for a silent edge: its host refuses SNMP, or check snmp_exporter and its snmp.yml`;
    return { outcome: 'unreachable', latencyMs: durationMs, code: 'bad-answer', words };
  }

  #answered({ durationMs }: Scrape): SourceResult<SnmpReading> {
    const value = this.metrics.reading();
    if (value) return { outcome: 'answered', latencyMs: durationMs, value };
    const words = `${this.#where} scrapes it without the metrics that Heron reads: use the snmp.yml of heron inventory prometheus`;
    return { outcome: 'unreachable', latencyMs: durationMs, code: 'bad-answer', words };
  }

  /** The edge was read at some time between the beginning and the end of the scrape, give or take what is not known of the clocks. */
  #at(scrape: Scrape, offset: ClockOffset, result: SourceResult<SnmpReading>): Reading {
    const { offsetMs, uncertaintyMs } = offset;
    const fromMs = scrape.atMs - offsetMs - uncertaintyMs;
    const toMs = scrape.atMs + scrape.durationMs - offsetMs + uncertaintyMs;
    return this.#reading(fromMs, toMs, offset, result);
  }

  #reading(
    fromMs: number,
    toMs: number,
    { wallMinusMonotonicMs }: ClockOffset,
    snmp: SourceResult<SnmpReading>,
  ): Reading {
    return {
      edgeId: this.edge.id,
      kind: 'health',
      // Bounds of a record are whole milliseconds.
      startedAtMs: Math.floor(fromMs),
      finishedAtMs: Math.ceil(toMs),
      startedMonotonicMs: fromMs - wallMinusMonotonicMs,
      finishedMonotonicMs: toMs - wallMinusMonotonicMs,
      snmp,
      http: { outcome: 'not-asked' },
      tcp: { outcome: 'not-asked' },
    };
  }

  get #where(): string {
    return `source "${this.source.name}"`;
  }

  get #every(): string {
    return inSeconds(this.source.scrapeIntervalMs);
  }
}
