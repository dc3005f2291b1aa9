import path from 'node:path';

// Bundled code is one folder below out/, in main/ or chunks/.
const out = path.join(import.meta.dirname, '..');

/** What the app loads besides its own code, at the paths of the bundler. */
export const builtFiles = {
  renderer: path.join(out, 'renderer'),
  preload: path.join(out, 'preload', 'preload.cjs'),
  cli: path.join(out, 'cli', 'heron.js'),
  workers: path.join(out, 'workers'),
};
