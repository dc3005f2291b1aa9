import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';

const rootFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const fakeKeychain = path.join(import.meta.dirname, 'fake-keychain.cjs');
const holdFirstPage = path.join(import.meta.dirname, 'hold-first-page.cjs');
const attemptMs = { dev: 60_000, packaged: 20_000 };
const mostAttempts = 4;
const sandboxWorks = process.platform !== 'linux' || process.getuid?.() !== 0;

/** The environment that Heron is started in. */
export interface Surroundings {
  /** Added to this process's own environment variables. */
  environment?: Record<string, string>;
  /** Replaces the keychain, which a test machine lacks and signing a history needs. In the checkout only. */
  keychain?: boolean;
  /** Main file to start instead of the checkout's app. */
  main?: string;
  /** Program to start instead of the packaged one. */
  executable?: string;
}

/** Root has no sandbox on Linux. */
export function sandboxArguments(): string[] {
  return sandboxWorks ? [] : ['--no-sandbox'];
}

/** A running Heron, with a user data folder of its own. */
export interface Heron {
  app: ElectronApplication;
  page: Page;
  userData: string;
  /** The text of the log file; empty before there is one. */
  log(): string;
  /** Quits as a person does; resolves to the exit code. */
  quit(): Promise<number | null>;
  /** Resolves to the exit code. */
  ended: Promise<number | null>;
}

/**
 * How to start the app of a project: from the checkout, or the packaged program. Root has no sandbox on Linux. `first`:
 * arguments of Electron itself, in the checkout only.
 */
export function program(
  project: string,
  first: readonly string[] = [],
  main: string = rootFolder,
): { executablePath?: string; args: string[] } {
  const sandbox = sandboxArguments();
  if (project !== 'packaged') return { args: [...sandbox, ...first, main] };
  const executablePath = process.env['HERON_PACKAGED_APP'];
  if (!executablePath)
    throw new Error('HERON_PACKAGED_APP does not name the packaged program: run npm test -- e2e');
  return { executablePath, args: sandbox };
}

/**
 * Starts Heron and waits for its window. The checkout's app loads its page only when Playwright is attached, which is not possible with
 * a packaged one: about one start in twenty Playwright misses the page's first navigation there and waits for ever, although the app
 * works. Such a start is ended and repeated.
 *
 * @param onRetry called with the duration of each start that was ended
 */
export async function launchHeron(
  project: string,
  userData: string,
  args: string[],
  onRetry: (tookMs: number) => void,
  surroundings: Surroundings = {},
): Promise<Heron> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launchOnce(project, userData, args, surroundings);
    } catch (fault) {
      const missed = fault instanceof Error && fault.message.includes('electron.launch: Timeout');
      if (project !== 'packaged' || !missed || attempt === mostAttempts) throw fault;
      onRetry(attemptMs.packaged);
    }
  }
}

async function launchOnce(
  project: string,
  userData: string,
  args: string[],
  { environment, keychain, main, executable }: Surroundings,
): Promise<Heron> {
  const loaded = [holdFirstPage, ...(keychain ? [fakeKeychain] : [])];
  const start = program(
    project,
    loaded.flatMap((file) => ['-r', file]),
    main,
  );
  const app = await _electron.launch({
    ...start,
    ...(executable === undefined ? {} : { executablePath: executable }),
    args: [...start.args, '--user-data', userData, ...args],
    chromiumSandbox: sandboxWorks,
    env: { ...(process.env as Record<string, string>), ...environment },
    timeout: project === 'packaged' ? attemptMs.packaged : attemptMs.dev,
  });
  let errors = '';
  app.process().stderr?.on('data', (text: Buffer) => (errors += text.toString()));
  const ended = new Promise<number | null>((resolve) => app.process().once('exit', resolve));
  const page = await app.firstWindow({ timeout: attemptMs.dev }).catch((fault: unknown) => {
    throw new Error(`Heron opened no window. Its standard error: ${errors || 'empty'}`, { cause: fault });
  });
  if (project !== 'packaged') await releaseFirstPage(app);
  await page.waitForURL(({ protocol }) => protocol !== 'about:', {
    timeout: attemptMs.dev,
    waitUntil: 'load',
  });
  return {
    app,
    page,
    userData,
    ended,
    log: () => readIfThere(path.join(userData, 'logs', 'heron.log')),
    async quit() {
      await app.close();
      return ended;
    },
  };
}

/** V8 may collect the promise of an evaluation, about once in 500 starts; to release the page twice changes nothing. */
async function releaseFirstPage(app: ElectronApplication): Promise<void> {
  const release = (): Promise<void> =>
    app.evaluate(() => (globalThis as unknown as { loadFirstPage: () => void }).loadFirstPage());
  await release().catch((fault: unknown) => {
    if (fault instanceof Error && fault.message.includes('promise was garbage collected')) return release();
    throw fault;
  });
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return '';
    throw fault;
  }
}

/** A new temporary folder and its removal. */
export function temporaryFolder(): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-e2e-'));
  return {
    path: folder,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }),
  };
}

export interface PerTest {
  /** Starts Heron; it is quit after the test at the latest. */
  start(args: string[], userData?: string, surroundings?: Surroundings): Promise<Heron>;
  folder: string;
}

export interface PerWorker {
  /** A Heron on a demo fleet without faults, shared by the tests of a worker that leave its state unchanged. */
  demo: Heron;
}

export const test = base.extend<PerTest, PerWorker>({
  folder: async ({}, use) => {
    const folder = temporaryFolder();
    await use(folder.path);
    folder.remove();
  },
  start: async ({ folder }, use, info) => {
    const started: Heron[] = [];
    await use(async (args, userData = path.join(folder, 'user-data'), surroundings = {}) => {
      const wait = (tookMs: number): void => info.setTimeout(info.timeout + tookMs);
      const heron = await launchHeron(info.project.name, userData, args, wait, surroundings);
      started.push(heron);
      return heron;
    });
    // Of a test that fails now and then, the log is all that is left.
    if (info.status !== info.expectedStatus)
      for (const heron of started)
        await info.attach('heron.log', { body: heron.log(), contentType: 'text/plain' });
    for (const heron of started) await heron.quit();
  },
  demo: [
    async ({}, use, info) => {
      const folder = temporaryFolder();
      try {
        const heron = await launchHeron(info.project.name, folder.path, calmDemo, () => undefined);
        await use(heron);
        await heron.quit();
      } finally {
        folder.remove();
      }
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** An inventory of edges that do not exist, for tests that need no fleet: Heron starts on it at once. */
export const exampleInventory = path.join(rootFolder, 'test', 'fixtures', 'inventories', 'example.json');

/** The demo fleet without a fault script: always the same fleet; faults come from the control API only. */
export const calmDemo = ['--demo', '--demo-seed', '1', '--demo-script', 'none'];

export { expect };
