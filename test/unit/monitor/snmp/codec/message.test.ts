import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeCommunityMessage,
  encodeMessage,
  isAuthentic,
  levelFlags,
  readMessage,
} from '../../../../../monitor/snmp/codec/message';
import { pduType, readScopedPdu, reportOf } from '../../../../../monitor/snmp/codec/pdu';
import { decrypt } from '../../../../../monitor/snmp/codec/privacy';
import { authAlgorithms, privAlgorithms } from '../../../../../monitor/snmp/codec/protocols';
import { encodeQuestion } from '../../../../../monitor/snmp/codec/question';
import { usmKeys, type UsmUser } from '../../../../../monitor/snmp/codec/usm-keys';

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
const engineId = Buffer.from('80001f8804656467652d31', 'hex');
const auths = Object.keys(authAlgorithms) as (keyof typeof authAlgorithms)[];
const privs = Object.keys(privAlgorithms) as (keyof typeof privAlgorithms)[];
const users: UsmUser[] = [
  { name: 'public', level: 'noAuthNoPriv', auth: null, priv: null },
  ...auths.map((protocol): UsmUser => {
    return { name: protocol, level: 'authNoPriv', auth: { protocol, password: 'auth-words' }, priv: null };
  }),
  ...auths.flatMap((protocol) =>
    privs.map((cipher): UsmUser => {
      const auth = { protocol, password: 'auth-words' };
      return { name: 'both', level: 'authPriv', auth, priv: { protocol: cipher, password: 'priv-words' } };
    }),
  ),
];

function message(
  user: UsmUser,
  numbers: { id: number; boots: number; time: number },
  oids: string[],
): Buffer {
  const { varbinds } = encodeQuestion(oids);
  const pdu = { type: pduType.get, requestId: numbers.id, second: 0, third: 0, varbinds };
  const context = { contextEngineId: engineId, contextName: Buffer.from('ctx') };
  return encodeMessage(
    { ...numbers, flags: levelFlags[user.level], ...context, pdu },
    usmKeys(user, engineId),
  );
}

describe('readMessage', () => {
  it('reads a discovery request and its report', () => {
    expect(readMessage(discovery)).toMatchObject({ version: 3, id: 1, flags: 4, boots: 0, time: 0 });
    const read = readMessage(report);
    if (typeof read === 'string' || read.version !== 3) throw new Error('Not SNMPv3.');
    expect(read).toMatchObject({ id: 1, flags: 0, boots: 1, time: 489 });
    expect(read.engineId.toString('hex')).toBe('80001f8804686572');
    expect(readScopedPdu(read.payload, 10)?.pdu).toMatchObject({
      type: pduType.report,
      varbinds: [{ oid: '1.3.6.1.6.3.15.1.1.4.0', value: 12 }],
    });
  });

  it('reads a v2c request by its request ID', () => {
    const get = Buffer.from(
      '302602010104067075626c6963a01902044a3b2c1d020100020100300b300906052b060102010500',
      'hex',
    );
    expect(readMessage(get)).toMatchObject({ version: 2, id: 0x4a3b2c1d });
  });

  it('refuses SNMPv1 by its version, and every truncated packet', () => {
    expect(readMessage(Buffer.from('300a0201000403616263a400', 'hex'))).toBe('unsupported-version');
    for (let length = 0; length < report.length; length += 1) {
      expect(readMessage(report.subarray(0, length))).toBe('malformed');
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
        const read = readMessage(packet);
        if (typeof read !== 'string') expect(Number.isInteger(read.id)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('encodeMessage', () => {
  const int31 = fc.integer({ min: 0, max: 2 ** 31 - 1 });
  const oid = fc
    .array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 20 })
    .map((rest) => ['1.3', ...rest].join('.'));

  it.each(users)('$level $auth.protocol $priv.protocol: is read as it was meant, and signed', (user) => {
    const keys = usmKeys(user, engineId);
    fc.assert(
      fc.property(int31, int31, int31, fc.array(oid, { maxLength: 80 }), (id, boots, time, oids) => {
        const packet = message(user, { id, boots, time }, oids);
        const read = readMessage(packet);
        if (typeof read === 'string' || read.version !== 3) throw new Error('Not SNMPv3.');
        expect(read).toMatchObject({ id, boots, time, flags: levelFlags[user.level] });
        expect(isAuthentic(read, keys)).toBe(user.auth !== null);
        const scoped = readScopedPdu(
          user.priv ? (decrypt(read, keys) ?? Buffer.alloc(0)) : read.payload,
          100,
        );
        expect(scoped?.contextName.toString()).toBe('ctx');
        expect(scoped?.pdu).toMatchObject({ type: pduType.get, requestId: id });
        expect(scoped?.pdu.varbinds.map((varbind) => varbind.oid)).toEqual(oids);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps the digest in the packet when it is verified, so that a second user can be tried', () => {
    const [, user] = users;
    if (!user) throw new Error('No user.');
    const packet = message(user, { id: 1, boots: 2, time: 3 }, ['1.3.6']);
    const before = packet.toString('hex');
    const read = readMessage(packet);
    if (typeof read === 'string' || read.version !== 3) throw new Error('Not SNMPv3.');
    const other = usmKeys({ ...user, auth: { protocol: 'md5', password: 'another-one' } }, engineId);
    expect(isAuthentic(read, other)).toBe(false);
    expect(packet.toString('hex')).toBe(before);
    expect(isAuthentic(read, usmKeys(user, engineId))).toBe(true);
  });

  it('writes any request ID and counter as the shortest INTEGER', () => {
    for (const [requestId, content] of [
      [-1, '0201ff'],
      [127, '02017f'],
      [128, '02020080'],
      [-129, '0202ff7f'],
      [2 ** 31 - 1, '02047fffffff'],
      [-(2 ** 31), '020480000000'],
    ] as const) {
      const pdu = reportOf(requestId, '1.3.6', 2 ** 32 - 1);
      const packet = encodeCommunityMessage(Buffer.from('public'), pdu).toString('hex');
      expect(packet).toContain(content);
      expect(packet).toContain('410500ffffffff');
    }
  });
});
