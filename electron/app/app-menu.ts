import { Menu, type MenuItemConstructorOptions } from 'electron';

/** The menu: what every window has. Developer tools only in development. */
export function setAppMenu(development: boolean): void {
  const developer: MenuItemConstructorOptions[] = development
    ? [{ type: 'separator' }, { role: 'toggleDevTools' }]
    : [];
  const menus: MenuItemConstructorOptions[] = [
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...developer,
      ],
    },
    { role: 'windowMenu' },
  ];
  const first: MenuItemConstructorOptions =
    process.platform === 'darwin' ? { role: 'appMenu' } : { label: 'File', submenu: [{ role: 'quit' }] };
  Menu.setApplicationMenu(Menu.buildFromTemplate([first, ...menus]));
}
