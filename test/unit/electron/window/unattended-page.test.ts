import { describe, expect, it } from 'vitest';
import { isUnattended } from '../../../../electron/window/unattended-page';

describe('a page that nobody may be there to answer for', () => {
  it('is the wall only', () => {
    expect(isUnattended('heron://app/index.html#/wall')).toBe(true);
    expect(isUnattended('heron://app/index.html#/wall?t=5')).toBe(true);
    expect(isUnattended('heron://app/index.html#/wallpaper')).toBe(false);
    expect(isUnattended('heron://app/index.html#/cluster/%23%2Fwall')).toBe(false);
    expect(isUnattended('heron://app/index.html')).toBe(false);
    expect(isUnattended('')).toBe(false);
  });
});
