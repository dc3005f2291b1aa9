import { describe, expect, it } from 'vitest';
import { fittingCount } from '../../../../../renderer/ui/controls/fitting-count';

describe('chips on one line', () => {
  it('all show where all fit', () => {
    expect(fittingCount([100, 206, 312], 312, 114)).toBe(3);
    expect(fittingCount([], 0, 114)).toBe(0);
  });

  it('leave room for the control that leads to the others', () => {
    expect(fittingCount([100, 206, 312], 311, 114)).toBe(1);
    expect(fittingCount([100, 206, 312, 418], 400, 114)).toBe(2);
    expect(fittingCount([100, 206], 50, 114)).toBe(0);
  });

  it('show no fewer in a wider room', () => {
    const ends = [90, 216, 282, 428, 514, 595, 731];
    let last = 0;
    for (let room = 0; room < 900; room += 1) {
      const count = fittingCount(ends, room, 114);
      expect(count).toBeGreaterThanOrEqual(last);
      last = count;
    }
    expect(last).toBe(ends.length);
  });
});
