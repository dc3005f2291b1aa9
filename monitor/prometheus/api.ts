import { rootCertificates } from 'node:tls';
import { Agent, type Dispatcher } from 'undici';
import { z } from 'zod';
import { secretOf, type MetricsSource } from '../../domain/inventory/metrics-source';
import { asJson } from '../base/as-json';
import { readAuthority } from '../base/read-authority';
import { boundedRequest, NoAnswer, type BoundedAnswer } from '../http/bounded-request';
import type { SecretResolver } from '../secrets/secret-resolver';
import { MetricsFailure } from './metrics-failure';

/** One series of an instant query. */
export interface Sample {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** One series of a range query: UTC milliseconds of the engine's clock, and values. */
export interface Series {
  labels: Readonly<Record<string, string>>;
  points: { atMs: number; value: number }[];
}

/** Ten thousand edges with six interfaces each answer one column with about 9 MB. */
const limits = { deadlineMs: 15_000, maxBytes: 96 * 1024 * 1024 };
const longestWords = 200;

const answerSchema = z.object({
  status: z.enum(['success', 'error']),
  error: z.string().optional(),
  /** VictoriaMetrics: a storage node did not answer. */
  isPartial: z.boolean().optional(),
  warnings: z.array(z.string()).optional(),
  data: z.object({ resultType: z.string(), result: z.array(z.unknown()) }).optional(),
});

const buildSchema = z.object({
  data: z.object({ application: z.string().optional(), version: z.string().optional() }),
});
const longestName = 60;

/** The HTTP API of one engine (Prometheus, VictoriaMetrics, Mimir, Thanos). */
export class PrometheusApi {
  #dispatcher: Agent | null = null;
  /** Requests since the start, for measurements. */
  requests = 0;

  constructor(
    private readonly source: MetricsSource,
    private readonly secrets: SecretResolver,
  ) {}

  /** The engine's clock, UTC milliseconds. @throws MetricsFailure */
  async time(): Promise<number> {
    const data = await this.#ask('query', { query: 'time()' });
    const seconds =
      data.resultType === 'scalar' ? Number(data.result[1]) : Number(sampleOf(data.result[0])?.value);
    if (!Number.isFinite(seconds)) throw this.#unexpected('does not tell its time');
    return seconds * 1000;
  }

  /** An instant query at `atMs` of the engine's clock. @throws MetricsFailure */
  async query(query: string, atMs: number): Promise<Sample[]> {
    const { resultType, result } = await this.#ask('query', { query, time: (atMs / 1000).toFixed(3) });
    if (resultType !== 'vector') throw this.#unexpected(`answers a query with a ${resultType.slice(0, 20)}`);
    return result.map((one) => sampleOf(one) ?? this.#refuse('answers with a series in an unknown form'));
  }

  /** A range query with steps that the engine computes. @throws MetricsFailure */
  async queryRange(query: string, fromMs: number, toMs: number, stepMs: number): Promise<Series[]> {
    const { resultType, result } = await this.#ask('query_range', {
      query,
      start: (fromMs / 1000).toFixed(3),
      end: (toMs / 1000).toFixed(3),
      step: (stepMs / 1000).toFixed(3),
    });
    if (resultType !== 'matrix') throw this.#unexpected(`answers a range with a ${resultType.slice(0, 20)}`);
    return result.map((one) => seriesOf(one) ?? this.#refuse('answers with a series in an unknown form'));
  }

  /** The points of each series that the engine scraped in the time before `atMs` of its clock. @throws MetricsFailure */
  async recent(selector: string, forMs: number, atMs: number): Promise<Series[]> {
    const { resultType, result } = await this.#ask('query', {
      query: `${selector}[${Math.ceil(forMs / 1000)}s]`,
      time: (atMs / 1000).toFixed(3),
    });
    if (resultType !== 'matrix') throw this.#unexpected(`answers a range with a ${resultType.slice(0, 20)}`);
    return result.map((one) => seriesOf(one) ?? this.#refuse('answers with a series in an unknown form'));
  }

