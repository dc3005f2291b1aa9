import { spawn } from 'node:child_process';
import path from 'node:path';
import { startPageServer } from '../development/page-server.mjs';
import { developmentFolder, watchApp } from '../development/watch-app.mjs';
import { findOnPath } from '../offline/system-packages.mjs';
import { prepareDependencies } from '../prepare/dependencies.mjs';
import { prepareForElectron } from '../prepare/prepare.mjs';
import { rootFolder, stateFolder } from '../shared/paths.mjs';
import { PreparationError, exitWithError, report } from '../shared/progress.mjs';
import { displayProblem } from './display.mjs';
import { electronEnvironment, sandboxArguments } from './electron-launch.mjs';

/**
 * `npm run dev [-- ARGS]`: the app on the demo fleet, or as ARGS say. A changed file of the page is replaced in the window, any
 * other restarts the app. `npm run dev -- --fake`: the page on made-up data in a browser.
 */
async function dev() {
  const args = process.argv.slice(2);
  return args.includes('--fake') ? developInBrowser() : developInApp(args);
}

async function developInBrowser() {
  await prepareDependencies();
  const { server, origin } = await startPageServer({ rootFolder, fake: true });
  report(`the page on made-up data: ${origin}  (?scenario=… picks another fleet, Ctrl+C ends)`);
  openInBrowser(origin);
  await interrupted();
  await server.close();
  return 0;
}

/**
 * @param {string[]} args the app's own
 * @returns {Promise<number>} exit code
 */
async function developInApp(args) {
  const problem = displayProblem();
  if (problem !== undefined) {
    const remedy = `${problem.remedy}; or look at the page in a browser: npm run dev -- --fake`;
    throw new PreparationError(problem.what, remedy);
  }
  const runtime = await prepareForElectron();
  const { server, origin } = await startPageServer({ rootFolder, fake: false });
  const userData = path.join(stateFolder, 'development', 'user-data');
  const electronArguments = [
    ...sandboxArguments(),
    developmentFolder,
    '--user-data',
    userData,
    ...(args.length > 0 ? args : ['--demo']),
  ];
  const env = { ...process.env, ...electronEnvironment(runtime), HERON_DEV_SERVER: origin };
  const app = new RestartedChild(() =>
    spawn(runtime.executable, electronArguments, { stdio: 'inherit', env }),
  );
  watchApp(() => app.restart()).catch(exitWithError);
  const code = await Promise.race([app.ended, interrupted()]);
  app.stop();
  await server.close();
  // Vite's watchers have no end of their own.
  process.exit(code);
}

/** A child process that is started again on request; `ended` is its exit code when it exits by itself. */
class RestartedChild {
  /** @type {import('node:child_process').ChildProcess | null} */
  #running = null;
  #restarting = false;
  /** @type {(code: number) => void} */
  #end = () => undefined;
  /** @type {Promise<number>} */
  ended = new Promise((resolve) => (this.#end = resolve));
  #spawn;

  /** @param {() => import('node:child_process').ChildProcess} spawnChild */
  constructor(spawnChild) {
    this.#spawn = spawnChild;
  }

  restart() {
    if (this.#running === null) return this.#start();
    if (this.#restarting) return;
    report('restarting the app');
    this.#restarting = true;
    this.#running.kill();
  }

  stop() {
    this.#running?.kill();
  }

  #start() {
    this.#restarting = false;
    this.#running = this.#spawn().once('exit', (code) => {
      if (this.#restarting) this.#start();
      else this.#end(code ?? 1);
    });
  }
}

/** @param {string} url opened where the system can; elsewhere it was printed */
function openInBrowser(url) {
  const opener =
    { darwin: 'open', win32: 'explorer' }[/** @type {string} */ (process.platform)] ?? 'xdg-open';
  if (process.platform === 'linux' && (findOnPath(opener) === undefined || displayProblem())) return;
  spawn(opener, [url], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}

/** @returns {Promise<number>} resolves, with the exit code, when the person ends the command */
function interrupted() {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => resolve(0));
  });
}

process.exitCode = await dev().catch(exitWithError);
