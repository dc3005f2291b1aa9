import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { metricsSourceSchema, type MetricsSource } from '../../../domain/inventory/metrics-source';
import { PrometheusApi } from '../../../monitor/prometheus/api';
import { MetricsFailure } from '../../../monitor/prometheus/metrics-failure';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import { startReceiver, type HttpReceiver } from '../../fixtures/channels/http-receiver';

let server: HttpReceiver;
const apis: PrometheusApi[] = [];

beforeEach(async () => (server = await startReceiver()));
afterEach(async () => {
  await Promise.all(apis.splice(0).map((api) => api.close()));
  await server.close();
});

function api(more: Partial<MetricsSource> = {}): PrometheusApi {
  const source = metricsSourceSchema.parse({
    kind: 'prometheus',
    name: 'p',
    url: `${server.base}/prom/`,
    ...more,
  });
  const made = new PrometheusApi(source, environmentSecrets({ HERON_TOKEN: 'secret-token' }));
  apis.push(made);
  return made;
}

function answer(value: unknown, status = 200, headers: Record<string, string> = {}): void {
  server.answer = (response) =>
    response.writeHead(status, headers).end(typeof value === 'string' ? value : JSON.stringify(value));
}

const vector = (...result: unknown[]) => ({ status: 'success', data: { resultType: 'vector', result } });
const failureOf = async (asked: Promise<unknown>): Promise<MetricsFailure> => {
  const fault = await asked.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(fault instanceof MetricsFailure)) throw new Error(`no MetricsFailure but ${String(fault)}`);
  return fault;
};

describe('the API of a metrics engine', () => {
  it('is asked below its URL, with token and tenant, and answers series', async () => {
    answer(vector({ metric: { edge: 'a' }, value: [1, '2.5'] }, { metric: {}, value: [1, 'NaN'] }));
    const samples = await api({ bearerEnv: 'HERON_TOKEN', tenant: 't1' }).query('up', 1_500);
    expect(samples).toEqual([
      { labels: { edge: 'a' }, value: 2.5 },
      { labels: {}, value: NaN },
    ]);
    const [request] = server.received;
    expect(request).toMatchObject({
      ...{ method: 'POST', path: '/prom/api/v1/query' },
      headers: { authorization: 'Bearer secret-token', 'x-scope-orgid': 't1' },
    });
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      query: 'up',
      time: '1.500',
      nocache: '1',
    });
  });

  it('takes a user name with a password', async () => {
    answer(vector());
    await api({ user: 'noc', passwordEnv: 'HERON_TOKEN' }).query('up', 0);
    expect(server.received[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('noc:secret-token').toString('base64')}`,
    );
  });

  it('answers a range in the engine’s steps', async () => {
    const result = [
      {
        metric: { edge: 'a' },
        values: [
          [1, '0'],
          [2, '1'],
        ],
      },
    ];
    answer({ status: 'success', data: { resultType: 'matrix', result } });
    const [series] = await api().queryRange('x', 1_000, 2_000, 1_000);
    expect(series?.points).toEqual([
      { atMs: 1_000, value: 0 },
      { atMs: 2_000, value: 1 },
    ]);
    expect(server.received[0]?.body).toContain('step=1.000');
  });

  it.each<[string, () => void, MetricsFailure['code'], RegExp]>([
    ['401', () => answer('', 401), 'refused', /refuses access \(401\).*Check its token or password/],
    ['403', () => answer('', 403), 'refused', /refuses access \(403\)/],
    ['429', () => answer('', 429, { 'retry-after': '7' }), 'busy', /asks for fewer requests/],
    [
      '503',
      () => answer({ status: 'error', error: 'query timed out' }, 503),
      'unreachable',
      /fails \(503\): query timed out/,
    ],
    ['404', () => answer('not here', 404), 'bad-answer', /answers with 404.*\/api\/v1\/query is added/],
    [
      'a redirect',
      () => answer('', 302, { location: 'http://elsewhere/' }),
      'bad-answer',
      /redirects to http:\/\/elsewhere\/ \(302\)/,
    ],
    [
      'a PromQL error',
      () => answer({ status: 'error', errorType: 'bad_data', error: 'parse error' }, 400),
      'query',
      /rejects a query: parse error/,
    ],
    [
      'warnings',
      () => answer({ ...vector(), warnings: ['store 2 is down'] }),
      'partial',
      /a part of the answer only \(store 2 is down\)/,
    ],
    ['isPartial', () => answer({ ...vector(), isPartial: true }), 'partial', /a part of the answer only/],
    ['half a body', () => answer('{"status":"success","data":{"resu'), 'bad-answer', /half an answer/],
    ['a page', () => answer('<html>'), 'bad-answer', /something else than JSON/],
    [
      'another type',
      () => answer({ status: 'success', data: { resultType: 'matrix', result: [] } }),
      'bad-answer',
      /answers a query with a matrix/,
    ],
    [
      'odd series',
      () => answer(vector({ metric: { edge: 1 }, value: [1, '2'] })),
      'bad-answer',
      /unknown form/,
    ],
    ['odd values', () => answer(vector({ metric: {}, value: [1, 2] })), 'bad-answer', /unknown form/],
    [
      'a broken connection',
      () => (server.answer = half),
      'unreachable',
      /closed the connection|another length/,
    ],
    ['a huge body', () => (server.answer = endless), 'bad-answer', /larger than 96 MB/],
  ])('refuses %s', async (_name, prepare, code, words) => {
    prepare();
    const failure = await failureOf(api({ bearerEnv: 'HERON_TOKEN' }).query('up', 0));
    expect(failure.code).toBe(code);
    expect(`${failure.what} ${failure.todo}`).toMatch(words);
    expect(failure.where).toBe(`${server.base}/prom/`);
    expect(failure.todo.length).toBeGreaterThan(3);
    expect(JSON.stringify(failure) + failure.message).not.toContain('secret-token');
    expect(server.received).toHaveLength(1);
    if (code === 'busy') expect(failure.retryAfterMs).toBe(7_000);
  });

  it('sends nothing without its secret, nor with a CA that is not there', async () => {
    const noToken = await failureOf(api({ bearerEnv: 'HERON_OTHER' }).query('up', 0));
    expect(noToken).toMatchObject({
      code: 'secret',
      what: expect.stringMatching(/token of .* is missing/) as string,
    });
    const noFile = await failureOf(api({ caFile: '/nowhere/ca.pem' }).query('up', 0));
    expect(noFile).toMatchObject({ code: 'secret', where: '/nowhere/ca.pem' });
    expect(server.received).toHaveLength(0);
  });
});

function half(response: ServerResponse): void {
  response.writeHead(200, { 'content-length': '100' });
  response.write('{"status"');
  setImmediate(() => response.destroy());
}

function endless(response: ServerResponse): void {
  const part = Buffer.alloc(1024 * 1024, ' ');
  const more = (): void => {
    while (!response.destroyed && response.write(part));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}
