import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { app } from 'electron';
import type { LoginStatus } from '../../domain/contract/computer';

/** Login opens no window. */
const inTheTray = ['--hidden'];

/** What of the system decides it; replaced in tests. */
export interface LoginSystem {
  platform: NodeJS.Platform;
  isPackaged: boolean;
  environment: NodeJS.ProcessEnv;
  home: string;
  program: string;
}

/** Whether Heron starts when this user logs in. On Linux a file in the user's autostart folder does so (XDG Autostart 0.5). */
export function loginStatus(system: LoginSystem = thisSystem()): LoginStatus {
  if (!system.isPackaged)
    return { on: false, available: false, words: 'Only an installed Heron can start by itself.' };
  const on =
    system.platform === 'linux'
      ? existsSync(autostartFile(system))
      : app.getLoginItemSettings({ args: inTheTray }).openAtLogin;
  const words = on ? 'Heron starts in the tray when you log in.' : 'Heron starts when you open it.';
  return { on, available: true, words };
}

/** Turns it on or off. Throws what the file system reports. */
export function setStartAtLogin(on: boolean, system: LoginSystem = thisSystem()): LoginStatus {
  if (!system.isPackaged) return loginStatus(system);
  if (system.platform !== 'linux') app.setLoginItemSettings({ openAtLogin: on, args: inTheTray });
  else if (on) writeAutostart(system);
  else rmSync(autostartFile(system), { force: true });
  return loginStatus(system);
}

function writeAutostart(system: LoginSystem): void {
  const file = autostartFile(system);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  // An AppImage is mounted elsewhere at each start.
  const program = system.environment['APPIMAGE'] ?? system.program;
  const lines = [
    'Type=Application',
    'Name=Heron',
    `Exec=${[quoted(program), ...inTheTray].join(' ')}`,
    'Icon=heron',
    'Terminal=false',
  ];
  writeFileSync(file, `[Desktop Entry]\n${lines.join('\n')}\n`);
}

/** As the Desktop Entry Specification quotes an argument of Exec; % begins a field code. */
function quoted(program: string): string {
  const escaped = program
    .replace(/["`$\\]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%');
  return `"${escaped}"`;
}

function autostartFile({ environment, home }: LoginSystem): string {
  return path.join(
    environment['XDG_CONFIG_HOME'] || path.join(home, '.config'),
    'autostart',
    'heron.desktop',
  );
}

function thisSystem(): LoginSystem {
  const { platform, env, execPath } = process;
  return { platform, isPackaged: app.isPackaged, environment: env, home: os.homedir(), program: execPath };
}

/** Whether this start is one at login; macOS passes no arguments then. */
export function wasStartedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}