  /** What answers, as it names itself. Version null: it names none. @throws MetricsFailure */
  async engine(): Promise<{ name: string; version: string | null }> {
    const answer = await this.#send('status/buildinfo', null);
    if (answer.status === 401 || answer.status === 403) throw this.#statusFailure(answer, undefined);
    const { application, version } = buildSchema.safeParse(asJson(answer.text)).data?.data ?? {};
    // VictoriaMetrics is known by a header of its own; the version that it may name there is Prometheus'.
    if (answer.headers['x-server-hostname'] !== undefined) return { name: 'VictoriaMetrics', version: null };
    // Thanos names no application, and has no version from 1 on.
    const unnamed = /^[1-9]/.test(version ?? '') ? 'Prometheus' : 'An engine with the API of Prometheus';
    const name = application === undefined ? unnamed : quoted(application).slice(0, longestName);
    return { name, version: version ? quoted(version).slice(0, longestName) : null };
  }

  async close(): Promise<void> {
    await this.#dispatcher?.destroy();
    this.#dispatcher = null;
  }

  async #ask(path: string, parameters: Record<string, string>) {
    const answer = await this.#send(path, parameters);
    const parsed = answerSchema.safeParse(asJson(answer.text));
    if (answer.status !== 200) throw this.#statusFailure(answer, parsed.data?.error);
    if (!parsed.success)
      throw this.#unexpected('answers with half an answer, or with something else than JSON');
    const { status, error, data, warnings = [], isPartial } = parsed.data;
    if (status === 'error') throw this.#queryFailure(error);
    if (warnings.length > 0 || isPartial) {
      const words = warnings[0] === undefined ? '' : ` (${quoted(warnings[0])})`;
      throw new MetricsFailure(
        'partial',
        `${this.#name} gave a part of the answer only${words}.`,
        this.source.url,
        'Check its stores; what may be missing counts as unknown.',
      );
    }
    if (!data) throw this.#unexpected('answers without data');
    return data;
  }

  /** Posts parameters, or gets what needs none. */
  async #send(path: string, parameters: Record<string, string> | null): Promise<BoundedAnswer> {
    this.requests += 1;
    const url = `${this.source.url.replace(/\/+$/, '')}/api/v1/${path}`;
    const authorization = await this.#authorization();
    try {
      return await boundedRequest(url, requestOf(parameters, authorization), limits, {
        dispatcher: this.#connections(),
      });
    } catch (fault) {
      if (!(fault instanceof NoAnswer)) throw fault;
      throw new MetricsFailure(
        fault.kind === 'too-large' ? 'bad-answer' : 'unreachable',
        `${this.#name} could not be reached: ${fault.words}.`,
        this.source.url,
        fault.kind === 'too-large'
          ? 'Check that this is the engine’s URL.'
          : 'Check its URL, and that it runs.',
      );
    }
  }

  async #authorization(): Promise<Record<string, string>> {
    const { tenant, user } = this.source;
    const ofTenant: Record<string, string> = tenant === undefined ? {} : { 'x-scope-orgid': tenant };
    const place = secretOf(this.source);
    if (!place) return ofTenant;
    const secret = await this.secrets.resolve(place);
    if (!secret.found) {
      const what = `The ${user === undefined ? 'token' : 'password'} of ${this.#name} is missing: ${secret.words}.`;
      throw new MetricsFailure('secret', what, this.source.url, 'Set it.');
    }
    const basic = (): string => `Basic ${Buffer.from(`${user}:${secret.value}`).toString('base64')}`;
    return { ...ofTenant, authorization: user === undefined ? `Bearer ${secret.value}` : basic() };
  }

  #connections(): Dispatcher {
    const { caFile } = this.source;
    this.#dispatcher ??= new Agent({
      connections: 4,
      connect: {
        timeout: 5_000,
        ...(caFile === undefined ? {} : { ca: [...rootCertificates, this.#ca(caFile)] }),
      },
    });
    return this.#dispatcher;
  }

  #ca(file: string): string {
    try {
      return readAuthority(file);
    } catch (fault) {
      const words = fault instanceof Error ? fault.message : String(fault);
      const what = `The certificate authority of ${this.#name} cannot be read: ${words}.`;
      throw new MetricsFailure('secret', what, file, 'Correct caFile.');
    }
  }

  #statusFailure(
    { status, location, retryAfterMs }: BoundedAnswer,
    error: string | undefined,
  ): MetricsFailure {
    const fail = (code: MetricsFailure['code'], what: string, todo: string): MetricsFailure =>
      new MetricsFailure(code, `${this.#name} ${what}.`, this.source.url, todo, retryAfterMs);
    if (status === 401 || status === 403)
      return fail('refused', `refuses access (${status})`, 'Check its token or password, and the tenant.');
    if (status === 429)
      return fail('busy', 'asks for fewer requests (429)', 'Raise its limits, or its scrapeIntervalMs here.');
    if (status === 400 || status === 422) return this.#queryFailure(error);
    if (status >= 300 && status < 400) {
      const to = location === null ? '' : ` to ${quoted(location)}`;
      return fail(
        'bad-answer',
        `redirects${to} (${status})`,
        'Name the URL that answers; redirects are not followed.',
      );
    }
    const words = error === undefined ? '' : `: ${quoted(error)}`;
    if (status >= 500) return fail('unreachable', `fails (${status})${words}`, 'Check its log.');
    return fail('bad-answer', `answers with ${status}`, 'Check its URL: /api/v1/query is added to it.');
  }

  #queryFailure(error: string | undefined): MetricsFailure {
    const words = error === undefined ? '' : `: ${quoted(error)}`;
    const todo = 'Check that it answers PromQL; report it if it is Prometheus.';
    return new MetricsFailure('query', `${this.#name} rejects a query${words}.`, this.source.url, todo);
  }

  #unexpected(what: string): MetricsFailure {
    const todo = 'Check that this is the URL of a Prometheus-compatible API.';
    return new MetricsFailure('bad-answer', `${this.#name} ${what}.`, this.source.url, todo);
  }

  #refuse(what: string): never {
    throw this.#unexpected(what);
  }

  get #name(): string {
    return `Source "${this.source.name}"`;
  }
}

