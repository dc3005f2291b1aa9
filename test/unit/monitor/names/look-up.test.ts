import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addressesOf } from '../../../../monitor/names/hosts-file';
import { nameLookUp } from '../../../../monitor/names/look-up';
import { NameServer } from '../../../fixtures/names/name-server';

let server: NameServer;
const lookUp = (name: string, signal = new AbortController().signal) =>
  nameLookUp([`127.0.0.1:${server.port}`])(name, signal);

beforeEach(async () => {
  server = await NameServer.start('127.0.0.1', 0);
});
afterEach(() => server.close());

describe('a look-up', () => {
  it('finds IPv4 and IPv6 addresses, IPv4 first', async () => {
    server.records.set('edge-1.example', ['2001:db8::5', '192.0.2.5', '192.0.2.6']);
    expect(await lookUp('edge-1.example')).toEqual({
      addresses: ['192.0.2.5', '192.0.2.6', '2001:db8::5'],
      ttlMs: 1_000,
    });
    server.records.set('edge-2.example', ['2001:db8::6']);
    expect(await lookUp('edge-2.example')).toMatchObject({ addresses: ['2001:db8::6'] });
  });

  it('tells a name without an address from a name server that does not answer', async () => {
    expect(await lookUp('nobody.example')).toEqual({ words: 'the name server knows no address for it' });
    server.answers = false;
    expect(await lookUp('edge-1.example')).toEqual({ words: 'no name server answers' });
  }, 15_000);

  it('does not wait for IPv6 where a name server answers for IPv4 only', async () => {
    server.records.set('edge-1.example', ['192.0.2.5']);
    server.answersIpv6 = false;
    const startedMs = performance.now();
    expect(await lookUp('edge-1.example')).toMatchObject({ addresses: ['192.0.2.5'] });
    expect(performance.now() - startedMs).toBeLessThan(1_200);
  });

  it('ends at once when it is cancelled', async () => {
    server.answers = false;
    const ended = new AbortController();
    const result = lookUp('edge-1.example', ended.signal);
    await expect.poll(() => server.asked.length).toBeGreaterThan(0);
    const startedMs = performance.now();
    ended.abort();
    expect(await result).toHaveProperty('words');
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  });

  it('knows localhost without a name server', async () => {
    server.answers = false;
    expect(await lookUp('edge.localhost')).toEqual({ addresses: ['127.0.0.1', '::1'] });
  });
});

it('a hosts file gives the addresses of a name, whatever its case, without comments and broken lines', () => {
  const text = [
    '127.0.0.1 localhost',
    '10.0.0.4\tedge-1 EDGE-1.example # 10.0.0.9 edge-1',
    '0:0:0:0:0:0:0:1 edge-1 edge-1',
    '10.0.0.04 edge-1',
    '# 10.0.0.5 edge-1',
    'edge-1 10.0.0.6',
    '10.0.0.4 edge-1\r',
  ].join('\n');
  expect(addressesOf('edge-1', text)).toEqual(['10.0.0.4', '::1']);
  expect(addressesOf('edge-1.EXAMPLE', text)).toEqual(['10.0.0.4']);
  expect(addressesOf('edge-2', text)).toEqual([]);
});
