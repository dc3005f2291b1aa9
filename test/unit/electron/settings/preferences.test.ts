import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultDeskSettings } from '../../../../domain/model/desk';
import { PreferencesFile } from '../../../../electron/settings/preferences';

let folder: string;
let file: string;
let faults: unknown[];
const open = (): PreferencesFile => new PreferencesFile(file, (fault) => faults.push(fault));

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-preferences-'));
  file = path.join(folder, 'preferences.json');
  faults = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('preferences', () => {
  it('starts with the defaults, and keeps what is set', () => {
    expect(open().get()).toEqual({
      theme: 'system',
      trapPort: null,
      metricsAddress: null,
      looksForUpdates: true,
      welcome: false,
      desk: defaultDeskSettings,
      window: null,
    });
    open().set({ theme: 'dark' });
    expect(open().get().theme).toBe('dark');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(faults).toEqual([]);
  });

  it('takes what it can from a file it does not understand', () => {
    writeFileSync(file, '{"theme":"light","window":{"x":"left"},"foreign":1}');
    expect(open().get()).toEqual({
      theme: 'light',
      trapPort: null,
      metricsAddress: null,
      looksForUpdates: true,
      welcome: false,
      desk: defaultDeskSettings,
      window: null,
    });
    writeFileSync(file, '{"theme":');
    expect(open().get()).toEqual({
      theme: 'system',
      trapPort: null,
      metricsAddress: null,
      looksForUpdates: true,
      welcome: false,
      desk: defaultDeskSettings,
      window: null,
    });
    expect(faults).toHaveLength(1);
  });

  it('keeps a change for the time being when the disk refuses, and says so', () => {
    const preferences = new PreferencesFile(path.join(folder, 'missing', 'preferences.json'), (fault) =>
      faults.push(fault),
    );
    preferences.set({ theme: 'light' });
    expect(preferences.get().theme).toBe('light');
    expect(faults).toHaveLength(1);
  });

  it('leaves no half-written file behind', () => {
    open().set({ window: { x: 1, y: 2, width: 1300, height: 800, maximized: true } });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(open().get());
  });
});
