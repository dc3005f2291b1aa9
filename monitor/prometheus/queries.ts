import type { MetricsSource } from '../../domain/inventory/metrics-source';
import { columns, type Column } from './columns';

/** The labels that tell rows apart; all others would only make answers larger. */
const rowLabels = '__name__, edge, row, row2, address';
/** Metrics of one query: an answer of ten thousand edges stays within what is read of one. */
const metricsPerQuery = 2;

/** The queries of one source. Each selects all its edges at once. */
export class Queries {
  readonly #selector: string;

  constructor({ job }: Pick<MetricsSource, 'job'>) {
    this.#selector = `job=${JSON.stringify(job)},edge!=""`;
  }

  /** When each target was last scraped, seconds, by edge and target: also where that failed. */
  get scrapes(): string {
    return `max by (edge, instance) (timestamp(up{${this.#selector}}))`;
  }

  /** The targets whose last scrape failed. */
  get failed(): string {
    return `max by (edge, instance) (up{${this.#selector}}) == 0`;
  }

  /** How long each scrape took, seconds. */
  get durations(): string {
    return `max by (edge) (scrape_duration_seconds{${this.#selector}})`;
  }

  /** Everything that a refresh reads, in as few queries as answers of a large fleet allow, but for `without`. */
  live(without: ReadonlySet<string>): string[] {
    const wanted = columns.filter(({ use, metric }) => use === 'live' && !without.has(metric));
    const normals = new Set(wanted.flatMap(({ normal }) => normal ?? []));
    return [
      ...this.#rows(wanted.filter(({ normal }) => normal === undefined)),
      ...[...normals].map((normal) => {
        const group = wanted.filter((column) => column.normal === normal);
        return `max by (${rowLabels}) (${this.#named(group)} != ${normal})`;
      }),
    ];
  }

  /** What seldom changes, and which rows there are of columns that a refresh reads in part. */
  get learned(): string[] {
    return this.#rows(columns.filter(({ use, normal }) => use === 'learned' || normal !== undefined));
  }

  /** Live metrics that no agent has in this fleet, or none needs, with the query whose answer is then empty. */
  get optional(): { metric: string; needed: string }[] {
    return columns
      .filter(({ use }) => use === 'live')
      .map(({ metric, covered }) => {
        const own = `${metric}{${this.#selector}}`;
        if (!covered) return { metric, needed: `group (${own})` };
        const by = covered.by.map((other) => `${other}{${this.#selector}}`).join(' or ');
        return { metric, needed: `group (${own} unless on (${covered.on}) (${by}))` };
      });
  }

  /** The messages of rows whose flag is set. */
  get messages(): string {
    return columns
      .filter(({ use }) => use === 'failed')
      .map(({ metric }) => {
        const flag = metric.replace(/_message$/, '_failed');
        return `${metric}{${this.#selector}} and on (edge, row) (${flag}{${this.#selector}} == 1)`;
      })
      .join(' or ');
  }

  #rows(wanted: readonly Column[]): string[] {
    const numbers = wanted.filter(({ kind }) => kind !== 'text' && kind !== 'octets');
    // The text of a row is a label that has the name of its metric.
    const texts = wanted.filter((column) => !numbers.includes(column));
    return [
      ...inGroups(numbers).map((group) => `max by (${rowLabels}) (${this.#named(group)})`),
      ...inGroups(texts).map((group) => {
        const labels = [rowLabels, ...group.map(({ metric }) => metric)].join(', ');
        return `max by (${labels}) (${this.#named(group)})`;
      }),
    ];
  }

  #named(group: readonly Column[]): string {
    const names = group.map(({ metric }) => metric).join('|');
    return `{__name__=~"${names}",${this.#selector}}`;
  }
}

function inGroups<T>(all: readonly T[]): T[][] {
  const count = Math.ceil(all.length / metricsPerQuery);
  return Array.from({ length: count }, (_, at) =>
    all.slice(at * metricsPerQuery, (at + 1) * metricsPerQuery),
  );
}
