import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPacketHead, reportPdu } from '../../../../../monitor/snmp/codec/packet-head';

const discovery = Buffer.from(
  '3038020103300e020101020300ffe30401040201030410300e0400020100020100040004000400' +
    '301104000400a00b0201010201000201003000',
  'hex',
);
/** What Debian's snmpd answered to it. */
const report = Buffer.from(
  '305a020103300e020101020300ffe304010002010304193017040880001f8804686572020101020201e9040004000400302a040880001f8804686572' +
    '0400a81c0201010201000201003011300f060a2b060106030f0101040041010c',
  'hex',
);

describe('readPacketHead', () => {
  it('reads a discovery request and its report', () => {
    expect(readPacketHead(discovery)).toEqual({
      version: 3,
      id: 1,
      authenticated: false,
      encrypted: false,
      pdu: 0xa0,
    });
    expect(readPacketHead(report)).toMatchObject({ version: 3, id: 1, pdu: reportPdu });
  });

  it('reads a v2c request by its request-id', () => {
    const get = Buffer.from(
      '302602010104067075626c6963a01902044a3b2c1d020100020100300b300906052b060102010500',
      'hex',
    );
    expect(readPacketHead(get)).toEqual({
      version: 1,
      id: 0x4a3b2c1d,
      authenticated: false,
      encrypted: false,
      pdu: 0xa0,
    });
  });

  it('takes no truncated packet', () => {
    for (let length = 0; length < report.length; length += 1) {
      expect(readPacketHead(report.subarray(0, length))).toBeNull();
    }
  });

  it('never throws, whatever the bytes', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(discovery, report),
        fc.array(fc.tuple(fc.nat(91), fc.nat(255)), { maxLength: 6 }),
      )
      .map(([packet, changes]) => {
        const copy = Buffer.from(packet);
        for (const [at, byte] of changes) copy[at % copy.length] = byte;
        return copy;
      });
    const noise = fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.oneof(mutated, noise), (packet) => {
        const head = readPacketHead(packet);
        if (head) expect(Number.isInteger(head.id)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });
});
