import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { builderConfig } from '../../../../build/package/electron-builder.config.mjs';

const runtime = {
  kind: 'official' as const,
  version: '45.4.1',
  distFolder: '/dist',
  executable: '/dist/electron',
  nodeApiVersion: 10,
};
const purpose = { runtime, forThisPlatform: true, isTestBuild: false, outputFolder: '/out' };

describe('packages', () => {
  // What is set in a built program, test/e2e/fuses.spec.ts reads.
  it('for users have the inspector off, which is their only difference from the one that is tested', () => {
    const released = builderConfig(purpose).electronFuses;
    expect(released?.enableNodeCliInspectArguments).toBe(false);
    const tested = builderConfig({ ...purpose, isTestBuild: true }).electronFuses;
    expect({ ...tested, enableNodeCliInspectArguments: false }).toEqual(released);
  });

  it('take the addon that their runtime can load', () => {
    const prebuilt = builderConfig(purpose).files;
    expect(prebuilt).toContain('!node_modules/better-sqlite3/build/**');
    const compiled = builderConfig({ ...purpose, runtime: { ...runtime, nodeApiVersion: 9 } }).files;
    expect(compiled).toContain('!node_modules/better-sqlite3/prebuilds/**');
    expect(compiled).not.toContain('!node_modules/better-sqlite3/build/**');
  });

  it('for another platform download their own Electron', () => {
    const config = builderConfig({ ...purpose, forThisPlatform: false });
    expect(config).not.toHaveProperty('electronDist');
  });

  it('have icons and the .heron association on every platform', () => {
    const config = builderConfig(purpose);
    for (const icon of [config.linux?.icon, config.win?.icon, config.mac?.icon]) {
      expect(existsSync(String(icon))).toBe(true);
    }
    expect(config.fileAssociations).toMatchObject([{ ext: 'heron', mimeType: 'application/x-heron' }]);
  });
});
