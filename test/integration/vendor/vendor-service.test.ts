import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { identifyInventory, type Inventory } from '../../../domain/inventory/inventory';
import type { SecretUse } from '../../../domain/inventory/secret-uses';
import type { Reason } from '../../../domain/model/health';
import type { VendorSettings } from '../../../domain/vendor/vendor-settings';
import { PasswordStore } from '../../../monitor/secrets/password-store';
import { VendorService } from '../../../monitor/usecases/vendor-service';
import { SkippingClock } from '../../fixtures/clock/skipping-clock';
import { vendorFleet, VendorStandIn } from '../../fixtures/vendor/vendor-stand-in';

const clientSecret = 'vendor/client secret';
const rotated = (text: string): string => [...text].reverse().join('');
/** A keychain that only turns texts around, so that a secret in a file would be found. */
const cipher = {
  protection: () => 'keychain' as const,
  encrypt: (text: string) => Buffer.from(rotated(text)),
  decrypt: (bytes: Buffer) => rotated(bytes.toString()),
};

/** Time for readings passes by itself; for schedules a test moves it. */
class MovedClock extends SkippingClock {
  #ahead = 0;
  readonly #ticks = new Set<() => void>();

  override nowMs(): number {
    return super.nowMs() + this.#ahead;
  }

  override after(delayMs: number, callback: () => void): () => void {
    // The look at the schedule, every 30 s, is the test's to cause.
    if (delayMs !== 30_000) return super.after(delayMs, callback);
    this.#ticks.add(callback);
    return () => this.#ticks.delete(callback);
  }

