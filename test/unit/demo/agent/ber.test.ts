import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BerError, BerReader, decodeOid } from '../../../../demo/agent/ber-reader';
import { BerWriter, encodeOid } from '../../../../demo/agent/ber-writer';
import { tag } from '../../../../demo/agent/tags';

function written(write: (writer: BerWriter) => void): Buffer {
  const writer = new BerWriter(400_000);
  write(writer);
  return writer.finish();
}

describe('BER', () => {
  it('writes integers as X.690 section 8.3 has them', () => {
    const cases: [number, string][] = [
      [0, '020100'],
      [127, '02017f'],
      [128, '02020080'],
      [256, '02020100'],
      [-1, '0201ff'],
      [-128, '020180'],
      [-129, '0202ff7f'],
      [2147483647, '02047fffffff'],
      [-2147483648, '020480000000'],
    ];
    for (const [value, hex] of cases)
      expect(written((writer) => writer.integer(value)).toString('hex')).toBe(hex);
  });

  it('keeps unsigned types positive', () => {
    expect(written((writer) => writer.integer(4294967295, tag.counter32)).toString('hex')).toBe(
      '410500ffffffff',
    );
    expect(written((writer) => writer.counter64(2n ** 64n - 1n)).toString('hex')).toBe(
      '460900ffffffffffffffff',
    );
    expect(written((writer) => writer.counter64(0n)).toString('hex')).toBe('460100');
    expect(written((writer) => writer.counter64(128n)).toString('hex')).toBe('46020080');
  });

  it('reads every integer back', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(new BerReader(written((writer) => writer.integer(value))).integer()).toBe(value);
      }),
    );
  });

  it('reads every object identifier back', () => {
    const number = fc.integer({ min: 0, max: 0xffff_ffff });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 0, max: 39 }),
        fc.array(number),
        (a, b, rest) => {
          expect(decodeOid(encodeOid([a, b, ...rest]))).toEqual([a, b, ...rest]);
        },
      ),
    );
    expect(encodeOid([1, 3, 6, 1, 4, 1, 30155]).toString('hex')).toBe('2b0601040181eb4b');
  });

  it('reads lengths of every size back', () => {
    for (const size of [0, 127, 128, 255, 256, 65_535, 65_536, 300_000]) {
      const bytes = written((writer) => writer.value(tag.octetString, Buffer.alloc(size, 7)));
      expect(new BerReader(bytes).content(tag.octetString)).toHaveLength(size);
    }
  });

  it('refuses whatever is not BER with its own error, and never reads beyond', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const reader = new BerReader(Buffer.from(bytes));
        try {
          while (!reader.ended) reader.skip();
        } catch (error) {
          expect(error).toBeInstanceOf(BerError);
        }
      }),
    );
    expect(() => new BerReader(Buffer.from('0405aa', 'hex')).content(tag.octetString)).toThrow(BerError);
    expect(() => decodeOid(Buffer.from('2b86', 'hex'))).toThrow(BerError);
  });
});
