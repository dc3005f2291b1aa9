import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findAsset } from '../../../../electron/security/asset-path';

const folder = path.resolve('/opt/heron/out/renderer');

describe('which file a URL of the page stands for', () => {
  it('serves the page itself and what lies beside it, with the right type', () => {
    expect(findAsset(folder, 'heron-app://app/')).toEqual({
      file: path.join(folder, 'index.html'),
      mimeType: 'text/html; charset=utf-8',
    });
    expect(findAsset(folder, 'heron-app://app/assets/main-1a2b.js?x=1#y')).toEqual({
      file: path.join(folder, 'assets', 'main-1a2b.js'),
      mimeType: 'text/javascript; charset=utf-8',
    });
    expect(findAsset(folder, 'heron-app://app/fonts/inter.woff2')?.mimeType).toBe('font/woff2');
  });

  it.each([
    'heron-app://other/index.html',
    'https://app/index.html',
    'file:///etc/passwd',
    'heron-app://app/..%2f..%2fpackage.json',
    'heron-app://app/..%5c..%5cpackage.json',
    'heron-app://app/%00/index.html',
    'heron-app://app/%E0%A4%A',
    'heron-app://app/passwd',
    'heron-app://app/program.exe',
    'not a url',
  ])('has nothing for %s', (url) => {
    expect(findAsset(folder, url)).toBeNull();
  });

  it('takes a path that climbs as one that starts at the folder, as URLs do', () => {
    const inside = path.join(folder, 'etc', 'hosts.json');
    expect(findAsset(folder, 'heron-app://app/../../etc/hosts.json')?.file).toBe(inside);
    expect(findAsset(folder, 'heron-app://app/%2e%2e/%2E./etc/hosts.json')?.file).toBe(inside);
  });

  it('never names a file outside its folder, whatever is asked', () => {
    const piece = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '%5c',
      '/',
      '\\',
      'a',
      'index.html',
      '%00',
      '//',
      ':',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const asset = findAsset(folder, `heron-app://app/${pieces.join('')}.html`);
        return asset === null || asset.file.startsWith(folder + path.sep);
      }),
    );
  });
});
