const { BrowserWindow } = require('electron');

/**
 * Loaded into Electron before Heron: the window stays on an empty page until the test calls `loadFirstPage`. Playwright misses a
 * navigation that begins while it attaches to a new page, and then waits for it for ever.
 */
const load = BrowserWindow.prototype.loadURL;
let isReleased = false;
let emptyPage = null;
let latest = null;
const released = new Promise((resolve) => {
  globalThis.loadFirstPage = () => {
    isReleased = true;
    resolve();
  };
});

BrowserWindow.prototype.loadURL = async function (...args) {
  if (isReleased) return load.apply(this, args);
  const own = (latest = Symbol('load'));
  emptyPage ??= load.call(this, 'about:blank');
  await emptyPage;
  await released;
  // Another page was asked for meanwhile, as where the start failed.
  if (latest !== own) return;
  await load.apply(this, args);
  // Going back must not lead to the empty page.
  this.webContents.navigationHistory.clear();
};
