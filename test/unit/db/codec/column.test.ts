import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteSink } from '../../../../db/codec/byte-sink';
import { ByteSource } from '../../../../db/codec/byte-source';
import { readColumn, stepsOf, type Steps } from '../../../../db/codec/column';
import { bestSteps, writeColumn } from '../../../fixtures/history/version-1/column';

const column = fc.array(fc.oneof(fc.nat({ max: 300 }), fc.nat({ max: 2 ** 28 })), { maxLength: 200 });

function written(values: number[], steps: Steps): Buffer {
  const sink = new ByteSink();
  writeColumn(sink, Int32Array.from(values), values.length, steps);
  return sink.copy();
}

describe('A column', () => {
  it.each([0, 1, 2] as const)('comes back as it was, written as %d', (steps) => {
    fc.assert(
      fc.property(column, (values) => {
        const source = new ByteSource(written(values, steps));
        expect([...readColumn(source, values.length, steps)]).toEqual(values);
        expect(() => source.end()).not.toThrow();
      }),
    );
  });

  it('is written in the way that fits: noise as it is, a slow drift by differences, a clock by their differences', () => {
    const best = (values: number[]): Steps => bestSteps(Int32Array.from(values), values.length);
    expect(best([700, 3, 512, 90, 800, 1])).toBe(0);
    expect(best(Array.from({ length: 50 }, (_, index) => 20_000 + ((index * index) % 7)))).toBe(1);
    expect(best(Array.from({ length: 50 }, (_, index) => 417 + index * 5000))).toBe(2);
  });

  it('that ends too early, goes on too long or has unknown flags is refused', () => {
    const bytes = written([1, 300, 5], 0);
    expect(() => readColumn(new ByteSource(bytes.subarray(0, 3)), 3, 0)).toThrow(/end at 3/);
    const source = new ByteSource(bytes);
    readColumn(source, 2, 0);
    expect(() => source.end()).toThrow(/more after byte 3/);
    expect(() => new ByteSource(Buffer.from('ffffffffffff', 'hex')).varint()).toThrow(/no end/);
    expect(() => stepsOf(3)).toThrow(/flags 3/);
  });
});
