import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
  type Socket,
} from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { AddressResolver } from '../../../monitor/names/address-resolver';
import { HttpSource } from '../../../monitor/http/http-source';
import { silentByChoice } from '../../fixtures/sources/edges';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function listen(server: Server | TcpServer): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

const page = async (answer: RequestListener) =>
  `http://127.0.0.1:${await listen(createServer(answer))}/index.html?=100`;
const raw = async (talk: (socket: Socket) => void) =>
  `http://127.0.0.1:${await listen(createTcpServer((socket) => talk(socket.on('error', () => undefined))))}/index.html?=100`;

async function read(url: string, deadlineMs = 2000) {
  const source = new HttpSource(new AddressResolver());
  ends.push(() => source.close());
  const startedAt = performance.now();
  const result = await source.read({ ...silentByChoice('page'), http: { url } }, deadlineMs);
  expect(performance.now() - startedAt).toBeLessThan(deadlineMs + 400);
  return result;
}

describe('the HTTP health page', () => {
  it('answers as many bytes as it was asked for', async () => {
    const url = await page((request, response) =>
      response.end('x'.repeat(Number(request.url?.split('=')[1]))),
    );
    expect(await read(url)).toMatchObject({
      outcome: 'answered',
      value: { status: 200, bodyBytes: 100, bodyAsExpected: true, roles: [] },
    });
  });

  it('is not as expected with another number of bytes', async () => {
    const url = await page((_, response) => response.end('short'));
    expect(await read(url)).toMatchObject({
      outcome: 'answered',
      value: { bodyBytes: 5, bodyAsExpected: false },
    });
  });

  it('reports a role in JSON, but not with an error status', async () => {
    const role = '{"role":"MASTER","vhid":1}';
    const good = await page((_, response) => response.end(role));
    const bad = await page((_, response) => response.writeHead(503).end(role));
    expect(await read(good)).toMatchObject({
      value: { roles: [{ witness: 'http-json', role: 'master', vhid: 1 }] },
    });
    expect(await read(bad)).toMatchObject({ outcome: 'answered', value: { status: 503, roles: [] } });
  });

  it('is not looked for elsewhere when it redirects', async () => {
    let asked = 0;
    const elsewhere = await page((_, response) => ((asked += 1), response.end('there')));
    const url = await page((_, response) => response.writeHead(302, { location: elsewhere }).end());
    expect(await read(url)).toMatchObject({ outcome: 'answered', value: { status: 302 } });
    expect(asked).toBe(0);
  });

  it('closes the connection after the answer', async () => {
    let open = 0;
    const server = createServer((_, response) => response.end('x'));
    server.on('connection', (socket) => ((open += 1), socket.on('close', () => (open -= 1))));
    await read(`http://127.0.0.1:${await listen(server)}/`);
    for (let waited = 0; open > 0 && waited < 1000; waited += 10)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(open).toBe(0);
  });

  it.each<[string, () => Promise<string>, string, RegExp]>([
    [
      'announces gigabytes',
      () => page((_, response) => response.writeHead(200, { 'content-length': '5000000000' }).write('x')),
      'too-large',
      /more than 65636 bytes/,
    ],
    [
      'sends gigabytes without announcing them',
      () =>
        page((_, response) => {
          const more = (): void => {
            while (!response.destroyed && response.write('x'.repeat(65_536)));
          };
          response.on('drain', more);
          more();
        }),
      'too-large',
      /more than 65636 bytes/,
    ],
    ['never answers', () => page(() => undefined), 'timeout', /no complete answer from .* within/],
    ['never ends', () => page((_, response) => void response.write('x')), 'timeout', /no complete answer/],
    [
      'drips',
      () =>
        page((_, response) => {
          const drop = setInterval(() => response.write('x'), 50);
          response.on('close', () => clearInterval(drop));
        }),
      'timeout',
      /no complete answer/,
    ],
    [
      'drips its headers',
      () => raw((socket) => void setTimeout(() => socket.write('HTTP/1.1 200 OK\r\nA:'), 50)),
      'timeout',
      /no complete/,
    ],
    [
      'does not speak HTTP',
      () => raw((socket) => socket.write('220 ftp ready\r\n')),
      'bad-answer',
      /not with HTTP/,
    ],
    ['hangs up', () => raw((socket) => socket.destroy()), 'failed', /closed the connection/],
    [
      'hangs up before its own end',
      () => raw((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nxx')),
      'failed',
      /closed the connection before its answer was complete/,
    ],
    [
      'sends endless headers',
      () => raw((socket) => void socket.write(`HTTP/1.1 200 OK\r\n${'a: bbbbbbbb\r\n'.repeat(20_000)}`)),
      'too-large',
      /larger headers/,
    ],
    [
      'does not speak TLS',
      async () => (await page((_, response) => response.end('x'))).replace('http:', 'https:'),
      'tls',
      /TLS/,
    ],
  ])('says so when it %s', async (_, serve, code, words) => {
    const result = await read(await serve(), 900);
    expect(result).toMatchObject({ outcome: 'unreachable', code });
    if (result.outcome === 'unreachable') expect(result.words).toMatch(words);
  });

  it('is refused where nothing listens', async () => {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    expect(await read(`http://127.0.0.1:${port}/`)).toMatchObject({
      code: 'refused',
      words: `connection refused: nothing listens on 127.0.0.1:${port}`,
    });
  });

  const openssl = spawnSync('openssl', ['version']).status === 0;
  if (!openssl) process.stderr.write('NOT RUN: the test of a self-signed certificate needs openssl\n');
  it.runIf(openssl)('does not trust a self-signed certificate', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'heron-tls-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(folder, name)) as [string, string];
    const args = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=edge -keyout ${key} -out ${cert}`;
    expect(spawnSync('openssl', args.split(' ')).status).toBe(0);
    const server = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) =>
      response.end('x'),
    );
    const result = await read(`https://127.0.0.1:${await listen(server)}/`);
    expect(result).toMatchObject({ outcome: 'unreachable', code: 'tls' });
    if (result.outcome === 'unreachable') expect(result.words).toContain('self-signed');
  });

  it('waits its turn with many others and still keeps its deadline', async () => {
    const url = await page(() => undefined);
    const source = new HttpSource(new AddressResolver());
    ends.push(() => source.close());
    const startedAt = performance.now();
    const edge = { ...silentByChoice('page'), http: { url } };
    const results = await Promise.all(Array.from({ length: 600 }, () => source.read(edge, 700)));
    expect(performance.now() - startedAt).toBeLessThan(2500);
    expect(new Set(results.map((one) => one.outcome === 'unreachable' && one.code))).toEqual(
      new Set(['timeout']),
    );
  });
});
