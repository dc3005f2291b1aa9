import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../monitor/base/clock';
import { vendorFleet, VendorStandIn } from '../../fixtures/vendor/vendor-stand-in';

const built = fileURLToPath(new URL('../../../out/cli/heron.js', import.meta.url));
const secret = { HERON_VENDOR_SECRET: 'secret-of-the-client' };

function heron(args: string[], environment: Record<string, string> = secret) {
  const child = spawn(process.execPath, [built, 'inventory', ...args], {
    env: { ...process.env, ...environment },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, stdout, stderr })),
  );
}

describe('heron inventory import, drift, diff and apply', () => {
  let vendor: VendorStandIn;
  let folder: string;
  let urls: string[];
  const at = (name: string) => path.join(folder, name);

  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'heron-inventory-'));
    vendor = new VendorStandIn(systemClock);
    Object.assign(
      vendor,
      vendorFleet(3, () => 4),
    );
    const { tokenUrl, apiUrl } = await vendor.start();
    urls = ['--token-url', tokenUrl, '--api-url', apiUrl];
    const source = {
      vanity: 'acme',
      clientId: 'client-1',
      clientSecretEnv: 'HERON_VENDOR_SECRET',
      rules: [{ name: 'c0-*', management: 'proxy', credential: 'noc', site: 'Frankfurt' }, { http: true }],
      credentials: [{ name: 'noc', version: '2c', communityEnv: 'HERON_COMMUNITY' }],
    };
    writeFileSync(at('source.json'), JSON.stringify(source));
  });
  afterEach(() => vendor.stop());

  const importInto = (name: string, ...more: string[]) =>
    heron(['import', at('source.json'), '--into', at(name), ...urls, ...more]);

  it('previews, applies, and then finds no difference and no drift', async () => {
    const preview = await importInto('inventory.json');
    expect(preview).toMatchObject({ code: 3, stderr: '' });
    expect(preview.stdout).toContain('The vendor has 3 clusters and 12 edges.\n');
    expect(preview.stdout).toContain('+ cluster "cluster-0"\n');
    expect(existsSync(at('inventory.json'))).toBe(false);
    expect((await importInto('inventory.json', '--apply')).code).toBe(0);
    expect((await heron(['check', at('inventory.json')])).stdout).toContain(
      'correct. Clusters: 3, edges: 12.',
    );
    expect(await importInto('inventory.json')).toMatchObject({ code: 0 });
    const drift = await heron(['drift', at('source.json'), at('inventory.json'), ...urls]);
    expect(drift).toMatchObject({ code: 0, stdout: 'No difference.\n' });
  });

  it('asks before it removes most of what was imported', async () => {
    await importInto('inventory.json', '--apply');
    const before = readFileSync(at('inventory.json'), 'utf8');
    Object.assign(
      vendor,
      vendorFleet(1, () => 2),
    );
    const refused = await importInto('inventory.json', '--apply');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('83 % of what was imported earlier is gone at the vendor.');
    expect(readFileSync(at('inventory.json'), 'utf8')).toBe(before);
    expect((await importInto('inventory.json', '--apply', '--allow-removals')).code).toBe(0);
  });

  it('refuses a wrong secret, a missing one and an address without TLS, and prints none of them', async () => {
    const wrong = await heron(['import', at('source.json'), '--into', at('a.json'), ...urls], {
      HERON_VENDOR_SECRET: 'wrong-one',
    });
    expect(wrong).toMatchObject({ code: 1, stdout: '' });
    expect(wrong.stderr).toMatch(/client id or the client secret/);
    expect(wrong.stderr).not.toContain('wrong-one');
    const missing = await heron(['import', at('source.json'), '--into', at('a.json'), ...urls], {
      HERON_VENDOR_SECRET: '',
    });
    expect(missing.stderr).toContain('HERON_VENDOR_SECRET is empty');
    const plain = await heron([
      'import',
      at('source.json'),
      '--into',
      at('a.json'),
      '--api-url',
      'http://api.example.net',
    ]);
    expect(plain).toMatchObject({ code: 2 });
    expect(plain.stderr).toContain('--api-url must be https');
  });

  it('merges the changes of a file into a target that was changed, too', async () => {
    await importInto('mine.json', '--apply');
    const original = JSON.parse(readFileSync(at('mine.json'), 'utf8')) as {
      clusters: { site?: string; clusterIp: string }[];
    };
    writeFileSync(at('file.json'), JSON.stringify(original));
    expect((await heron(['apply', at('file.json'), '--to', at('mine.json')])).code).toBe(0);
    const edit = (name: string, change: (clusters: typeof original.clusters) => void) => {
      const copy = structuredClone(original);
      change(copy.clusters);
      writeFileSync(at(name), JSON.stringify(copy));
    };
    edit('mine.json', ([first]) => Object.assign(first ?? {}, { site: 'Main' }));
    edit('file.json', (clusters) => Object.assign(clusters[1] ?? {}, { site: 'Paris' }));
    expect(await heron(['apply', at('file.json'), '--to', at('mine.json')])).toMatchObject({
      code: 0,
      stderr: '',
    });
    const merged = JSON.parse(readFileSync(at('mine.json'), 'utf8')) as typeof original;
    expect(merged.clusters.map(({ site }) => site)).toEqual(['Main', 'Paris', undefined]);
    edit('file.json', ([first]) => Object.assign(first ?? {}, { site: 'Other' }));
    const conflict = await heron(['apply', at('file.json'), '--to', at('mine.json')]);
    expect(conflict.code).toBe(1);
    expect(conflict.stderr).toContain(
      'Conflict: cluster "cluster-0", Site: in the target Main, in the file Other.',
    );
    expect(JSON.parse(readFileSync(at('mine.json'), 'utf8'))).toEqual(merged);
    const diff = await heron(['diff', at('mine.json'), at('file.json')]);
    expect(diff).toMatchObject({ code: 3 });
    expect(diff.stdout).toContain('    Site: Main -> Other\n');
  });
});
