import { execFileSync, spawnSync } from 'node:child_process';
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { CountedEvents } from '../../../domain/metrics/counted-events';
import { heronMetrics } from '../../../domain/metrics/heron-metrics';
import { startMetricsServer, type MetricsServer } from '../../../monitor/metrics/metrics-server';
import { madeAlerts } from '../../fixtures/fake-bridge/alerts';
import { fleetInAllStates } from '../../fixtures/fake-bridge/fleet';
import { madeSnapshot } from '../../fixtures/fake-bridge/cluster';
import { readOpenMetrics } from '../../fixtures/metrics-lines';

const hasPromtool = spawnSync('promtool', ['--version'], { stdio: 'ignore' }).status === 0;
if (!hasPromtool)
  process.stderr.write(
    'NOT RUN: what Prometheus thinks of metrics and rules needs promtool (RUNLEVEL=1 apt-get install -y --no-install-recommends prometheus)\n',
  );

const servers: MetricsServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop())));

let made = 0;
let nowMs = 0;

async function start(token: string | null = null, host = '127.0.0.1'): Promise<MetricsServer> {
  const atMs = Date.UTC(2026, 11, 1);
  const server = await startMetricsServer({
    address: { host, port: 0 },
    token,
    monotonicMs: () => nowMs,
    metrics: () => {
      made += 1;
      return heronMetrics({
        version: '1.0.0',
        snapshot: madeSnapshot(fleetInAllStates(atMs), atMs),
        alerts: { atMs, alerts: madeAlerts(atMs), silences: [] },
        counted: new CountedEvents(),
        polls: { polls: 10, answered: 8, tookMs: 1_500 },
      });
    },
  });
  servers.push(server);
  return server;
}

interface Answer {
  status: number;
  type: string;
  text: string;
}

/** Headers as they are given: `fetch` would replace Host. */
function scrape(
  { where }: MetricsServer,
  headers: Record<string, string> = {},
  path = '/metrics',
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(`http://${where}${path}`, { headers, method }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          type: String(response.headers['content-type']),
          text,
        }),
      );
    });
    sent.on('error', reject).end();
  });
}

describe('/metrics', () => {
  it('is OpenMetrics for those who ask for it, and Prometheus’ older format for others', async () => {
    const server = await start();
    const open = await scrape(server, {
      accept: 'application/openmetrics-text;version=1.0.0,text/plain;q=0.5',
    });
    expect(open.type).toMatch(/^application\/openmetrics-text/);
    const { samples } = readOpenMetrics(open.text);
    expect(samples.get('heron_cluster_state{cluster="gru-01",site="São Paulo",state="no-active-lb"}')).toBe(
      1,
    );
    const plain = await scrape(server);
    expect(plain).toMatchObject({ status: 200, type: 'text/plain; version=0.0.4; charset=utf-8' });
    expect(plain.text).not.toContain('# EOF');
  });

  it.skipIf(!hasPromtool)('is what promtool finds nothing wrong with', async () => {
    const { text } = await scrape(await start());
    const checked = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
    expect(`${checked.stdout}${checked.stderr}`).toBe('');
    expect(checked.status).toBe(0);
  });

  it('is refused to strangers: without the token, by another name, and to pages in a browser', async () => {
    const guarded = await start('s3cret');
    expect((await scrape(guarded)).status).toBe(401);
    expect((await scrape(guarded, { authorization: 'Bearer s3cre' })).status).toBe(401);
    expect((await scrape(guarded, { authorization: 'Bearer s3cret' })).status).toBe(200);
    const open = await start();
    expect((await scrape(open, { host: 'rebound.example.net:80' })).status).toBe(403);
    expect((await scrape(open, { origin: 'https://page.example.net' })).status).toBe(403);
    expect((await scrape(open, {}, '/')).status).toBe(404);
    expect((await scrape(open, {}, '/metrics', 'POST')).status).toBe(405);
  });

  it('is not offered to other computers without a token, nor on a port in use', async () => {
    await expect(start(null, '0.0.0.0')).rejects.toThrow(/Other computers could read the metrics/);
    const { where } = await start();
    const port = Number(where.split(':').at(-1));
    const taken = startMetricsServer({
      ...{ address: { host: '127.0.0.1', port }, token: null, monotonicMs: () => 0, metrics: () => [] },
    });
    await expect(taken).rejects.toThrow(/another program uses this port/);
  });

  it('is made at most once a second, however often it is asked for', async () => {
    const server = await start();
    nowMs += 10_000;
    await scrape(server);
    const before = made;
    await Promise.all(Array.from({ length: 20 }, () => scrape(server)));
    expect(made).toBe(before);
    nowMs += 1_001;
    await scrape(server);
    expect(made).toBe(before + 1);
  });
});

describe.skipIf(!hasPromtool)('the alert rules for Prometheus', () => {
  it('are right, and alert on what they name', () => {
    const folder = 'build/prometheus';
    expect(
      execFileSync('promtool', ['check', 'rules', `${folder}/heron-alerts.yml`], { encoding: 'utf8' }),
    ).toMatch(/SUCCESS: \d+ rules found/);
    expect(
      execFileSync('promtool', ['test', 'rules', `${folder}/heron-alerts.test.yml`], { encoding: 'utf8' }),
    ).toMatch(/SUCCESS/);
  });
});
