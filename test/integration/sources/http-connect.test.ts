import { afterEach, describe, expect, it, vi } from 'vitest';
import { AddressResolver } from '../../../monitor/names/address-resolver';
import { HttpSource } from '../../../monitor/http/http-source';
import { NetworkPathProbe } from '../../../monitor/probe/network-path-probe';
import { fullPort, type FullPort } from '../../fixtures/network/full-port';
import { silentByChoice } from '../../fixtures/sources/edges';

describe('a host that never takes the connection', () => {
  let full: FullPort | null = null;
  afterEach(() => full?.release());

  it('is given up at the deadline, again and again', async () => {
    full = await fullPort();
    const source = new HttpSource(new AddressResolver());
    const silent = {
      ...silentByChoice('page'),
      http: { url: `http://127.0.0.1:${full.port}/index.html?=100` },
    };
    for (let round = 0; round < 2; round++) {
      const startedAt = performance.now();
      expect(await source.read(silent, 500)).toMatchObject({ outcome: 'unreachable', code: 'timeout' });
      expect(performance.now() - startedAt).toBeLessThan(1_500);
    }
    await source.close();
  });

  it.each(['tcp', 'http'] as const)(
    'keeps no socket of a probe by %s once its time is over',
    async (kind) => {
      full = await fullPort();
      const connecting = (): number =>
        process.getActiveResourcesInfo().filter((name) => name === 'ConnectWrap' || name === 'TCPConnectWrap')
          .length;
      const before = connecting();
      const probe = new NetworkPathProbe({ interfaces: () => [] });
      const service = { kind, address: '127.0.0.1', port: full.port, path: '/', nobody: '127.0.0.2' };
      expect(await probe.service(service, 300)).toMatchObject({ outcome: 'failed' });
      await vi.waitFor(() => expect(connecting()).toBe(before), 2_000);
    },
  );
});
