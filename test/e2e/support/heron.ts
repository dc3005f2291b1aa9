import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, expect, test as base, type ElectronApplication, type Page } from '@playwright/test';

const rootFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const madeKeychain = path.join(rootFolder, 'test', 'e2e', 'support', 'made-keychain.cjs');
const attemptMs = { dev: 60_000, packaged: 20_000 };
const mostAttempts = 4;
const sandboxWorks = process.platform !== 'linux' || process.getuid?.() !== 0;

/** What a Heron finds around it. */
export interface Beside {
  /** On top of this process's own environment. */
  environment?: Record<string, string>;
  /** A keychain, which a test machine has none of: only with one are histories signed. The checkout's Heron only. */
  keychain?: boolean;
  /** Main file in the place of the checkout's own app. */
  main?: string;
}

/** A running Heron, with a user data folder of its own. */
export interface Heron {
  app: ElectronApplication;
  page: Page;
  userData: string;
  /** The log file so far; empty before there is one. */
  log(): string;
  /** Quits as a person does, and tells the exit code. */
  quit(): Promise<number | null>;
  /** The exit code, once it ends. */
  ended: Promise<number | null>;
}

/**
 * How to start the app of a project: from the checkout, or the packaged program. Root has no sandbox on Linux. `first` is for
 * Electron itself, and for the checkout only.
 */
export function program(
  project: string,
  first: readonly string[] = [],
  main: string = rootFolder,
): { executablePath?: string; args: string[] } {
  const sandbox = sandboxWorks ? [] : ['--no-sandbox'];
  if (project !== 'packaged') return { args: [...sandbox, ...first, main] };
  const executablePath = process.env['HERON_PACKAGED_APP'];
  if (!executablePath)
    throw new Error('HERON_PACKAGED_APP does not name the packaged program: run npm test -- e2e');
  return { executablePath, args: sandbox };
}

/**
 * Starts Heron and waits for its window. Playwright holds the checkout's app back until it listens, which it cannot do
 * with a packaged one: about once in twenty starts it then misses the page's first navigation and waits for ever,
 * although the app is well. Such an attempt is ended and made again; `onAgain` hears how long it took.
 */
export async function launchHeron(
  project: string,
  userData: string,
  args: string[],
  onAgain: (tookMs: number) => void,
  beside: Beside = {},
): Promise<Heron> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await launchOnce(project, userData, args, beside);
    } catch (fault) {
      const missed = fault instanceof Error && fault.message.includes('electron.launch: Timeout');
      if (project !== 'packaged' || !missed || attempt === mostAttempts) throw fault;
      onAgain(attemptMs.packaged);
    }
  }
}

async function launchOnce(
  project: string,
  userData: string,
  args: string[],
  { environment, keychain, main }: Beside,
): Promise<Heron> {
  const start = program(project, keychain ? ['-r', madeKeychain] : [], main);
  const app = await _electron.launch({
    ...start,
    args: [...start.args, '--user-data', userData, ...args],
    chromiumSandbox: sandboxWorks,
    env: { ...(process.env as Record<string, string>), ...environment },
    timeout: project === 'packaged' ? attemptMs.packaged : attemptMs.dev,
  });
  let said = '';
  app.process().stderr?.on('data', (text: Buffer) => (said += text.toString()));
  const ended = new Promise<number | null>((resolve) => app.process().once('exit', resolve));
  const page = await app.firstWindow({ timeout: attemptMs.dev }).catch((fault: unknown) => {
    throw new Error(`Heron opened no window. It said: ${said || 'nothing'}`, { cause: fault });
  });
  await page.waitForLoadState('domcontentloaded');
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

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return '';
    throw fault;
  }
}

/** A folder that is gone after its test. */
export function temporaryFolder(): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-e2e-'));
  return {
    path: folder,
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }),
  };
}

interface PerTest {
  /** Starts Heron; ended after the test if the test did not. */
  start(args: string[], userData?: string, beside?: Beside): Promise<Heron>;
  folder: string;
}

interface PerWorker {
  /** One Heron on a calm demo fleet, shared by tests that change nothing others look at. */
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
    await use(async (args, userData = path.join(folder, 'user-data'), beside = {}) => {
      const wait = (tookMs: number): void => info.setTimeout(info.timeout + tookMs);
      const heron = await launchHeron(info.project.name, userData, args, wait, beside);
      started.push(heron);
      return heron;
    });
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

/** Edges that are nowhere: a Heron on them is there at once, for what needs no fleet. */
export const exampleInventory = path.join(rootFolder, 'test', 'fixtures', 'inventories', 'example.json');

/** The demo fleet without a fault script: always the same fleet, faults only by the control API. */
export const calmDemo = ['--demo', '--demo-seed', '1', '--demo-script', 'none'];

export { expect };
