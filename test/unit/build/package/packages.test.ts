import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { builderConfig } from '../../../../build/package/electron-builder.config.mjs';
import { rootFolder } from '../../../../build/shared/paths.mjs';

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

  it('for users have exactly the pinned Electron, official or not at all', () => {
    const read = (name: string) => readFileSync(path.join(rootFolder, name), 'utf8');
    const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: { electron: string } };
    expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/);
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { version: string }>;
    };
    expect(packages['node_modules/electron']?.version).toBe(devDependencies.electron);
    expect(read('.github/workflows/release.yml')).toMatch(
      /npm run dist[^\n]*\n\s*env:(\n\s*#.*)*\n\s*HERON_ELECTRON: official/,
    );
  });

  it('are one archive, whose checksum is part of the program where the system checks it', () => {
    expect(builderConfig(purpose)).toMatchObject({
      asar: true,
      electronFuses: { enableEmbeddedAsarIntegrityValidation: true, onlyLoadAppFromAsar: true },
    });
    expect(builderConfig(purpose)).not.toHaveProperty('disableAsarIntegrity');
  });

  it('have icons and the .heron association on every platform', () => {
    const config = builderConfig(purpose);
    for (const icon of [config.linux?.icon, config.win?.icon, config.mac?.icon]) {
      expect(existsSync(String(icon))).toBe(true);
    }
    expect(config.fileAssociations).toMatchObject([{ ext: 'heron' }]);
    expect(config.linux?.mimeTypes).toEqual(['application/x-heron']);
  });
});
