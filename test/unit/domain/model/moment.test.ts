import { describe, expect, it } from 'vitest';
import { zonedIso } from '../../../../domain/calendar/zone';
import { rangeSchema } from '../../../../domain/model/history';
import { lastMomentMs } from '../../../../domain/model/moment';

describe('the last moment that can be asked about', () => {
  it('can be written as a date in every zone', () => {
    expect(new Date(lastMomentMs).toISOString()).toBe('9999-12-31T23:59:59.999Z');
    for (const zone of ['UTC', 'Pacific/Kiritimati', 'Pacific/Niue'])
      expect(zonedIso(lastMomentMs, zone)).toMatch(/^(9999-12-31|\+?0?10000-01-01)T/);
  });

  it('ends what a range may claim', () => {
    expect(rangeSchema.safeParse({ fromMs: 0, toMs: lastMomentMs }).success).toBe(true);
    for (const toMs of [lastMomentMs + 1, 8.64e15, Number.MAX_SAFE_INTEGER])
      expect(rangeSchema.safeParse({ fromMs: 0, toMs }).success).toBe(false);
  });
});
