import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appHistoryFile, historyToUse } from '../../../../cli/common/app-history';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the history that is meant', () => {
  it('is where Electron puts an app’s data', () => {
    expect(appHistoryFile('linux', {}, '/home/a')).toBe('/home/a/.config/Heron/history.sqlite');
    expect(appHistoryFile('linux', { XDG_CONFIG_HOME: '/c' }, '/home/a')).toBe('/c/Heron/history.sqlite');
  });

  it('is the named one, else the app’s own, also when neither is there', () => {
    const own = path.join(folder, 'history.sqlite');
    expect(historyToUse('/h.sqlite', own)).toBe('/h.sqlite');
    expect(historyToUse(undefined, own)).toBe(own);
  });

  it('is to be named where only the demo’s is there', () => {
    const [own, demo] = [path.join(folder, 'history.sqlite'), path.join(folder, 'demo-history.sqlite')];
    writeFileSync(demo, 'x');
    expect(() => historyToUse(undefined, own)).toThrow(
      `The app has only a demo history here: --db "${demo}".`,
    );
    expect(historyToUse(demo, own)).toBe(demo);
    writeFileSync(own, 'x');
    expect(historyToUse(undefined, own)).toBe(own);
  });
});
