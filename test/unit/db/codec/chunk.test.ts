import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Chunk } from '../../../../db/codec/chunk';
import { encodeChunk } from '../../../../db/codec/encode-chunk';
import { metrics } from '../../../../db/codec/sample-scale';
import { hourOfCells } from '../../../fixtures/history/sample-cells';

const hour = 497_484;
const startMs = hour * 3_600_000;

describe('A chunk', () => {
  it('gives every sample back as it was stored', () => {
    fc.assert(
      fc.property(hourOfCells, (rows) => {
        const chunk = Chunk.open(encodeChunk(hour, rows));
        expect([chunk.hour, chunk.count]).toEqual([hour, rows.length]);
        expect([...chunk.timesMs()]).toEqual(rows.map(([ms]) => startMs + (ms ?? 0)));
        expect([...chunk.answered()]).toEqual(rows.map(([, answered]) => answered));
        metrics.forEach((metric, index) => {
          const expected = rows.map((cells) => cells[2 + index] ?? Number.NaN);
          expect([...chunk.stored(metric)]).toEqual(expected);
          expect(rows.map((_, row) => chunk.storedAt(metric, row))).toEqual(expected);
          expect(chunk.storedAt(metric, rows.length)).toBeNaN();
        });
      }),
    );
  });

  it('is the same body for the same samples, whatever was encoded before', () => {
    fc.assert(
      fc.property(hourOfCells, hourOfCells, (rows, others) => {
        const first = encodeChunk(hour, rows);
        encodeChunk(hour + 1, others);
        expect(encodeChunk(hour, rows).equals(first)).toBe(true);
      }),
    );
  });

  it('of a format that is not known, cut short or with more behind it is refused, never misread', () => {
    const body = encodeChunk(hour, [
      [5, 1, 1, 2, 3, 4, 5, 6, 7, 8],
      [5005, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    ]);
    expect(() => Chunk.open(Buffer.concat([Buffer.of(9), body.subarray(1)]))).toThrow(/format version 9/);
    for (let length = 0; length < body.length; length++) {
      expect(() => Chunk.open(body.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => Chunk.open(Buffer.concat([body, Buffer.of(0)]))).toThrow(/more after/);
  });

  it('has the body that the format describes', () => {
    const body = encodeChunk(1, [
      [0, 1, 7, null, null, null, null, null, null, null],
      [5000, 0, ...metrics.map(() => null)],
    ]);
    // Version, hour, rows, ten sections: times plain, answered plain, latency with a bitmap, seven of nothing.
    expect(body.toString('hex')).toBe(
      ['01', '01', '02', '0a', '04030300000000000000', '00008827', '000100', '080107'].join(''),
    );
  });
});
