import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPdu } from '../../../../../monitor/snmp/codec/pdu';
import { encodeQuestion } from '../../../../../monitor/snmp/codec/question';
import { malformedType } from '../../../../../monitor/snmp/codec/varbind';
import { integer, integerContent, oidContent, tlv } from '../../../../fixtures/snmp/scripted-agent/ber';

const oids = Array.from({ length: 8 }, (_, at) => `1.3.6.1.4.1.46262.${at + 1}.0`);
const question = encodeQuestion(oids);
const varbind = (oid: string, at: number): Buffer =>
  tlv(0x30, tlv(0x06, oidContent(oid)), tlv(0x02, integerContent(at)));
const response = (list: Buffer): Buffer => tlv(0xa2, integer(5), integer(0), integer(0), list);

it('an answer that ends early keeps every varbind before its end', () => {
  fc.assert(
    fc.property(fc.nat(), (place) => {
      const list = tlv(0x30, ...oids.map(varbind));
      const whole = oids.map((oid, at) => varbind(oid, at).length);
      const octetsOfAll = whole.reduce((sum, octets) => sum + octets, 0);
      const cut = 1 + (place % octetsOfAll);
      const pdu = readPdu(response(list.subarray(0, list.length - cut)), 100, question);
      const kept = octetsOfAll - cut;
      let complete = 0;
      for (let octets = 0; complete < whole.length; complete += 1) {
        octets += whole[complete] ?? 0;
        if (octets > kept) break;
      }
      expect(pdu?.varbinds.map(({ oid, value }) => [oid, value])).toEqual(
        oids.slice(0, complete).map((oid, at) => [oid, at]),
      );
    }),
  );
});

it('a varbind of any octets costs itself only', () => {
  fc.assert(
    fc.property(fc.nat(7), fc.uint8Array({ maxLength: 20 }), (place, octets) => {
      const varbinds = oids.map((oid, at) =>
        at === place ? tlv(0x30, Buffer.from(octets)) : varbind(oid, at),
      );
      const pdu = readPdu(response(tlv(0x30, ...varbinds)), 100, question);
      expect(pdu?.varbinds).toHaveLength(8);
      pdu?.varbinds.forEach(({ oid, value, type }, at) => {
        if (at !== place) expect([oid, value]).toEqual([oids[at], at]);
        else if (type === malformedType) expect([oid, value]).toEqual([oids[at], null]);
      });
    }),
  );
});

it('any octets after the head of a PDU are read without throwing', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
      const pdu = readPdu(response(Buffer.from(octets)), 100, question);
      expect(pdu === null || Array.isArray(pdu.varbinds)).toBe(true);
    }),
  );
});
