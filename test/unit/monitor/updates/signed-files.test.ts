import { describe, expect, it } from 'vitest';
import { refuseOtherFiles } from '../../../../monitor/updates/signed-files';
import { manifestOf } from '../../../fixtures/updates';

const manifest = manifestOf('1.3.0');
const sha512 = Buffer.alloc(64, 7).toString('base64');
const offered = { version: '1.3.0', files: [{ url: 'heron-1.3.0.AppImage', sha512 }] };

describe('what a server offers to download', () => {
  it('is accepted when it is what is signed', () => {
    expect(() => refuseOtherFiles(manifest, offered)).not.toThrow();
    const absolute = { ...offered, files: [{ url: 'https://cdn.example/a/heron-1.3.0.AppImage', sha512 }] };
    expect(() => refuseOtherFiles(manifest, absolute)).not.toThrow();
  });

  it.each([
    [{ ...offered, version: '1.2.0' }, /1\.3\.0 is signed/],
    [
      {
        ...offered,
        files: [{ url: 'heron-1.3.0.AppImage', sha512: Buffer.alloc(64, 8).toString('base64') }],
      },
      /not the file that is signed/,
    ],
    [
      { ...offered, files: [...offered.files, { url: 'other.AppImage', sha512 }] },
      /other\.AppImage is not the file/,
    ],
    [{ ...offered, files: [{ url: '__proto__', sha512 }] }, /not the file that is signed/],
    [{ ...offered, files: [] }, /offers no file/],
  ])('is refused otherwise: %#', (other, words) => {
    expect(() => refuseOtherFiles(manifest, other)).toThrow(words);
  });
});
