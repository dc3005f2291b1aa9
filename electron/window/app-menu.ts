import { Menu, type MenuItemConstructorOptions } from 'electron';

/** Sets the menu: the usual entries, and opening a file. Developer tools only in development. `quitStops`: named above "Quit". */
export function setAppMenu(development: boolean, quitStops: readonly string[], openFile: () => void): void {
  const developer: MenuItemConstructorOptions[] = development
    ? [{ type: 'separator' }, { role: 'toggleDevTools' }]
    : [];
  const open: MenuItemConstructorOptions = {
    label: 'Open a history or incident file…',
    accelerator: 'CmdOrCtrl+O',
    click: openFile,
  };
  const menus: MenuItemConstructorOptions[] = [
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        // The key of + without Shift, as in browsers.
        { role: 'zoomIn', accelerator: 'CmdOrCtrl+=', visible: false },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { role: 'windowMenu' },
  ];
  const first: MenuItemConstructorOptions =
    process.platform === 'darwin'
      ? { role: 'appMenu' }
      : { label: 'File', submenu: [open, { type: 'separator' }, ...quitLines(quitStops), { role: 'quit' }] };
  const files: MenuItemConstructorOptions[] =
    process.platform === 'darwin' ? [{ label: 'File', submenu: [open, { role: 'close' }] }] : [];
  Menu.setApplicationMenu(Menu.buildFromTemplate([first, ...files, ...menus]));
}

/** What quitting stops, as lines of a menu. */
export function quitLines(quitStops: readonly string[]): MenuItemConstructorOptions[] {
  if (quitStops.length === 0) return [];
  return [
    { label: 'Quitting stops:', enabled: false },
    ...quitStops.map((label) => ({ label: `  ${label}`, enabled: false })),
  ];
}