  passHours(hours: number): void {
    this.#ahead += hours * 3_600_000;
    const due = [...this.#ticks];
    this.#ticks.clear();
    for (const tick of due) tick();
  }
}

describe('the inventory source of the app', () => {
  let clock: MovedClock;
  let vendor: VendorStandIn;
  let folder: string;
  let settings: VendorSettings;
  let stored: Inventory | null;
  let reasons: Reason[];
  let uses: SecretUse[];
  let service: VendorService;

  beforeEach(async () => {
    clock = new MovedClock();
    vendor = new VendorStandIn(clock);
    Object.assign(
      vendor,
      vendorFleet(3, () => 4),
    );
    folder = mkdtempSync(path.join(os.tmpdir(), 'heron-vendor-'));
    [stored, reasons, uses] = [null, [], []];
    settings = {
      source: {
        vanity: 'acme',
        clientId: 'client-1',
        clientSecretSecret: clientSecret,
        rules: [{ management: 'proxy', credential: 'noc' }],
        credentials: [{ name: 'noc', version: '2c', communitySecret: 'vendor/noc community' }],
      },
      addresses: await vendor.start(),
      schedule: { everyHours: null, appliesItself: false },
    };
    service = await started();
  });
  afterEach(async () => {
    await service.stop();
    await vendor.stop();
  });

  async function started(): Promise<VendorService> {
    const passwords = new PasswordStore(path.join(folder, 'passwords.json'), cipher);
    const made = new VendorService({
      passwords,
      secrets: {
        resolve: (source) =>
          Promise.resolve(
            'secret' in source ? passwords.get(source.secret) : { found: false, words: 'no environment' },
          ),
      },
      clock,
      random: () => 0.5,
      files: {
        settings: path.join(folder, 'source.json'),
        progress: path.join(folder, 'progress.json'),
        state: path.join(folder, 'state.json'),
      },
      allowUses: (allowed) => void uses.push(...allowed),
      forgetUses: () => undefined,
      isSet: () => false,
      storedInventory: () => Promise.resolve(stored),
      startInventory: (file) => {
        stored = identifyInventory(file, stored);
        return Promise.resolve();
      },
      reviewWords: 'Look at them.',
      mayApplyItself: () => true,
      rows: () => [],
      report: (reason) => void reasons.push(reason),
    });
    await made.start();
    return made;
  }

  const ask = () => service.handlers();
  const status = () => ask()['vendor.status'](undefined);
  const typed = (value = vendor.client.secret) => [
    { secret: clientSecret, value, keep: 'stored' as const },
    { secret: 'vendor/noc community', value: 'a-community', keep: 'stored' as const },
  ];
  const save = (change: Partial<VendorSettings> = {}, secrets = typed()) =>
    ask()['vendor.save']({ settings: { ...settings, ...change }, secrets });
  const read = async () => {
    await ask()['vendor.read'](undefined);
    await expect.poll(async () => (await status()).reading, { timeout: 20_000 }).toBeNull();
  };
  const apply = async (allowsRemovals = false) => {
    const preview = await ask()['vendor.preview'](undefined);
    await ask()['vendor.apply']({ id: preview?.id ?? '', allowsRemovals });
    return preview;
  };

  it('reads, previews and applies, and allows the passwords that the person saw', async () => {
    await save();
    await read();
    expect(await status()).toMatchObject({ changes: 16, failure: null, secretPlace: 'stored' });
    expect(stored).toBeNull();
    const preview = await apply();
    expect(preview?.added).toContainEqual({
      name: 'edge "c0-edge-1"',
      words: '10.20.0.11, in cluster-0, SNMP 10.20.0.11 with noc',
    });
    expect(stored?.clusters.map(({ name }) => name)).toEqual(['cluster-0', 'cluster-1', 'cluster-2']);
    expect(uses).toMatchObject([{ source: { secret: 'vendor/noc community' }, user: null }]);
    expect(uses[0]?.hosts).toHaveLength(12);
    expect((await status()).changes).toBe(0);
    expect(await ask()['vendor.drift'](undefined)).toEqual([]);
  });

  it('shows renamed, changed, removed and unresolved entries with both values', async () => {
    await save();
    await read();
    await apply();
    const [first, second] = vendor.clusters;
    Object.assign(first ?? {}, { name: 'main' });
    Object.assign(second ?? {}, { ipSecEnabled: true });
    vendor.edges = vendor.edges.filter(({ name }) => name !== 'c2-edge-4');
    vendor.clusters.push({ id: 9, name: 'half-made', virtualZenNodes: [] });
    await read();
    const preview = await ask()['vendor.preview'](undefined);
    expect(preview?.renamed).toMatchObject([
      { name: 'cluster "main"', fields: [{ field: 'Name', from: 'cluster-0', to: 'main' }] },
    ]);
    expect(preview?.changed).toContainEqual({
      name: 'cluster "cluster-1"',
      fields: [{ field: 'IPSec local termination', from: 'off', to: 'on' }],
    });
    expect(preview?.removed).toEqual(['edge "c2-edge-4"']);
    expect(preview?.unresolved.map(({ what }) => what)).toEqual(['edge "c2-edge-4"', 'cluster "half-made"']);
  });

  it('applies only what was shown, and asks before most is removed', async () => {
    await save();
    await read();
    const { id = '' } = (await ask()['vendor.preview'](undefined)) ?? {};
    vendor.clusters = vendor.clusters.slice(1);
    await read();
    await expect(ask()['vendor.apply']({ id, allowsRemovals: false })).rejects.toThrow(/not what was shown/);
    await apply();
    // The four edges of the cluster that is gone were not imported any more, so eight were.
    [vendor.clusters, vendor.edges] = [vendor.clusters.slice(1), vendor.edges.slice(9)];
    await read();
    expect((await ask()['vendor.preview'](undefined))?.removedShare).toBeCloseTo(5 / 8);
    await expect(apply()).rejects.toThrow(/63 % of what was imported earlier is gone/);
    await apply(true);
    expect(stored?.clusters).toHaveLength(1);
  });

  it('sends a stored secret only where it was typed for, and stores it in no file', async () => {
    await save();
    const elsewhere = { tokenUrl: 'https://evil.example/token', apiUrl: 'https://evil.example/api' };
    const asked = { settings: { ...settings, addresses: elsewhere }, secret: null };
    await expect(ask()['vendor.try'](asked)).rejects.toThrow(
      /not sent to an address that it was not typed for/,
    );
    await expect(save({ addresses: elsewhere }, [])).rejects.toThrow(/not sent to an address/);
    await read();
    for (const file of readdirSync(folder)) {
      const text = readFileSync(path.join(folder, file), 'utf8');
      expect(text).not.toContain(vendor.client.secret);
      expect(text).not.toMatch(/token-\d/);
    }
    expect(JSON.stringify(await status())).not.toContain(vendor.client.secret);
  });

  it('tries what is typed without storing it', async () => {
    const wrong = ask()['vendor.try']({ settings, secret: 'wrong' });
    await expect(wrong).rejects.toThrow(/refused the client id or the client secret \(401\)/);
    const trial = await ask()['vendor.try']({ settings, secret: vendor.client.secret });
    expect(trial).toMatchObject({ clusters: 3, edges: 12, isAll: true, unmatched: 0 });
    expect(trial.samples[0]?.polled).toBe('SNMP 10.20.0.11 with noc');
    expect(trial.problems).toEqual([]);
    const shared = { management: { subnet: '10.200.0.0/24' }, credential: 'noc' };
    const colliding = await ask()['vendor.try']({
      settings: { ...settings, source: { ...settings.source, rules: [shared] } },
      secret: vendor.client.secret,
    });
    expect(colliding.problemCount).toBe(8);
    expect(colliding.problems[0]).toContain('10.200.0.11');
    expect((await status()).settings).toBeNull();
    expect(vendor.log.filter((line) => line.endsWith(' 429'))).toEqual([]);
  });

  it('can be cancelled, and goes on where it stopped', async () => {
    Object.assign(
      vendor,
      vendorFleet(30, () => 16),
    );
    await save();
    vendor.failNext(
      '/zia/api/v1/virtualZenNodes',
      () => false,
      () => false,
      () => {
        void ask()['vendor.cancel'](undefined);
        return true;
      },
    );
    await read();
    expect((await status()).failure).toBeNull();
    expect((await status()).readAtMs).toBeNull();
    expect((await status()).keptPages).toBe(3);
    const before = vendor.log.length;
    await read();
    expect((await status()).changes).toBe(511);
    expect(vendor.log.slice(before).filter((line) => line.includes('page=1&'))).toEqual([]);
  });

  describe('on a schedule', () => {
    const schedule = { everyHours: 6, appliesItself: false };
    const idle = () => expect.poll(async () => (await status()).reading, { timeout: 20_000 }).toBeNull();

    it('proposes with a finding, once, and applies nothing', async () => {
      await save({ schedule });
      await idle();
      expect(reasons.map(({ fact }) => fact)).toEqual(['16 changes at the vendor: 16 added.']);
      expect(stored).toBeNull();
      clock.passHours(6);
      await idle();
      expect(vendor.log.filter((line) => line.includes('virtualZenClusters'))).toHaveLength(2);
      expect(reasons).toHaveLength(1);
      await apply();
      Object.assign(vendor.clusters[0] ?? {}, { ipSecEnabled: true });
      clock.passHours(6);
      await expect.poll(() => reasons.at(-1)?.fact).toBe('1 change at the vendor: 1 changed.');
      expect((await status()).changes).toBe(1);
    });

    it('survives a restart: what was read, what was reported, and when it is due', async () => {
      await save({ schedule });
      await idle();
      const { nextAtMs } = await status();
      await service.stop();
      service = await started();
      expect(await status()).toMatchObject({ changes: 16, nextAtMs, reading: null });
      clock.passHours(7);
      await idle();
      expect(vendor.log.filter((line) => line.includes('virtualZenClusters'))).toHaveLength(2);
      expect(reasons).toHaveLength(1);
    });

    it('applies by itself only when set to, and never the removal of most', async () => {
      await save({ schedule: { everyHours: 6, appliesItself: true } });
      await expect.poll(() => stored?.clusters.length, { timeout: 20_000 }).toBe(3);
      await idle();
      expect(reasons.map(({ code }) => code)).toEqual(['vendor-changes-applied']);
      [vendor.clusters, vendor.edges] = [vendor.clusters.slice(2), vendor.edges.slice(8)];
      clock.passHours(6);
      await expect.poll(() => reasons.at(-1)?.code).toBe('vendor-changes');
      expect(reasons.at(-1)?.detail).toContain('67 % of what was imported earlier is gone');
      expect(stored?.clusters).toHaveLength(3);
    });

    it('reports that it applied what it had proposed before', async () => {
      await save({ schedule });
      await idle();
      await save({ schedule: { everyHours: 6, appliesItself: true } });
      await idle();
      clock.passHours(7);
      await expect.poll(() => stored?.clusters.length, { timeout: 20_000 }).toBe(3);
      await idle();
      expect(reasons.map(({ code }) => code)).toEqual(['vendor-changes', 'vendor-changes-applied']);
    });

    it('reports why it could not read, once', async () => {
      await save({ schedule }, typed('wrong'));
      await idle();
      clock.passHours(2);
      await idle();
      expect(reasons.map(({ code }) => code)).toEqual(['vendor-unreadable']);
      expect((await status()).failure?.what).toMatch(/client id or the client secret/);
    });
  });
});
