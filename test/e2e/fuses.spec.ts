import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';

// The values in the binary: https://github.com/electron/electron/blob/main/docs/tutorial/fuses.md.
const states: Record<number, string> = { 0x30: 'off', 0x31: 'on' };

test('the packaged program has every fuse set that hardens it, the inspector excepted', async () => {
  const program = process.env['HERON_PACKAGED_APP'] ?? '';
  const wire = await getCurrentFuseWire(program);
  const options = Object.entries(FuseV1Options).filter(([, value]) => typeof value === 'number');
  const set = Object.fromEntries(
    options.map(([name, index]) => [name, states[Number(wire[index as FuseV1Options])] ?? 'absent']),
  );
  expect(set).toEqual({
    RunAsNode: 'off',
    EnableCookieEncryption: 'on',
    EnableNodeOptionsEnvironmentVariable: 'off',
    // The only difference to the packages for users (test/unit/build/package/packages.test.ts).
    EnableNodeCliInspectArguments: 'on',
    EnableEmbeddedAsarIntegrityValidation: 'on',
    OnlyLoadAppFromAsar: 'on',
    LoadBrowserProcessSpecificV8Snapshot: 'off',
    GrantFileProtocolExtraPrivileges: 'off',
  });
});
