import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { InventoryFile } from '../../../domain/inventory/inventory-file';
import { systemClock } from '../../../monitor/base/clock';
import { VendorStandIn } from '../../fixtures/vendor/vendor-stand-in';
import { RunningHeron } from './running-heron';

const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-drift-'));
const at = (name: string) => path.join(folder, name);
const vendor = new VendorStandIn(systemClock);
let demo: RunningHeron;

beforeAll(async () => {
  demo = new RunningHeron(['demo', '--clusters', '1', '--script', 'none', '--dir', at('demo')]);
  await demo.line('demo-ready', ({ type }) => type === 'demo-ready', 60_000);
}, 90_000);
afterAll(async () => {
  await demo.kill();
  await vendor.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('finds that a cluster which the vendor has disabled carries traffic, by the history', async () => {
  const inventory = at('demo/inventory.json');
  const [cluster] = (JSON.parse(readFileSync(inventory, 'utf8')) as InventoryFile).clusters;
  if (!cluster) throw new Error('the demo fleet has a cluster');
  const history = at('history.sqlite');
  const watch = new RunningHeron([
    'watch',
    '--inventory',
    inventory,
    '--db',
    history,
    '--seconds',
    '15',
    '--quiet',
  ]);
  expect(await watch.ended).toMatchObject({ code: 0 });

  const { name, clusterIp: ipAddress } = cluster;
  vendor.clusters = [{ id: 1, name, ipAddress, status: 'DISABLED', virtualZenNodes: [] }];
  const { tokenUrl, apiUrl } = await vendor.start();
  const source = { vanity: 'acme', clientId: 'client-1', clientSecretEnv: 'HERON_VENDOR_SECRET' };
  writeFileSync(at('source.json'), JSON.stringify(source));
  const drift = (...more: string[]) =>
    new RunningHeron(
      [
        ...['inventory', 'drift', at('source.json'), inventory, '--token-url', tokenUrl],
        ...['--api-url', apiUrl, ...more],
      ],
      { HERON_VENDOR_SECRET: 'secret-of-the-client' },
    );
  const seen = drift('--db', history);
  expect(await seen.ended).toMatchObject({ code: 3 });
  expect(seen.otherLines.join('\n')).toMatch(
    new RegExp(`cluster "${name}": vendor: disabled; here: enabled; observed: carrie[sd] [\\d.]+ [MGk]b/s`),
  );
  const unseen = drift();
  await unseen.ended;
  expect(unseen.otherLines.join('\n')).not.toContain('observed');
}, 120_000);
