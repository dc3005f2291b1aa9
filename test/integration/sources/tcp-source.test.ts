import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AddressResolver } from '../../../monitor/names/address-resolver';
import { TcpSource } from '../../../monitor/tcp/tcp-source';
import { silentByChoice } from '../../fixtures/sources/edges';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function listening(): Promise<{ port: number; server: Server; sent: () => number }> {
  let bytes = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined).on('data', (data) => (bytes += data.length));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(server);
  return { port: (server.address() as AddressInfo).port, server, sent: () => bytes };
}

const edge = (port: number, host?: string) => ({ ...silentByChoice('e1'), tcp: { port, host } });
const source = new TcpSource(new AddressResolver());

describe('a TCP port', () => {
  it('that accepts connections is answered; nothing is sent, nothing stays open', async () => {
    const { port, server, sent } = await listening();
    const result = await source.read(edge(port, '127.0.0.1'), 2_000);
    expect(result).toMatchObject({ outcome: 'answered', value: { host: '127.0.0.1', port } });
    await expect
      .poll(() => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count))))
      .toBe(0);
    expect(sent()).toBe(0);
  });

  it('that is closed is refused, in words', async () => {
    const { port, server } = await listening();
    await new Promise((resolve) => server.close(resolve));
    servers.pop();
    expect(await source.read(edge(port, '127.0.0.1'), 2_000)).toMatchObject({
      outcome: 'unreachable',
      code: 'refused',
      words: `connection refused: nothing listens on 127.0.0.1:${port}`,
    });
  });

  it('that never answers ends at the deadline; no host means the proxy IP', async () => {
    const startedAt = performance.now();
    // A documentation address (RFC 5737): silence, or no way there.
    const result = await source.read(edge(9), 400);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    if (result.outcome !== 'unreachable') throw new Error(result.outcome);
    expect(['timeout', 'no-route']).toContain(result.code);
    expect(result.words).toContain('192.0.2.11:9');
  });

  it('that is not configured is not asked', async () => {
    expect(await source.read(silentByChoice('e1'), 400)).toEqual({ outcome: 'not-asked' });
  });
});
