import { describe, expect, it } from 'vitest';
import { dataRange } from '../../../../renderer/time/data-range';

const nowMs = Date.UTC(2026, 10, 22, 12);
const minuteMs = 60_000;
const window = { nowMs, travelMs: null, windowMs: 30 * minuteMs };

describe('the range a timeline opens on', () => {
  it('is the window, up to shortly after now, where the history is longer', () => {
    const range = dataRange(window, nowMs - 86_400_000);
    expect(range.toMs - range.fromMs).toBe(30 * minuteMs);
    expect(range.toMs).toBeGreaterThan(nowMs);
    expect(range).toEqual(dataRange(window, null));
  });

  it('begins at the first reading of a shorter history and ends shortly after now', () => {
    const firstMs = nowMs - 4 * minuteMs;
    const { fromMs, toMs } = dataRange(window, firstMs);
    expect(fromMs).toBe(firstMs);
    expect(toMs).toBeGreaterThan(nowMs);
    expect((nowMs - fromMs) / (toMs - fromMs)).toBeGreaterThan(0.95);
  });

  it('has a minute for a history of seconds, or the window if that is shorter', () => {
    const firstMs = nowMs - 3_000;
    expect(dataRange(window, firstMs)).toEqual({ fromMs: firstMs, toMs: firstMs + minuteMs });
    const short = { ...window, windowMs: 10_000 };
    expect(dataRange(short, firstMs)).toEqual({ fromMs: firstMs, toMs: firstMs + 10_000 });
  });

  it('contains T of the past, and neither begins before the history nor ends long after it', () => {
    const firstMs = nowMs - 4 * minuteMs;
    for (const travelMs of [firstMs, firstMs + minuteMs, nowMs - 1]) {
      const { fromMs, toMs } = dataRange({ ...window, travelMs }, firstMs);
      expect(fromMs).toBe(firstMs);
      expect(toMs).toBeGreaterThan(travelMs);
      expect(toMs).toBeLessThanOrEqual(nowMs + minuteMs);
    }
  });

  it('is the window around a T before the history', () => {
    const travelMs = nowMs - 60 * minuteMs;
    expect(dataRange({ ...window, travelMs }, nowMs - minuteMs)).toEqual(
      dataRange({ ...window, travelMs }, null),
    );
  });
});
