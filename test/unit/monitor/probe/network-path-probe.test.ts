import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NetworkPathProbe } from '../../../../monitor/probe/network-path-probe';
import type { ProbedService } from '../../../../monitor/probe/path-probe';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakePathProbe } from '../../../fixtures/probe/fake-path-probe';
import { describePathProbe } from '../../../fixtures/probe/path-probe-contract';

const address = '127.0.0.1';
const nobody = '127.0.0.0';
/** As if 127.0.0.1 were another computer, so that its refusals count. */
const elsewhere = { interfaces: () => [] };
class ProbeOfOthers extends NetworkPathProbe {
  protected override isOwn(): boolean {
    return false;
  }
}

async function portOf(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  return (server.address() as AddressInfo).port;
}

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createTcpServer();
  const port = await portOf(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describePathProbe('the network', async () => {
  const sockets = new Set<Socket>();
  const server = createServer((_request, answer) => answer.end('x'));
  const mute = createTcpServer((socket) => sockets.add(socket.on('error', () => undefined)));
  const of = (port: number): ProbedService => ({ kind: 'http', address, port, path: '/', nobody });
  return {
    probe: new ProbeOfOthers(elsewhere),
    answering: of(await portOf(server)),
    refusing: of(await closedPort()),
    silent: of(await portOf(mute)),
    gateway: { answering: { address, nobody }, silent: null },
    async end() {
      for (const socket of sockets) socket.destroy();
      await Promise.all([server, mute].map((one) => new Promise((resolve) => one.close(resolve))));
    },
  };
});

describePathProbe('the fake', () => {
  const clock = new FakeClock();
  const probe = new FakePathProbe(clock);
  const of = (host: string): ProbedService => ({ kind: 'tcp', address: host, port: 443, path: '/', nobody });
  probe.script('10.0.0.10', [{ fromMs: 0, is: 'answering' }]);
  probe.script('10.0.0.11', [{ fromMs: 0, is: 'refusing' }]);
  const passing = setInterval(() => void clock.pass(50), 5);
  return Promise.resolve({
    probe,
    answering: of('10.0.0.10'),
    refusing: of('10.0.0.11'),
    silent: of('10.0.0.12'),
    gateway: {
      answering: { address: '10.0.0.11', nobody: '10.0.0.0' },
      silent: { address: '10.0.0.12', nobody: '10.0.0.0' },
    },
    end: () => Promise.resolve(clearInterval(passing)),
  });
});

describe('the probe of the network', () => {
  let status = 200;
  const server = createServer((_request, answer) => {
    answer.statusCode = status;
    answer.end('x'.repeat(100));
  });
  const noHttp = createTcpServer((socket) => socket.on('error', () => undefined).end('hello\r\n\r\n'));
  let ports = { http: 0, other: 0, closed: 0 };
  beforeAll(async () => {
    ports = { http: await portOf(server), other: await portOf(noHttp), closed: await closedPort() };
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
    noHttp.close();
  });
  const probe = new NetworkPathProbe(elsewhere);
  const http = (port: number): ProbedService => ({
    kind: 'http',
    address,
    port,
    path: '/index.html?=100',
    nobody,
  });

  it('connects by TCP and leaves no connection behind', async () => {
    const answer = await probe.service({ kind: 'tcp', address, port: ports.http, path: '/', nobody }, 2_000);
    expect(answer).toEqual({
      outcome: 'answered',
      words: `127.0.0.1:${ports.http} accepts connections`,
    });
    const open = (): Promise<number> =>
      new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
    await expect.poll(open).toBe(0);
  });

  it('counts a page with an error as refused: users are not served by it', async () => {
    for (const [code, outcome] of [
      [200, 'answered'],
      [302, 'answered'],
      [404, 'refused'],
      [503, 'refused'],
    ] as const) {
      status = code;
      expect(await probe.service(http(ports.http), 2_000)).toEqual({
        outcome,
        words: `127.0.0.1:${ports.http} answers HTTP ${code}`,
      });
    }
    expect(await probe.service(http(ports.other), 2_000)).toMatchObject({ outcome: 'refused' });
  });

  it('does not take a refusal by this computer itself for that of a cluster', async () => {
    const service = { kind: 'tcp', address, port: ports.closed, path: '/', nobody } as const;
    expect(await probe.service(service, 2_000)).toEqual({
      outcome: 'failed',
      words: '127.0.0.1 is an address of this computer, and nothing listens there',
    });
    expect(await probe.gateway({ address, nobody }, 2_000)).toMatchObject({ outcome: 'failed' });
  });
});
