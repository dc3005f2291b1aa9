const { app, BrowserWindow } = require('electron');

// An empty window without Heron's main process. Playwright opens the page in it once it is attached.
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1920, height: 1080, useContentSize: true, frame: false });
  return window.loadURL('about:blank');
});
