import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteSink } from '../../../../db/codec/byte-sink';
import { ByteSource } from '../../../../db/codec/byte-source';
import { readPredicted, writePredicted } from '../../../../db/codec/predicted-column';

const largest = 2 ** 22 - 1;
const column = fc.array(
  fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: -3000, max: 3000 }),
    fc.integer({ min: -largest, max: largest }),
  ),
  { minLength: 1, maxLength: 300 },
);

function written(values: readonly number[], slope = 0): Buffer {
  const sink = new ByteSink();
  writePredicted(sink, Int32Array.from(values), values.length, slope);
  return sink.copy();
}

describe('A predicted column', () => {
  it('comes back as it was, whole and up to any row', () => {
    fc.assert(
      fc.property(column, fc.nat({ max: 299 }), (values, row) => {
        const source = new ByteSource(written(values));
        expect([...readPredicted(source, values.length)]).toEqual(values);
        expect(() => source.end()).not.toThrow();
        const wanted = Math.min(row + 1, values.length);
        const part = readPredicted(new ByteSource(written(values)), values.length, wanted);
        expect([...part]).toEqual(values.slice(0, wanted));
      }),
    );
  });

  it('comes back as it was with a slope', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 1, maxLength: 300 }),
        (noise) => {
          const values = noise.map((one, row) => 10_000 * row + one);
          expect([...readPredicted(new ByteSource(written(values, 10_000)), values.length)]).toEqual(values);
        },
      ),
    );
  });

  it('takes no room for what does not change, and little for noise and for one jump', () => {
    const rows = Array.from({ length: 360 }, (_, row) => row);
    expect(written(rows.map(() => 700))).toHaveLength(3);
    expect(written(rows, 1)).toHaveLength(3);
    // Noise of 16 steps has four bits.
    const noise = rows.map((row) => 9000 + ((row * 7919) % 16));
    expect((8 * written(noise).length) / 360).toBeLessThan(5.7);
    const jump = noise.map((value, row) => (row < 180 ? value : value + 8000));
    expect(written(jump).length - written(noise).length).toBeLessThan(12);
  });

  it('has no place for values of more than 22 bits', () => {
    expect(() => written([largest + 1])).toThrow(RangeError);
    expect(() => written([0, -largest - 1])).toThrow(RangeError);
    expect(() => written([0, largest], 1)).not.toThrow();
  });

  it('that ends too early or begins in a way that nothing writes is refused', () => {
    const values = Array.from({ length: 50 }, (_, row) => (row * row * 31) % 1009);
    const bytes = written(values);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => readPredicted(new ByteSource(bytes.subarray(0, length)), 50)).toThrow(RangeError);
    }
    expect(() => readPredicted(new ByteSource(Buffer.of(6, 0)), 1)).toThrow(/head 6/);
    expect(() => readPredicted(new ByteSource(Buffer.of(32, 0)), 1)).toThrow(/head 32/);
    expect(() => readPredicted(new ByteSource(Buffer.from('08ffffffff07', 'hex')), 1)).toThrow(
      /out of range/,
    );
  });
});
