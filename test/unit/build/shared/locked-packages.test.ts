import { describe, expect, it } from 'vitest';
import { sameInstallation } from '../../../../build/shared/locked-packages.mjs';

const wanted = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
  'node_modules/b-darwin': { version: '1.0.0', integrity: 'sha512-b', optional: true },
};
const installed = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } };

describe('what is installed, compared with package-lock.json', () => {
  it('is the same without the packages of other platforms', () => {
    expect(sameInstallation(wanted, installed)).toBe(true);
  });

  it.each([
    ['a package is missing', {}],
    ['another version', { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }],
    ['another content', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-x' } }],
    ['one too many', { ...installed, 'node_modules/c': { version: '1.0.0' } }],
  ])('differs: %s', (_what, found) => {
    expect(sameInstallation(wanted, found)).toBe(false);
  });
});
