import { describe, expect, it } from 'vitest';
import { rangeToSave } from '../../../../../renderer/views/timeline/use-save-range';

const shown = { fromMs: 1_000.4, toMs: 9_000.2 };

describe('the range of a saved incident file', () => {
  it('is what is shown, up to now, in whole milliseconds', () => {
    expect(rangeToSave(null, shown, 20_000)).toEqual({ fromMs: 1_000, toMs: 9_001 });
    expect(rangeToSave(null, shown, 8_000)).toEqual({ fromMs: 1_000, toMs: 8_000 });
  });

  it('is what was measured, in either direction, once both ends are set', () => {
    expect(rangeToSave({ fromMs: 5_000.5, toMs: 3_000.5 }, shown, 20_000)).toEqual({
      fromMs: 3_000,
      toMs: 5_001,
    });
    expect(rangeToSave({ fromMs: 5_000, toMs: 5_000 }, shown, 20_000)).toEqual({
      fromMs: 1_000,
      toMs: 9_001,
    });
  });

  it('is never empty, not even after now', () => {
    const { fromMs, toMs } = rangeToSave(null, { fromMs: 30_000, toMs: 40_000 }, 20_000);
    expect(toMs).toBeGreaterThan(fromMs);
    expect(toMs).toBeLessThanOrEqual(20_000);
  });
});
