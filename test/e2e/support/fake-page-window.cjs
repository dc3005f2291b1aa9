const { app, BrowserWindow } = require('electron');

// A window on the address in HERON_FAKE_PAGE, without Heron's main process.
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1920, height: 1080, useContentSize: true, frame: false });
  return window.loadURL(process.env['HERON_FAKE_PAGE']);
});
