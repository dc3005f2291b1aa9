import path from 'node:path';

// Bundled code lies one folder below out/, in main/ or chunks/, whichever it ends up in.
const out = path.join(import.meta.dirname, '..');

/** What the app loads beside its own code, where the bundler puts it. */
export const builtFiles = {
  renderer: path.join(out, 'renderer'),
  preload: path.join(out, 'preload', 'preload.cjs'),
  cli: path.join(out, 'cli', 'heron.js'),
  workers: path.join(out, 'workers'),
};
