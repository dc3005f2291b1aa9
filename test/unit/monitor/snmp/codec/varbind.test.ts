import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asnType,
  compareOids,
  decodeCounter,
  decodeHundredthsPercent,
  decodeInteger,
  decodeText,
  decodeTicksMs,
  decodeUp,
  isUnder,
  maxTextLength,
  type Decoded,
  type Varbind,
} from '../../../../../monitor/snmp/codec/varbind';
import { bytesOf } from '../../../../fixtures/walks/read-walk';

const oid = '1.3.6.1.2.1.1.3.0';
const anything = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.maxSafeInteger(),
  fc.string(),
  fc.constantFrom(null, undefined, true, {}, [], Number.NaN, -0),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
);
const varbind: fc.Arbitrary<Varbind> = fc.record({
  oid: fc.constant(oid),
  type: fc.oneof(fc.constantFrom(...Object.values(asnType)), fc.integer({ min: 0, max: 255 })),
  value: anything,
});

const decoders: Record<string, (row: Varbind) => Decoded<unknown>> = {
  integer: (row) => decodeInteger(row),
  percent: decodeHundredthsPercent,
  ticks: decodeTicksMs,
  text: (row) => decodeText(row),
  counter32: (row) => decodeCounter(row, 32),
  counter64: (row) => decodeCounter(row, 64),
  up: decodeUp,
};

describe('decoders of varbinds', () => {
  it.each(Object.entries(decoders))(
    '%s: whatever comes gives a value or a reason, never both, never NaN',
    (_, decode) => {
      fc.assert(
        fc.property(varbind, (row) => {
          const { value, reason } = decode(row);
          expect((value === null) === (reason === null)).toBe(false);
          if (typeof value === 'number') expect(Number.isFinite(value) && !Object.is(value, -0)).toBe(true);
          if (typeof value === 'bigint') expect(value >= 0n && value < 2n ** 64n).toBe(true);
          if (typeof value === 'string') expect(value.length).toBeLessThanOrEqual(maxTextLength);
          if (reason !== null) expect(reason.length).toBeLessThan(200);
        }),
        { numRuns: 2000 },
      );
    },
  );

  it('reads every Counter64 from its bytes, padded or not', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 2n ** 64n - 1n), fc.nat(4), (counter, padding) => {
        const value = Buffer.concat([Buffer.alloc(padding), bytesOf(counter)]);
        expect(decodeCounter({ oid, type: asnType.counter64, value }, 64).value).toBe(counter);
      }),
    );
  });

  it('refuses a Counter64 of nine significant bytes', () => {
    const value = Buffer.from('010000000000000000', 'hex');
    expect(decodeCounter({ oid, type: asnType.counter64, value }, 64).reason).toContain('1 to 8 bytes');
  });

  it('takes control characters out of text and cuts it', () => {
    const value = Buffer.from(`\u001b[31mcarp:\r\n MASTER\u0000${'x'.repeat(10_000)}`);
    const text = decodeText({ oid, type: asnType.octetString, value }).value;
    expect(text).toMatch(/^\[31mcarp:\n MASTER x/);
    expect(text).toHaveLength(maxTextLength - 1);
  });

  it('takes out what turns the direction of writing', () => {
    const value = Buffer.from('vmx\u202e1pu\u2066 up\u200f');
    expect(decodeText({ oid, type: asnType.octetString, value }).value).toBe('vmx 1pu  up');
  });

  it('reads hundredths of a percent and refuses more than 100 %', () => {
    expect(decodeHundredthsPercent({ oid, type: asnType.integer, value: 5000 }).value).toBe(50);
    expect(decodeHundredthsPercent({ oid, type: asnType.integer, value: 10_001 }).reason).toContain('10001');
    expect(decodeHundredthsPercent({ oid, type: asnType.integer, value: -1 }).value).toBeNull();
  });

  it('says that an object is not offered', () => {
    expect(decodeInteger({ oid, type: asnType.noSuchInstance, value: null }).reason).toContain('not offered');
  });

  it('knows up from down and from neither', () => {
    const status = (value: number) => decodeUp({ oid, type: asnType.integer, value }).value;
    expect([1, 2, 3, 4, 5, 6, 7].map(status)).toEqual([true, false, null, null, false, false, false]);
  });
});

describe('object identifiers', () => {
  it('are ordered by number, the shorter first', () => {
    const sorted = ['1.3.10', '1.3.2', '1.3', '1.3.2.1'].sort(compareOids);
    expect(sorted).toEqual(['1.3', '1.3.2', '1.3.2.1', '1.3.10']);
  });

  it('are under their base only at a whole number', () => {
    expect(isUnder('1.3.6.10', '1.3.6.1')).toBe(false);
    expect(isUnder('1.3.6.1.0', '1.3.6.1')).toBe(true);
    expect(isUnder('1.3.6.1', '1.3.6.1')).toBe(true);
  });
});
