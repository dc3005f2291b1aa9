const { BrowserWindow } = require('electron');

/**
 * Loaded into Electron before Heron: the first window stays on an empty page until the test calls `loadFirstPage`. Playwright misses a
 * navigation that begins while it attaches to a new page, and then waits for it for ever.
 */
const load = BrowserWindow.prototype.loadURL;
const released = new Promise((resolve) => (globalThis.loadFirstPage = resolve));
let isHeld = true;

BrowserWindow.prototype.loadURL = async function (...args) {
  if (!isHeld) return load.apply(this, args);
  isHeld = false;
  await load.call(this, 'about:blank');
  await released;
  await load.apply(this, args);
  // Going back must not lead to the empty page.
  this.webContents.navigationHistory.clear();
};
