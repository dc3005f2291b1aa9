import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { bundle } from '../../build/bundle/build.mjs';
import { singleFileConfig } from '../../build/bundle/bundler.mjs';
import { startPageServer } from '../../build/development/page-server.mjs';
import { outFolder, rootFolder } from '../../build/shared/paths.mjs';
import { exampleInventory, expect, test } from './support/heron';

const developmentFolder = path.join(outFolder, 'development');
/** Far more than was measured (CONTRIBUTING.md), for other tests run at the same time. */
const deadlineMs = 5_000;

test.beforeAll(() =>
  bundle(singleFileConfig('main', path.join('electron', 'development', 'main.ts'), developmentFolder)),
);

test('a changed component is in the window within a second, without losing the view', async ({
  start,
  folder,
}, info) => {
  // A copy, so that the test edits nothing in the checkout.
  const copy = path.join(folder, 'checkout');
  for (const name of ['renderer', 'domain', 'tsconfig.base.json', 'package.json']) {
    cpSync(path.join(rootFolder, name), path.join(copy, name), { recursive: true });
  }
  symlinkSync(path.join(rootFolder, 'node_modules'), path.join(copy, 'node_modules'));
  const { server, origin } = await startPageServer({ rootFolder: copy, fake: false });
  try {
    const { page } = await start(['--inventory', exampleInventory], undefined, {
      main: path.join(developmentFolder, 'main.js'),
      environment: { HERON_DEV_SERVER: origin },
    });
    await page.getByRole('link', { name: 'Edges' }).click();
    const search = page.getByRole('textbox', { name: 'Search' });
    await search.fill('fra');
    const file = path.join(copy, 'renderer', 'shell', 'SideRail.vue');
    const text = readFileSync(file, 'utf8');
    const startedAt = performance.now();
    writeFileSync(file, text.replace('</nav>', '<span>Changed just now</span></nav>'));
    await expect(page.getByText('Changed just now')).toBeVisible({ timeout: deadlineMs });
    const tookMs = Math.round(performance.now() - startedAt);
    process.stdout.write(`    a changed component was in the window after ${tookMs} ms\n`);
    info.annotations.push({ type: 'hot reload', description: `${tookMs} ms` });
    await expect(search).toHaveValue('fra');
  } finally {
    await server.close();
  }
});
