import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metricForms, metricsText, type Metric, type MetricForm } from '../../domain/metrics/metrics-text';
import type { MetricsAddress } from '../../domain/metrics/metrics-address';
import { isThisComputer } from '../../domain/inventory/this-computer';
import { RequestRefused } from '../../domain/contract/request-refused';
import { guarded } from '../log/guard';

/** Scrapes within this time get the same text, so that frequent ones cost little. */
const freshMs = 1_000;
const deadlineMs = 5_000;
const mostConnections = 32;

export interface MetricsServerOptions {
  address: MetricsAddress;
  /** Null: no token is required, which is allowed on loopback addresses only. */
  token: string | null;
  monotonicMs: () => number;
  metrics: () => Metric[];
}

export interface MetricsServer {
  /** Where it listens, such as `127.0.0.1:9745`. */
  where: string;
  stop(): Promise<void>;
}

/** Serves `/metrics` to scrapers. @throws RequestRefused when it cannot listen, or would offer it to strangers */
export async function startMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  const { address, token } = options;
  const { host, port } = address;
  if (token === null && !isThisComputer(host))
    throw refused(
      'Other computers could read the metrics without a token.',
      `${host}:${port}`,
      'Choose a token, or 127.0.0.1.',
    );
  const texts = new FreshTexts(options);
  const server = createServer(
    { headersTimeout: deadlineMs, requestTimeout: deadlineMs },
    (request, response) => {
      guarded('metrics', () => answer(request, response, token, texts))();
      if (!response.writableEnded) response.destroy();
    },
  );
  server.maxConnections = mostConnections;
  server.keepAliveTimeout = deadlineMs;
  await new Promise<void>((resolve, reject) => {
    // Stays: an error after listening must not end the process.
    server.on('error', (fault: NodeJS.ErrnoException) =>
      reject(
        refused(
          `The metrics cannot be offered: ${listenWords(fault.code)}.`,
          `${host}:${port}`,
          'Choose another address or port.',
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  const bound = server.address() as AddressInfo;
  return {
    where: `${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The text of each form, for a moment. */
class FreshTexts {
  readonly #texts = new Map<MetricForm, { text: string; madeMonotonicMs: number }>();

  constructor(private readonly options: Pick<MetricsServerOptions, 'metrics' | 'monotonicMs'>) {}

  of(form: MetricForm): string {
    const nowMs = this.options.monotonicMs();
    const known = this.#texts.get(form);
    if (known && nowMs - known.madeMonotonicMs < freshMs) return known.text;
    const text = metricsText(this.options.metrics(), form);
    this.#texts.set(form, { text, madeMonotonicMs: nowMs });
    return text;
  }
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  token: string | null,
  texts: FreshTexts,
): void {
  const refusal = refusalOf(request, token);
  if (refusal) {
    const [status, words, headers = {}] = refusal;
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers }).end(`${words}\n`);
    return;
  }
  const form = (request.headers.accept ?? '').includes('application/openmetrics-text')
    ? 'openMetrics'
    : 'prometheus';
  const headers = { 'content-type': metricForms[form], 'cache-control': 'no-store' };
  response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : texts.of(form));
}

type Refusal = [status: number, words: string, headers?: Record<string, string>];

function refusalOf({ method, url, headers }: IncomingMessage, token: string | null): Refusal | null {
  // A page in a browser can reach loopback, directly or by a name that leads there.
  if (headers.origin !== undefined || headers['sec-fetch-mode'] !== undefined)
    return [403, 'Browsers are refused.'];
  if (token === null && !isThisComputer(hostOf(headers.host ?? '')))
    return [403, 'The header Host names another computer.'];
  if (token !== null && !isToken(headers.authorization, token))
    return [401, 'A bearer token is needed.', { 'www-authenticate': 'Bearer' }];
  if (url?.split('?')[0] !== '/metrics') return [404, 'There is /metrics only.'];
  return method === 'GET' || method === 'HEAD' ? null : [405, 'GET only.', { allow: 'GET, HEAD' }];
}

/** Compares digests, so that the time it takes says nothing about the token. */
function isToken(authorization: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '';
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}

function hostOf(header: string): string {
  return /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(header)?.[1]?.replace(/^\[|\]$/g, '') ?? '';
}

function listenWords(code: string | undefined): string {
  if (code === 'EADDRINUSE') return 'another program uses this port';
  if (code === 'EACCES') return 'this port needs further rights';
  return code === 'EADDRNOTAVAIL' ? 'this computer has no such address' : (code ?? 'unknown reason');
}

function refused(what: string, where: string, todo: string): RequestRefused {
  return new RequestRefused({ what, where, todo });
}
