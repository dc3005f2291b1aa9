import { defineConfig } from '@playwright/test';

/** What happens inside the window, which is the same code in both: the package adds nothing to see there. */
const inTheWindow = [
  'accessibility',
  'acknowledge',
  'cluster-page',
  'edges',
  'forms',
  'incidents',
  'keyboard',
  'lab',
  'opened-file',
  'ranges',
  'screenshots',
  'table',
  'timeline',
  'wall-mode',
].map((name) => `**/${name}.spec.ts`);

/**
 * End-to-end tests in real Electron. `dev` starts the checkout as npm start does and runs every test; `packaged` is the app as
 * users get it (with the inspector's fuse on) and runs what a package could break. `npm test -- e2e [--project=dev]` prepares what they need.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // The pictures of the documentation are what screenshots.spec.ts compares with, and takes only when asked to.
  snapshotPathTemplate: 'docs/screenshots/{arg}{ext}',
  updateSnapshots: 'none',
  // Each test has a fleet and a window of its own, on two cores.
  workers: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  projects: [{ name: 'dev' }, { name: 'packaged', testIgnore: inTheWindow }],
});
