import { defineConfig } from '@playwright/test';

/**
 * What a package can break: the protocol and the files behind it, worker threads, the fleet's process, fuses, and how the
 * system opens files and links with it. What happens inside the window is the same code in both.
 */
const inThePackage = [
  'computer',
  'crashed-page',
  'demo-process',
  'doors',
  'fuses',
  'history-file',
  'incident-file',
  'isolation',
  'opened-file',
  'packaged-commands',
  'reach',
  'refusals',
  'start',
  'update',
  'vendor-schedule',
].map((name) => `**/${name}.spec.ts`);

/**
 * End-to-end tests in real Electron. `dev` starts the checkout as npm start does and runs every test; `packaged` is the app as
 * users get it (with the inspector's fuse on) and runs what a package can break, without the tests tagged `@checkout`. `npm test -- e2e [--project=dev]` prepares what they need.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // The pictures of the documentation are what screenshots.spec.ts compares with, and takes only when asked to.
  snapshotPathTemplate: 'docs/screenshots/{arg}{ext}',
  updateSnapshots: 'none',
  // Each test has a fleet and a window of its own, and most of its time is waiting for elections and polls.
  workers: 2,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  projects: [
    { name: 'dev', testIgnore: ['**/fuses.spec.ts', '**/packaged-commands.spec.ts', '**/update.spec.ts'] },
    { name: 'packaged', testMatch: inThePackage, grepInvert: /@checkout/ },
  ],
});
