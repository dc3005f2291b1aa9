import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openChunkBody } from '../../../../db/codec/chunk';
import type { Chunk } from '../../../../db/codec/chunk-shape';
import { encodeChunk } from '../../../../db/codec/encode-chunk';
import { writePredicted } from '../../../../db/codec/predicted-column';
import type { SampleCells } from '../../../../db/codec/sample-columns';
import { metrics } from '../../../../db/codec/sample-scale';
import { BodyWriter } from '../../../../db/codec/section';
import { hourOfCells, steadyHourOfCells } from '../../../fixtures/history/sample-cells';
import { encodeChunkOfVersion1 } from '../../../fixtures/history/version-1/encode-chunk';

const hour = 497_484;
const startMs = hour * 3_600_000;
const encoders = [
  [1, encodeChunkOfVersion1],
  [2, encodeChunk],
] as const;

function expectSamples(chunk: () => Chunk, rows: readonly SampleCells[]): void {
  const whole = chunk();
  expect([whole.hour, whole.count]).toEqual([hour, rows.length]);
  expect([...whole.timesMs()]).toEqual(rows.map(([ms]) => startMs + (ms ?? 0)));
  expect([...whole.answered()]).toEqual(rows.map(([, answered]) => answered));
  metrics.forEach((metric, index) => {
    const expected = rows.map((cells) => cells[2 + index] ?? Number.NaN);
    expect([...chunk().stored(metric)]).toEqual(expected);
    const single = chunk();
    expect(rows.map((_, row) => single.storedAt(metric, row))).toEqual(expected);
    expect(single.storedAt(metric, rows.length)).toBeNaN();
    const last = rows.length - 1;
    expect(chunk().storedAt(metric, last)).toEqual(expected[last]);
  });
}

/** Everything that a reader may ask of a chunk. Answers how many numbers it got. */
function readAll(body: Uint8Array): number {
  const chunk = openChunkBody(body);
  const parts = [chunk.timesMs(), chunk.answered(), ...metrics.map((metric) => chunk.stored(metric))];
  for (const metric of metrics) chunk.storedAt(metric, chunk.count >> 1);
  return parts.reduce((sum, { length }) => sum + length, 0);
}

describe.each(encoders)('A chunk of version %d', (version, encode) => {
  it('gives every sample back as it was stored', () => {
    fc.assert(
      fc.property(fc.oneof(hourOfCells, steadyHourOfCells), (rows) => {
        const body = encode(hour, rows);
        expect(body[0]).toBe(version);
        expectSamples(() => openChunkBody(body), rows);
      }),
    );
  });

  it('is the same body for the same samples, whatever was encoded before', () => {
    fc.assert(
      fc.property(hourOfCells, hourOfCells, (rows, others) => {
        const first = encode(hour, rows);
        encode(hour + 1, others);
        expect(encode(hour, rows).equals(first)).toBe(true);
      }),
    );
  });

  it('cut short or with more behind it is refused, never misread', () => {
    const body = encode(hour, [
      [5, 1, 1, 2, 3, 4, 5, 6, 7, 8],
      [5005, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    ]);
    for (let length = 0; length < body.length; length++) {
      expect(() => openChunkBody(body.subarray(0, length))).toThrow(RangeError);
    }
    expect(() => openChunkBody(Buffer.concat([body, Buffer.of(0)]))).toThrow(/more after/);
  });

  it('as somebody else wrote it is refused or read, in little time and memory', () => {
    const change = fc.record({ at: fc.nat({ max: 2000 }), to: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(steadyHourOfCells, fc.array(change, { minLength: 1, maxLength: 6 }), (rows, changes) => {
        const body = encode(hour, rows);
        for (const { at, to } of changes) body[at % body.length] = to;
        let numbers = 0;
        try {
          numbers = readAll(body);
        } catch (error) {
          if (!(error instanceof RangeError) && (error as NodeJS.ErrnoException).code === undefined)
            throw error;
        }
        expect(numbers).toBeLessThanOrEqual(10 * 2 ** 20);
      }),
    );
  });
});

describe('A chunk', () => {
  it('of any bytes is refused or read', () => {
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 9), fc.uint8Array({ maxLength: 200 }), (version, bytes) => {
        try {
          readAll(Uint8Array.of(version, ...bytes));
        } catch (error) {
          if (!(error instanceof RangeError) && (error as NodeJS.ErrnoException).code === undefined)
            throw error;
        }
      }),
    );
  });

  it('of a format that is not known is refused', () => {
    const body = encodeChunk(hour, [[5, 1, 1, 2, 3, 4, 5, 6, 7, 8]]);
    expect(() => openChunkBody(Buffer.concat([Buffer.of(9), body.subarray(1)]))).toThrow(/format version 9/);
  });

  it('that says it has more rows than an hour can have is refused before memory is taken for them', () => {
    const huge = Buffer.from('02 01 ffffffff07 0a 00000000000000000000'.replaceAll(' ', ''), 'hex');
    expect(() => openChunkBody(huge)).toThrow(/2147483647 rows/);
    huge[0] = 1;
    expect(() => openChunkBody(huge)).toThrow(/2147483647 rows/);
  });

  it.each([
    ['not in order', [20, 10], 1],
    ['of another hour', [10, 3_600_000], 1],
    ['of a code that no value has', [10, 20], 22_529],
  ])('with times or values %s is refused', (_, times, code) => {
    const writer = new BodyWriter();
    writePredicted(writer.begin(), Int32Array.from(times), 2);
    writer.end();
    writer.skip();
    const latency = writer.begin();
    latency.byte(0);
    writePredicted(latency, Int32Array.of(code, code), 2);
    writer.end();
    const body = writer.finish(2, [hour, 2]);
    expect(() => readAll(body)).toThrow(/not in order|the code 22529/);
  });

  it('refers to no metric but the one that moves with it', () => {
    // Proxy out (section 7) as the difference from LB in (number 6), and not from proxy in (number 4).
    const body = Buffer.from(
      ['02', '01', '01', '0a', '02000000000000040000', '0802', '04060800'].join(''),
      'hex',
    );
    expect(() => openChunkBody(body).stored('proxyOutBitsPerSecond')).toThrow(/refers to 6/);
  });

  it('has the body that the format describes', () => {
    const body = encodeChunk(1, [
      [0, 1, 7, null, null, null, null, null, null, null],
      [5000, 0, ...metrics.map(() => null)],
    ]);
    // Version, hour, rows, ten sections. Times: constant with slope 5000 from 0. Answered: a run of one. Latency where answered: constant, 7.
    expect(body.toString('hex')).toBe(
      ['02', '01', '02', '0a', '04010300000000000000', '18882700', '01', '01080e'].join(''),
    );
  });
});
