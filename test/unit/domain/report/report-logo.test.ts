import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logoType, mostLogoBytes } from '../../../../domain/report/report-logo';

const png = readFileSync('build/icons/png/64x64.png');

describe('the logo of a report', () => {
  it('is a PNG or JPEG by its first bytes, whatever its name', () => {
    expect(logoType(png)).toBe('image/png');
    expect(logoType(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0))).toBe('image/jpeg');
  });

  it.each(['', '<svg onload="alert(1)"/>', 'GIF89a', 'PNG'])('is not %j', (text) => {
    expect(logoType(new TextEncoder().encode(text))).toBeNull();
  });

  it('is not larger than its limit', () => {
    const large = new Uint8Array(mostLogoBytes + 1);
    large.set(png.subarray(0, 100));
    expect(logoType(large)).toBeNull();
    expect(logoType(large.subarray(0, mostLogoBytes))).toBe('image/png');
  });
});
