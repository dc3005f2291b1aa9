import { mkdtempSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { progressFile } from '../../../monitor/vendor/import-progress';
import { readVendorInventory, type ReadVendorOptions } from '../../../monitor/vendor/read-vendor-inventory';
import { VendorFailure } from '../../../monitor/vendor/vendor-failure';
import { SkippingClock } from '../../fixtures/clock/skipping-clock';
import { vendorFleet, VendorStandIn, type Fault } from '../../fixtures/vendor/vendor-stand-in';

const clustersPath = '/zia/api/v1/virtualZenClusters';
const edgesPath = '/zia/api/v1/virtualZenNodes';

describe('reading the inventory from the vendor', () => {
  let clock: SkippingClock;
  let vendor: VendorStandIn;
  let options: ReadVendorOptions;
  let file: string;

  beforeEach(async () => {
    clock = new SkippingClock();
    vendor = new VendorStandIn(clock);
    Object.assign(
      vendor,
      vendorFleet(30, () => 8),
    );
    file = path.join(mkdtempSync(path.join(os.tmpdir(), 'heron-vendor-')), 'progress.json');
    const addresses = await vendor.start();
    options = { addresses, client: vendor.client, clock, progress: progressFile(file), random: () => 0.5 };
  });
  afterEach(() => vendor.stop());

  const refused = () => vendor.log.filter((line) => line.endsWith(' 429'));

  it('reads every page, and stays within the rate limits', async () => {
    const { clusters, edges } = await readVendorInventory(options);
    expect([clusters.length, edges.length]).toEqual([30, 240]);
    expect(edges[0]).toMatchObject({ id: '100000', ipAddress: '10.20.0.11', vzenSkuType: 'LARGE' });
    expect(vendor.log).toEqual([
      '/oauth2/v1/token 200',
      `${clustersPath}?page=1&pageSize=100 200`,
      ...[1, 2, 3].map((page) => `${edgesPath}?page=${page}&pageSize=100 200`),
    ]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('asks for a page more where the last one is full', async () => {
    vendor.edges = vendor.edges.slice(0, 200);
    expect((await readVendorInventory(options)).edges).toHaveLength(200);
    expect(vendor.log.at(-1)).toBe(`${edgesPath}?page=3&pageSize=100 200`);
  });

  it('goes on after a crash with the page that was not read, without a request too many', async () => {
    const crash = new Error('the process ends here');
    const stored = progressFile(file);
    const dying = {
      ...stored,
      save: async (progress: Parameters<typeof stored.save>[0]) => {
        await stored.save(progress);
        if (progress.edges.nextPage === 3) throw crash;
      },
    };
    await expect(readVendorInventory({ ...options, progress: dying })).rejects.toThrow(crash);
    const before = vendor.log.length;
    const { clusters, edges } = await readVendorInventory(options);
    expect([clusters.length, edges.length]).toEqual([30, 240]);
    expect(vendor.log.slice(before)).toEqual([
      '/oauth2/v1/token 200',
      `${edgesPath}?page=3&pageSize=100 200`,
    ]);
    expect(refused()).toEqual([]);
  });

  it('keeps the hourly limit over several imports', async () => {
    vendor.edges = [];
    vendor.clusters = vendor.clusters.slice(0, 1);
    const started = clock.nowMs();
    for (let n = 0; n < 401; n += 1) {
      await readVendorInventory({ ...options, progress: notContinued(file) });
    }
    expect(clock.nowMs() - started).toBeGreaterThanOrEqual(3_600_000);
    expect(refused()).toEqual([]);
  });

  it.each([
    ['half a page', half],
    ['429 with Retry-After', (response) => respond(response, 429, '', { 'retry-after': '17' })],
    ['503', (response) => respond(response, 503, 'later')],
    ['a closed connection', (response) => (response.destroy(), true)],
  ] satisfies [string, Fault][])('tries again after %s', async (_, fault) => {
    vendor.failNext(edgesPath, fault, fault);
    expect((await readVendorInventory(options)).edges).toHaveLength(240);
  });

  it('waits as long as Retry-After says', async () => {
    const started = clock.nowMs();
    vendor.failNext(edgesPath, (response) => respond(response, 429, '', { 'retry-after': '600 seconds' }));
    await readVendorInventory(options);
    expect(clock.nowMs() - started).toBeGreaterThanOrEqual(600_000);
  });

  it('gets a new token when the old one was revoked or has expired', async () => {
    vendor.tokenLifetimeSeconds = 61;
    vendor.failNext(edgesPath, () => {
      vendor.revokeTokens();
      return false;
    });
    expect((await readVendorInventory(options)).edges).toHaveLength(240);
    expect(vendor.log.filter((line) => line.startsWith('/oauth2')).length).toBeGreaterThan(1);
  });

  it('reads again where the list changed between two pages', async () => {
    let isChanged = false;
    vendor.failNext(
      edgesPath,
      () => false,
      () => {
        if (!isChanged) vendor.edges = [{ ...vendor.edges[0], id: 1, name: 'new' } as never, ...vendor.edges];
        isChanged = true;
        return false;
      },
    );
    const { edges } = await readVendorInventory(options);
    expect(edges).toHaveLength(241);
    expect(new Set(edges.map(({ id }) => id)).size).toBe(241);
  });

  it.each([
    [
      'a wrong secret',
      { client: { id: 'client-1', secret: 'wrong' } },
      null,
      /client id or the client secret/,
    ],
    ['403', {}, (response) => respond(response, 403, '{}'), /does not allow reading \(403\)/],
    ['5xx for good', {}, (response) => respond(response, 500, '{}'), /answers with 500/],
    ['an unknown form', {}, (response) => respond(response, 200, '{"list": []}'), /unknown form/],
    ['an object without an id', {}, (response) => respond(response, 200, '[{"name":"a"}]'), /0\.id/],
    ['gigabytes', {}, endless, /larger than 8 MB/],
    ['a redirect', {}, (response) => respond(response, 302, '', { location: 'http://evil.invalid/' }), /302/],
  ] satisfies [string, Partial<ReadVendorOptions>, Fault | null, RegExp][])(
    'refuses %s with what, where and what to do',
    async (_, changed, fault, words) => {
      if (fault) vendor.failNext(clustersPath, ...Array.from({ length: 10 }, () => fault));
      const failure = await readVendorInventory({ ...options, ...changed }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(VendorFailure);
      expect(String(failure)).toMatch(words);
      expect(String(failure)).not.toMatch(/secret-of-the-client|token-\d/);
      expect((failure as VendorFailure).todo).not.toBe('');
    },
  );
});

/** Progress whose list is not continued, but whose requests count. */
function notContinued(file: string) {
  const store = progressFile(file);
  return {
    ...store,
    load: async () => {
      const stored = await store.load();
      return stored && { ...stored, apiUrl: 'elsewhere' };
    },
  };
}

function respond(
  response: Parameters<Fault>[0],
  status: number,
  body: string,
  headers: Record<string, string> = {},
): boolean {
  response.writeHead(status, headers).end(body);
  return true;
}

function half(response: Parameters<Fault>[0]): boolean {
  return respond(response, 200, '[{"id": 100000, "name": "c0-e');
}

function endless(response: Parameters<Fault>[0]): boolean {
  response.writeHead(200);
  const part = Buffer.alloc(1024 * 1024, 0x20);
  const write = (): void => {
    while (!response.destroyed && response.write(part));
    response.once('drain', write);
  };
  write();
  return true;
}
