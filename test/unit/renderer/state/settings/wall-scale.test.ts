import { describe, expect, it } from 'vitest';
import { readableFromM, wallScale } from '../../../../../renderer/state/settings/wall-scale';

const fullHd = { width: 1920, height: 1080 };

describe('the scale of the wall', () => {
  it('is 1 on 55 inches at 1080p, where a healthy name can be read from three metres', () => {
    const screen = { ...fullHd, inches: 55 };
    expect(wallScale(screen)).toBeCloseTo(1, 2);
    expect(readableFromM(screen)).toBeGreaterThan(3);
    expect(readableFromM(screen)).toBeLessThan(3.5);
  });

  it('grows as the pixels get smaller: 43 inches, and 55 inches at 2160p', () => {
    expect(wallScale({ ...fullHd, inches: 43 })).toBeCloseTo(1.28, 2);
    expect(wallScale({ width: 3840, height: 2160, inches: 55 })).toBeCloseTo(2, 2);
    expect(wallScale({ ...fullHd, inches: 65 })).toBeCloseTo(0.846, 2);
  });

  it('is limited where nothing would have room, and says from how far that can be read', () => {
    const laptop = { ...fullHd, inches: 14 };
    expect(wallScale(laptop)).toBe(2);
    expect(readableFromM(laptop)).toBeLessThan(2);
  });

  it('takes a screen of unknown size for 55 inches, and text never for smaller than designed', () => {
    expect(wallScale({ ...fullHd, inches: null })).toBe(1);
    expect(wallScale({ width: 1280, height: 800, inches: null })).toBe(1);
    expect(wallScale({ width: 3840, height: 2160, inches: null })).toBeCloseTo(2, 2);
    expect(readableFromM({ ...fullHd, inches: null })).toBeNull();
  });
});
