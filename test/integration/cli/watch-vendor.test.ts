import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../monitor/base/clock';
import { vendorFleet, VendorStandIn } from '../../fixtures/vendor/vendor-stand-in';
import { RunningHeron } from './running-heron';

const environment = { HERON_VENDOR_SECRET: 'secret-of-the-client' };
const heron = (args: string[]) => new RunningHeron(args, environment);
/** The codes of the findings about the vendor so far. */
const findings = ({ lines }: RunningHeron) =>
  lines.flatMap(({ type, reason }) => {
    const { code = '', fact = '' } = (reason ?? {}) as { code?: string; fact?: string };
    return type === 'finding' && code.startsWith('vendor-') ? [{ code, fact }] : [];
  });

describe('heron watch --vendor', () => {
  let vendor: VendorStandIn;
  let folder: string;
  let urls: string[];
  let vendorUrls: string[];
  const at = (name: string) => path.join(folder, name);

  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'heron-watch-vendor-'));
    vendor = new VendorStandIn(systemClock);
    Object.assign(
      vendor,
      vendorFleet(2, () => 2),
    );
    const { tokenUrl, apiUrl } = await vendor.start();
    urls = ['--token-url', tokenUrl, '--api-url', apiUrl];
    vendorUrls = ['--vendor-token-url', tokenUrl, '--vendor-api-url', apiUrl];
    const source = {
      vanity: 'acme',
      clientId: 'client-1',
      clientSecretEnv: 'HERON_VENDOR_SECRET',
      rules: [{ http: true }],
    };
    writeFileSync(at('source.json'), JSON.stringify(source));
    const first = heron([
      'inventory',
      'import',
      at('source.json'),
      '--into',
      at('inventory.json'),
      '--apply',
      ...urls,
    ]);
    expect((await first.ended).code).toBe(0);
    Object.assign(vendor.clusters[0] ?? {}, { ipSecEnabled: true });
  });
  afterEach(() => vendor.stop());

  const watching = (...more: string[]) =>
    heron([
      'watch',
      '--inventory',
      at('inventory.json'),
      '--quiet',
      '--vendor',
      at('source.json'),
      ...vendorUrls,
      ...more,
    ]);
  const isIpsecOn = () =>
    (
      JSON.parse(readFileSync(at('inventory.json'), 'utf8')) as {
        clusters: { ipsecLocalTermination: boolean }[];
      }
    ).clusters[0]?.ipsecLocalTermination;

  it('proposes with a finding, and does not repeat it after a restart', async () => {
    const first = watching('--vendor-every', '6');
    await expect
      .poll(() => findings(first), { timeout: 30_000 })
      .toMatchObject([{ code: 'vendor-changes', fact: '1 change at the vendor: 1 changed.' }]);
    first.signal('SIGTERM');
    expect(await first.ended).toMatchObject({ code: 0 });
    expect(isIpsecOn()).toBe(false);
    expect(existsSync(at('inventory.json.vendor'))).toBe(true);
    const requests = vendor.log.length;
    const second = watching('--seconds', '3');
    await second.ended;
    expect(findings(second)).toEqual([]);
    expect(vendor.log).toHaveLength(requests);
  });

  it('applies to the file and to the monitor only when set to', async () => {
    const applying = watching('--vendor-apply');
    await expect
      .poll(() => findings(applying), { timeout: 30_000 })
      .toMatchObject([{ code: 'vendor-changes-applied' }]);
    await expect.poll(isIpsecOn).toBe(true);
    applying.signal('SIGTERM');
    await applying.ended;
    expect(JSON.stringify(applying.lines) + applying.stderr).not.toContain('secret-of-the-client');
  });
});
