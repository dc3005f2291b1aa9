import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { counterRate, type CounterStep } from '../../../../domain/model/counters';

const step = (changes: Partial<CounterStep>): CounterStep => ({
  before: 0n,
  after: 1000n,
  bits: 64,
  elapsedMs: 10_000,
  restarted: false,
  maxPerSecond: 50_000_000_000,
  ...changes,
});

describe('counterRate', () => {
  it('is the rise per second', () => {
    expect(counterRate(step({}))).toBe(100);
    expect(counterRate(step({ after: 0n }))).toBe(0);
  });

  it('goes on over a wrap, 32 and 64 bit', () => {
    expect(counterRate(step({ bits: 32, before: 2n ** 32n - 500n, after: 500n }))).toBe(100);
    expect(counterRate(step({ before: 2n ** 64n - 500n, after: 500n }))).toBe(100);
  });

  it.each<[string, Partial<CounterStep>]>([
    ['an unknown value before', { before: null }],
    ['an unknown value after', { after: null }],
    ['a restart', { restarted: true }],
    ['no time between', { elapsedMs: 0 }],
    ['time running backwards', { elapsedMs: -5 }],
    ['no number of time', { elapsedMs: Number.NaN }],
    ['a fall that no wrap explains', { before: 5_000_000n, after: 1n }],
    ['a value wider than the counter', { bits: 32, after: 2n ** 32n }],
    ['more than any interface carries', { after: 10n ** 15n, elapsedMs: 1000 }],
  ])('is unknown after %s', (_, changes) => {
    expect(counterRate(step(changes))).toBeNull();
  });

  it('is never negative, never above the limit, never NaN, whatever the numbers', () => {
    const counter = fc.option(fc.bigInt(-5n, 2n ** 64n + 5n), { nil: null });
    const time = fc.oneof(fc.double(), fc.integer({ min: -10, max: 100_000 }));
    fc.assert(
      fc.property(
        counter,
        counter,
        fc.constantFrom<32 | 64>(32, 64),
        time,
        fc.boolean(),
        (before, after, bits, elapsedMs, restarted) => {
          const rate = counterRate(step({ before, after, bits, elapsedMs, restarted }));
          if (rate !== null) expect(rate >= 0 && rate <= 50_000_000_000).toBe(true);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('finds the rate of steady traffic through any number of polls over wraps', () => {
    const speed = fc.integer({ min: 0, max: 300_000_000 });
    fc.assert(
      fc.property(
        speed,
        fc.constantFrom<32 | 64>(32, 64),
        fc.bigInt(0n, 2n ** 64n - 1n),
        (octetsPerSecond, bits, start) => {
          const modulus = 2n ** BigInt(bits);
          const at = (second: number): bigint => (start + BigInt(octetsPerSecond * second)) % modulus;
          for (let second = 10; second <= 100; second += 10) {
            expect(counterRate(step({ before: at(second - 10), after: at(second), bits }))).toBe(
              octetsPerSecond,
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
