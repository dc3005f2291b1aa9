import { describe, expect, it } from 'vitest';
import { lastedWords } from '../../../../domain/words/incidents';

const incident = (
  lengthMs: number | null,
  withoutActiveLbMs: { atLeast: number; atMost: number } | null,
) => ({
  startMs: 1_000,
  endMs: lengthMs === null ? null : 1_000 + lengthMs,
  withoutActiveLbMs,
});

describe('how long an incident lasted', () => {
  it('is as long as its states', () => {
    expect(lastedWords(incident(254_000, null), 0)).toBe('4 m 14 s');
    expect(lastedWords(incident(254_000, { atLeast: 900, atMost: 3100 }), 0)).toBe('4 m 14 s');
    expect(lastedWords(incident(null, null), 61_000)).toBe('1 m 0 s');
  });

  it('is never shorter than the time without an active LB in it', () => {
    expect(lastedWords(incident(0, { atLeast: 900, atMost: 3100 }), 0)).toBe('0.9 to 3.1 s');
    expect(lastedWords(incident(2_000, { atLeast: 900, atMost: 3100 }), 0)).toBe('2 to 3.1 s');
  });
});
