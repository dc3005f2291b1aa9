import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loginStatus, setStartAtLogin, type LoginSystem } from '../../../../electron/computer/start-at-login';

const electron = vi.hoisted(() => ({ openAtLogin: false }));
vi.mock('electron', () => ({
  app: {
    getLoginItemSettings: () => ({ openAtLogin: electron.openAtLogin }),
    setLoginItemSettings: (settings: { openAtLogin: boolean }) =>
      (electron.openAtLogin = settings.openAtLogin),
  },
}));

let home: string;
let system: LoginSystem;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'heron-login-'));
  system = { platform: 'linux', isPackaged: true, environment: {}, home, program: '/opt/Heron/heron' };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));
const autostart = () => readFileSync(path.join(home, '.config/autostart/heron.desktop'), 'utf8');

describe('start at login', () => {
  it('is off until it is asked for, and off again', () => {
    expect(loginStatus(system)).toMatchObject({ on: false, available: true });
    expect(setStartAtLogin(true, system).on).toBe(true);
    expect(autostart()).toContain('Exec="/opt/Heron/heron" --hidden\n');
    expect(setStartAtLogin(false, system).on).toBe(false);
    expect(loginStatus(system).on).toBe(false);
  });

  it('starts the AppImage and not where it is mounted, whatever its name', () => {
    setStartAtLogin(true, { ...system, environment: { APPIMAGE: '/home/noc/100 %/$He"ron.AppImage' } });
    expect(autostart()).toContain('Exec="/home/noc/100 %%/\\\\$He\\\\"ron.AppImage" --hidden\n');
  });

  it('is the system’s own on Windows and macOS', () => {
    const mac = { ...system, platform: 'darwin' as const };
    expect(setStartAtLogin(true, mac)).toMatchObject({ on: true });
    expect(electron.openAtLogin).toBe(true);
  });

  it('is not available in a checkout', () => {
    expect(setStartAtLogin(true, { ...system, isPackaged: false })).toMatchObject({
      on: false,
      available: false,
    });
  });
});
