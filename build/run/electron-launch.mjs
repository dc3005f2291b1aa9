import { rootFolder } from '../shared/paths.mjs';

/** @typedef {import('../prepare/electron-runtime.mjs').ElectronRuntime} ElectronRuntime */

/**
 * The arguments to start the app from the checkout.
 * @param {string[]} appArguments the app's own
 * @returns {string[]}
 */
export function electronArguments(appArguments) {
  return [...sandboxArguments(), rootFolder, ...appArguments];
}

/**
 * Chromium refuses to sandbox for root on Linux; all other users keep the sandbox.
 * @returns {string[]}
 */
export function sandboxArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/**
 * @param {ElectronRuntime} runtime
 * @returns {NodeJS.ProcessEnv} what makes the electron package, and so Playwright, find this runtime
 */
export function electronEnvironment(runtime) {
  return {
    ELECTRON_OVERRIDE_DIST_PATH: runtime.distFolder,
    // Set by some editors' terminals; it would turn Electron into plain Node.
    ELECTRON_RUN_AS_NODE: undefined,
  };
}
