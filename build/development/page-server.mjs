import { realpathSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('vite').ViteDevServer} ViteDevServer */

/**
 * Vite's development server for the page: a changed module replaces the old one without losing the view.
 * @typedef {{ server: ViteDevServer, origin: string }} PageServer
 */

/**
 * @param {object} options
 * @param {string} options.rootFolder the checkout, or a copy of renderer/ and domain/ with node_modules
 * @param {boolean} options.fake the page on made-up data, for an ordinary browser tab
 * @returns {Promise<PageServer>} `origin` is on 127.0.0.1, with a port of the system's choice
 */
export async function startPageServer({ rootFolder, fake }) {
  const [{ createServer }, { default: vue }] = await Promise.all([
    import('vite'),
    import('@vitejs/plugin-vue'),
  ]);
  const port = await freePort();
  // A build in this process has set it to production, in which components are not replaced.
  process.env.NODE_ENV = 'development';
  const renderer = path.join(rootFolder, 'renderer');
  const server = await createServer({
    configFile: false,
    envDir: false,
    logLevel: 'warn',
    clearScreen: false,
    root: fake ? path.join(rootFolder, 'test', 'fixtures', 'renderer-preview') : renderer,
    publicDir: path.join(renderer, 'public'),
    plugins: [vue(), withoutPolicy],
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      // In the app the page has another origin than the server, so the address of the socket is given in full.
      hmr: { protocol: 'ws', host: '127.0.0.1', clientPort: port, overlay: fake },
      fs: { allow: [rootFolder, realpathSync(path.join(rootFolder, 'node_modules'))] },
    },
  });
  await server.listen();
  return { server, origin: `http://127.0.0.1:${port}` };
}

/**
 * Vite's styles and its overlay need more than the policy in index.html allows. In the app the headers have one all the same.
 * @type {import('vite').Plugin}
 */
const withoutPolicy = {
  name: 'heron:without-policy',
  transformIndexHtml: (html) => html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ''),
};

/** @returns {Promise<number>} Vite takes no port 0 for its socket's address */
async function freePort() {
  const { createServer } = await import('node:net');
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
