import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SnmpEngine } from '../../../../../demo/agent/engine';
import { ObjectTable, parseOid, type ObjectInstance } from '../../../../../demo/agent/object-table';
import { tag } from '../../../../../demo/agent/tags';
import { localizedKey, passwordKey } from '../../../../../demo/agent/usm';
import { readAnswer } from '../../../../../monitor/snmp/codec/direct-answer';
import type { DirectKeys } from '../../../../../monitor/snmp/codec/direct-keys';
import { buildRequest, pduType, questionOf } from '../../../../../monitor/snmp/codec/direct-request';
import { readPacketHead } from '../../../../../monitor/snmp/codec/packet-head';

// The demo's agent has a codec of its own: the two cannot agree on one mistake.
const engineId = Buffer.from('80001f8804656467652d31', 'hex');
const authKey = passwordKey('authentication-1');
const privKey = passwordKey('privacy-password');
const boots = 7;
const time = 90_000;
const engine = new SnmpEngine(
  engineId,
  { name: 'noc', authKey, privKey },
  { boots: () => boots, time: () => time },
);
const object = (
  oid: string,
  type: ObjectInstance['type'],
  value: number | bigint | string,
): ObjectInstance => ({
  oid: parseOid(oid),
  type,
  read: () => value,
});
const table = new ObjectTable([
  object('1.3.6.1.2.1.1.3.0', tag.timeTicks, 4_294_967_295),
  object('1.3.6.1.2.1.1.5.0', tag.octetString, 'fra-edge-1'),
  object('1.3.6.1.2.1.2.2.1.8.1', tag.integer, -5),
  object('1.3.6.1.2.1.31.1.1.1.6.1', tag.counter64, 18_446_744_073_709_551_615n),
  object('1.3.6.1.4.1.46262.9.2.1.5.4294967295', tag.gauge32, 2_147_483_648),
]);
const keys: DirectKeys = {
  engineId,
  user: Buffer.from('noc'),
  hash: 'sha1',
  digestLength: 12,
  authKey: localizedKey(authKey, engineId),
  cipher: 'aes-128-cfb',
  privKey: localizedKey(privKey, engineId).subarray(0, 16),
};
const id = 2 ** 30 + 99;

function ask(oids: string[], head: { type: number; second: number; third: number }, at = { boots, time }) {
  const question = questionOf(oids);
  const answer = engine.handle(buildRequest(question, { id, ...head, ...at }, keys), table, 0);
  if (!answer) throw new Error('no answer');
  return { question, answer };
}

const get = { type: pduType.get, second: 0, third: 0 };

describe('direct requests and answers', () => {
  it('are understood by an agent with another codec, for every type there is', () => {
    const oids = [
      '1.3.6.1.2.1.1.3.0',
      '1.3.6.1.2.1.1.5.0',
      '1.3.6.1.2.1.2.2.1.8.1',
      '1.3.6.1.2.1.2.2.1.8.2',
      '1.3.6.1.2.1.31.1.1.1.6.1',
      '1.3.6.1.4.1.46262.9.2.1.5.4294967295',
    ];
    const { question, answer } = ask(oids, get);
    const read = readAnswer(answer, id, question, keys);
    if (typeof read === 'string') throw new Error(read);
    expect(read).toMatchObject({ boots, time, errorStatus: 0 });
    expect(read.varbinds.map(({ oid }) => oid)).toEqual(oids);
    const values = read.varbinds.map(({ value }) => (Buffer.isBuffer(value) ? value.toString('hex') : value));
    const name = Buffer.from('fra-edge-1').toString('hex');
    expect(values).toEqual([4_294_967_295, name, -5, null, `00${'ff'.repeat(8)}`, 2_147_483_648]);
    expect(read.varbinds[3]?.type).toBe(tag.noSuchInstance);
  });

  it('walk: rows that were not asked for come with their own names', () => {
    const { question, answer } = ask(['1.3.6.1.2.1.1', '1.3.6.1.4.1'], {
      type: pduType.getBulk,
      second: 0,
      third: 2,
    });
    const read = readAnswer(answer, id, question, keys);
    if (typeof read === 'string') throw new Error(read);
    expect(read.varbinds.map(({ oid }) => oid).slice(0, 3)).toEqual([
      '1.3.6.1.2.1.1.3.0',
      '1.3.6.1.4.1.46262.9.2.1.5.4294967295',
      '1.3.6.1.2.1.1.5.0',
    ]);
  });

  it('a question of any length is encoded as the agent reads it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (count, part) => {
          const oids = Array.from({ length: count }, (_, at) => `1.3.6.1.4.1.${part}.${at}`);
          const { question, answer } = ask(oids, get);
          const read = readAnswer(answer, id, question, keys);
          if (typeof read === 'string') throw new Error(read);
          expect(read.varbinds.map(({ oid }) => oid)).toEqual(oids);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('an agent that restarted answers with a report, which is no answer', () => {
    const { answer } = ask(['1.3.6.1.2.1.1.3.0'], get, { boots: boots - 1, time });
    expect(readPacketHead(answer)).toMatchObject({ id, authenticated: true, encrypted: false });
  });

  it('one changed byte anywhere makes an answer forged', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const { question, answer } = ask(['1.3.6.1.2.1.1.3.0', '1.3.6.1.2.1.1.5.0'], get);
        const at = place % answer.length;
        answer[at] = (answer[at] ?? 0) ^ change;
        expect(readAnswer(answer, id, question, keys)).toBe('forged');
      }),
      { numRuns: 2_000 },
    );
  });

  it('another engine’s answer, another user’s and another request’s are forged; another privacy key is unreadable', () => {
    const other = (change: Partial<DirectKeys>, wanted = id) => {
      const { question, answer } = ask(['1.3.6.1.2.1.1.3.0'], get);
      return readAnswer(answer, wanted, question, { ...keys, ...change });
    };
    expect(other({ engineId: Buffer.from('80001f8804656467652d32', 'hex') })).toBe('forged');
    expect(other({ user: Buffer.from('nob') })).toBe('forged');
    expect(other({ authKey: Buffer.alloc(20) })).toBe('forged');
    expect(other({}, id + 1)).toBe('forged');
    expect(other({ privKey: Buffer.alloc(16) })).toBe('unreadable');
  });
});
