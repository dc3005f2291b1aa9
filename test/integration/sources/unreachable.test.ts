import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { EdgeReader } from '../../../monitor/poll/edge-reader';
import { testSecrets, v2c, v3 } from '../../fixtures/sources/credentials';
import { edgeAt } from '../../fixtures/sources/edges';
import { freeUdpPort } from '../../fixtures/sources/snmpd';

describe('an edge that cannot be reached by SNMP', () => {
  const credentials = new Map([
    ['v3', v3('noc', 'sha1', 'aes128')],
    ['v2c', v2c()],
  ]);
  const reader = new EdgeReader({ credentialOf: (name) => credentials.get(name), secrets: testSecrets });
  let hole: Socket;
  let babbler: Socket;

  beforeAll(async () => {
    hole = createSocket('udp4');
    babbler = createSocket('udp4');
    babbler.on('message', (_, from) => babbler.send('I am not an SNMP agent', from.port, from.address));
    await new Promise<void>((resolve) => hole.bind(0, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => babbler.bind(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    await reader.close();
    hole.close();
    babbler.close();
  });

  const read = async (port: number, credential: string, deadlineMs: number, host = '127.0.0.1') => {
    const startedAt = performance.now();
    const edge = edgeAt(`${host} ${port} ${credential}`, port, credential, {
      snmp: { host, port, credential },
    });
    const { snmp } = await reader.readHealth(edge, deadlineMs);
    expect(performance.now() - startedAt).toBeLessThan(deadlineMs + 400);
    if (snmp.outcome !== 'unreachable') throw new Error(`unexpectedly ${snmp.outcome}`);
    return snmp;
  };

  it.each(['v3', 'v2c'])('%s: a closed port is refused, before the deadline', async (credential) => {
    const snmp = await read(await freeUdpPort(), credential, 4000);
    expect(snmp).toMatchObject({ code: 'refused' });
    expect(snmp.words).toMatch(/^connection refused: no agent listens on 127\.0\.0\.1:\d+$/);
    expect(snmp.latencyMs).toBeLessThan(2000);
  });

  it.each(['v3', 'v2c'])('%s: a silent host is a timeout at the deadline', async (credential) => {
    const snmp = await read(hole.address().port, credential, 800);
    expect(snmp).toMatchObject({ code: 'timeout' });
    expect(snmp.words).toMatch(/^nothing answered on 127\.0\.0\.1:\d+ within 0\.8\d? s$/);
  });

  it('a port that answers without SNMP is named as such', async () => {
    const snmp = await read(babbler.address().port, 'v3', 800);
    expect(snmp).toMatchObject({ code: 'bad-answer' });
    expect(snmp.words).toContain('not SNMP');
  });

  it('a credential that the inventory does not have is named', async () => {
    const snmp = await read(161, 'gone', 800);
    expect(snmp).toMatchObject({ code: 'no-credential' });
    expect(snmp.words).toContain('"gone"');
  });

  it('a name without an address is named', async () => {
    const snmp = await read(161, 'v3', 3000, 'no-such-edge.invalid');
    expect(snmp).toMatchObject({ code: 'no-address' });
    expect(snmp.words).toContain('no-such-edge.invalid');
  });

  it('hundreds of silent hosts at a time leave nothing pending', async () => {
    const port = hole.address().port;
    const before = process.getActiveResourcesInfo().length;
    const results = await Promise.all(
      Array.from({ length: 400 }, (_, at) => reader.readRole(edgeAt(`silent-${at}`, port, 'v3'), 500)),
    );
    expect(new Set(results.map(({ snmp }) => snmp.outcome === 'unreachable' && snmp.code))).toEqual(
      new Set(['timeout']),
    );
    for (let at = 0; at < 400; at += 1) reader.forget(`silent-${at}`);
    await vi.waitFor(() => expect(process.getActiveResourcesInfo().length).toBeLessThan(before + 20), 10_000);
  });
});
