import { describe, expect, it } from 'vitest';
import { fittingCount } from '../../../../../renderer/ui/controls/fitting-count';

describe('chips on one line', () => {
  it('all show where all fit', () => {
    expect(fittingCount([100, 100, 100], 6, 312, 108)).toBe(3);
    expect(fittingCount([], 6, 0, 108)).toBe(0);
  });

  it('leave room for the control that leads to the others', () => {
    expect(fittingCount([100, 100, 100], 6, 311, 108)).toBe(1);
    expect(fittingCount([100, 100, 100, 100], 6, 400, 108)).toBe(2);
    expect(fittingCount([100, 100], 6, 50, 108)).toBe(0);
  });

  it('show no fewer in a wider room', () => {
    const widths = [90, 120, 60, 140, 80, 75, 130];
    let last = 0;
    for (let room = 0; room < 900; room += 1) {
      const count = fittingCount(widths, 6, room, 108);
      expect(count).toBeGreaterThanOrEqual(last);
      last = count;
    }
    expect(last).toBe(widths.length);
  });
});
