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
  previousPerSecond: null,
  ...changes,
});

describe('counterRate', () => {
  it('is the rise per second', () => {
    expect(counterRate(step({}))).toBe(100);
    expect(counterRate(step({ after: 0n }))).toBe(0);
  });

  it('goes on over a wrap that continues the rate before, 32 and 64 bit', () => {
    const wrap = { after: 500n, previousPerSecond: 90 };
    expect(counterRate(step({ ...wrap, bits: 32, before: 2n ** 32n - 500n }))).toBe(100);
    expect(counterRate(step({ ...wrap, before: 2n ** 64n - 500n }))).toBe(100);
  });

  it('is the speed where it exceeds that by no more than polls and counters are apart', () => {
    expect(counterRate(step({ maxPerSecond: 95 }))).toBe(95);
    expect(counterRate(step({ maxPerSecond: 80 }))).toBeNull();
  });

  it.each<[string, Partial<CounterStep>]>([
    ['an unknown value before', { before: null }],
    ['an unknown value after', { after: null }],
    ['a restart', { restarted: true }],
    ['no time between', { elapsedMs: 0 }],
    ['time running backwards', { elapsedMs: -5 }],
    ['no number of time', { elapsedMs: Number.NaN }],
    ['a fall that no wrap explains', { before: 5_000_000n, after: 1n, previousPerSecond: 100 }],
    ['a fall while no rate is known', { bits: 32, before: 2n ** 32n - 500n, after: 500n }],
    [
      'a reset that a wrap at twenty times the rate before would explain',
      { bits: 32, before: 3_000_000_000n, after: 1_000n, elapsedMs: 5_000, previousPerSecond: 12_500_000 },
    ],
    [
      'a step back by a little',
      { bits: 32, before: 3_000_000_000n, after: 2_999_999_000n, previousPerSecond: 500 },
    ],
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
        fc.option(fc.double({ min: 0, noNaN: true }), { nil: null }),
        (before, after, bits, elapsedMs, restarted, previousPerSecond) => {
          const rate = counterRate(step({ before, after, bits, elapsedMs, restarted, previousPerSecond }));
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
            const [before, after] = [at(second - 10), at(second)];
            const known = { bits, previousPerSecond: octetsPerSecond };
            expect(counterRate(step({ before, after, ...known }))).toBe(octetsPerSecond);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
