import { describe, expect, it } from 'vitest';
import { placeAndTime } from '../../../../../renderer/shell/palette/place-and-time';

const nowMs = Date.UTC(2026, 10, 22, 22);
const read = (typed: string) => placeAndTime(typed, 'utc', nowMs);

describe('a place and a time', () => {
  it('are told apart, the longest time first', () => {
    expect(read('fra-01 21:25:40')).toEqual({
      place: 'fra-01',
      timesMs: [Date.UTC(2026, 10, 22, 21, 25, 40)],
    });
    expect(read('fra 01 yesterday 14:02')).toEqual({
      place: 'fra 01',
      timesMs: [Date.UTC(2026, 10, 21, 14, 2)],
    });
    expect(read('-5m')).toEqual({ place: '', timesMs: [nowMs - 300_000] });
    expect(read('2026-11-20 03:00')).toEqual({ place: '', timesMs: [Date.UTC(2026, 10, 20, 3)] });
  });

  it('are none without a time, or with one that is still to come', () => {
    expect(read('fra-01')).toBeNull();
    expect(read('')).toBeNull();
    expect(read('fra-01 2027-01-01 10:00')).toBeNull();
  });
});
