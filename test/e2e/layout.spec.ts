import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Heron } from './support/heron';
import { overflows } from './support/overflows';
import { rows } from './support/wall';

/** Names in narrow letters, in wide ones, in wide ones without any place to break a line, and from right to left. */
const kinds = [
  'frankfurt-am-main-equinix-fr5-hall-3-production-service-edge',
  '東京第一データセンター本番系プロキシ東側ラック群第三区画冗長構成'.repeat(2),
  'W'.repeat(64),
  'مجموعة سنغافورة الثانية للإنتاج في مركز البيانات الشرقي الطابق',
];
const longest = (end: string, cluster: number): string =>
  `${kinds[cluster - 1]?.slice(0, 63 - end.length).trim()}-${end}`;

/** Clusters whose names, sites and edges' names are as long as they may be. */
function longInventory(folder: string): string {
  const edge = (cluster: number, number: number): object => ({
    name: longest(`c${cluster}-${number}`, cluster),
    proxyIp: `10.9.${cluster}.${10 + number}`,
    lbIp: `10.9.${cluster}.${30 + number}`,
    managementIp: `10.9.${cluster}.${50 + number}`,
    snmp: { credential: 'noc' },
  });
  const clusters = kinds
    .map((_, index) => index + 1)
    .map((cluster) => ({
      name: longest(`c${cluster}`, cluster),
      site: longest(`site ${cluster}`, cluster),
      clusterIp: `10.9.${cluster}.100`,
      subnetMask: '255.255.255.0',
      defaultGateway: `10.9.${cluster}.1`,
      edges: Array.from({ length: Math.min(16, 2 + cluster * 4) }, (_, index) => edge(cluster, index + 1)),
    }));
  const credentials = [{ name: 'noc', version: '2c', communityEnv: 'HERON_TEST_COMMUNITY' }];
  const file = path.join(folder, 'long.json');
  writeFileSync(file, JSON.stringify({ credentials, clusters }));
  return file;
}

async function resize(heron: Heron, width: number, height: number): Promise<void> {
  await heron.app.evaluate(
    ({ BrowserWindow }, size) => {
      const window = BrowserWindow.getAllWindows()[0];
      window?.setMinimumSize(400, 300);
      window?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await expect.poll(() => heron.page.evaluate(() => innerWidth)).toBe(width);
}

const views = ['/clusters', '/edges', '/timeline', '/incidents', '/events', '/audit', '/settings', '/help'];

test('the longest names fit in a small window, and zoomed in to 158 %', async ({ start, folder }) => {
  const heron = await start(['--inventory', longInventory(folder)]);
  const { page } = heron;
  await expect(rows(page)).toHaveCount(kinds.length);
  const names = kinds.map((_, index) => [
    encodeURIComponent(longest(`c${index + 1}`, index + 1)),
    encodeURIComponent(longest(`c${index + 1}-1`, index + 1)),
  ]);
  const ofClusters = names.flatMap(([id]) => [`/clusters/${id}`, `/cluster/${id}`]);
  const ofEdges = names.map(([id, edge]) => `/edge/${id}/${edge}`);
  for (const [width, height] of [
    [1024, 700],
    [648, 443],
    [1920, 1080],
  ] as const) {
    await resize(heron, width, height);
    for (const view of [...views, ...ofClusters, ...ofEdges]) {
      await page.evaluate((hash) => (location.hash = hash), `#${view}`);
      const title = page.getByRole('banner').getByRole('heading', { level: 1 });
      await expect(title).toBeVisible();
      await expect.poll(() => overflows(page), { message: `${view} at ${width}x${height}` }).toEqual([]);
      const word = title.locator('.view, .back').first();
      expect(
        await word.evaluate(
          (one) =>
            one.scrollWidth <= one.clientWidth + 1 &&
            one.getBoundingClientRect().right <= one.parentElement!.getBoundingClientRect().right + 1,
        ),
        `${view} at ${width}: title`,
      ).toBe(true);
    }
  }
});

test('the chips stay on one line of fixed height, and lead to those without room', async ({
  start,
  folder,
}) => {
  const heron = await start(['--inventory', longInventory(folder)]);
  const { page } = heron;
  await expect(rows(page)).toHaveCount(kinds.length);
  const list = page.getByRole('region', { name: 'Clusters', exact: true });
  const top = async (): Promise<number> => (await list.boundingBox())?.y ?? 0;
  await resize(heron, 1024, 700);
  const wide = await top();
  await resize(heron, 648, 443);
  await expect.poll(top).toBeLessThanOrEqual(wide);
  const more = page.getByRole('button', { name: /^\d+ more/ });
  await more.click();
  const chip = page
    .getByRole('dialog')
    .getByRole('button', { name: /Problems only|Unacknowledged/ })
    .first();
  await chip.click();
  await expect(chip).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(more).toContainText('1 on');
});