function requestOf(
  parameters: Record<string, string> | null,
  authorization: Record<string, string>,
): Parameters<typeof boundedRequest>[1] {
  if (parameters === null) return { method: 'GET', headers: authorization };
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...authorization };
  // VictoriaMetrics would answer for half a minute ago otherwise.
  const body = new URLSearchParams({ ...parameters, nocache: '1' }).toString();
  return { method: 'POST', headers, body };
}

function quoted(text: string): string {
  const line = text.replaceAll(/\p{C}+/gu, ' ').trim();
  return line.length > longestWords ? `${line.slice(0, longestWords)}…` : line;
}

// Checked by hand: a refresh of a large fleet has hundreds of thousands of these.

function sampleOf(one: unknown): Sample | null {
  const labels = labelsOf(one);
  const point = labels && pointOf((one as { value?: unknown }).value);
  return labels && point ? { labels, value: point.value } : null;
}

function seriesOf(one: unknown): Series | null {
  const labels = labelsOf(one);
  const { values } = (one ?? {}) as { values?: unknown };
  if (!labels || !Array.isArray(values)) return null;
  const points = values.map(pointOf);
  return points.every((point) => point !== null) ? { labels, points } : null;
}

function labelsOf(one: unknown): Record<string, string> | null {
  if (typeof one !== 'object' || one === null || !('metric' in one)) return null;
  const { metric } = one;
  if (typeof metric !== 'object' || metric === null) return null;
  for (const value of Object.values(metric)) if (typeof value !== 'string') return null;
  return metric as Record<string, string>;
}

function pointOf(pair: unknown): { atMs: number; value: number } | null {
  if (!Array.isArray(pair) || pair.length !== 2) return null;
  const [seconds, text] = pair as unknown[];
  if (typeof seconds !== 'number' || typeof text !== 'string') return null;
  // NaN and infinities are values of Prometheus.
  const value = text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
  return { atMs: seconds * 1000, value };
}
