import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tag } from '../../../../../demo/agent/tags';
import {
  encodeCommunityMessage,
  encodeMessage,
  levelFlags,
  readMessage,
} from '../../../../../monitor/snmp/codec/message';
import { pduType } from '../../../../../monitor/snmp/codec/pdu';
import { questionOf } from '../../../../../monitor/snmp/codec/question';
import { unsecuredKeys } from '../../../../../monitor/snmp/codec/usm-keys';
import { readAnswer, type Answer, type RequestSecurity } from '../../../../../monitor/snmp/client/answer';
import { usmStatsOid } from '../../../../../monitor/snmp/codec/usm-stats';
import { ask, clock, engineId, id, keys, objects, read } from '../../../../fixtures/snmp/demo-engine';

const get = { type: pduType.get };

function responded(answer: Answer): Extract<Answer, { kind: 'response' }> {
  if (answer.kind !== 'response') throw new Error(`It is ${answer.kind}.`);
  return answer;
}

describe('requests and answers', () => {
  it('are understood by an agent with another codec, for every type there is', () => {
    const oids = [...Object.values(objects), '1.3.6.1.2.1.2.2.1.8.2'];
    const { question, answer } = ask(oids, get);
    const { pdu, boots, time } = responded(read(answer, question));
    expect({ boots, time }).toEqual(clock);
    expect(pdu).toMatchObject({ errorStatus: 0, errorIndex: 0 });
    expect(pdu.varbinds.map(({ oid }) => oid)).toEqual(oids);
    const values = pdu.varbinds.map(({ value }) => (Buffer.isBuffer(value) ? value.toString('hex') : value));
    const name = Buffer.from('fra-edge-1').toString('hex');
    expect(values).toEqual([4_294_967_295, name, -5, `00${'ff'.repeat(8)}`, 2_147_483_648, null]);
    expect(pdu.varbinds.at(-1)?.type).toBe(tag.noSuchInstance);
  });

  it('walk: rows that were not asked for come with their own names', () => {
    const from = ['1.3.6.1.2.1.1', '1.3.6.1.4.1'];
    const bulk = ask(from, { type: pduType.getBulk, third: 2 });
    const rows = responded(read(bulk.answer, bulk.question)).pdu.varbinds;
    expect(rows.map(({ oid }) => oid).slice(0, 3)).toEqual([objects.uptime, objects.gauge, objects.name]);
    const next = ask(from, { type: pduType.getNext });
    const followers = responded(read(next.answer, next.question)).pdu.varbinds;
    expect(followers.map(({ oid }) => oid)).toEqual([objects.uptime, objects.gauge]);
  });

  it('a question of any length is encoded as the agent reads it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 0, max: 2 ** 32 - 1 }),
        (count, part) => {
          const oids = Array.from({ length: count }, (_, at) => `1.3.6.1.4.1.${part}.${at}`);
          const { question, answer } = ask(oids, get);
          expect(responded(read(answer, question)).pdu.varbinds.map(({ oid }) => oid)).toEqual(oids);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('an agent that restarted answers with a signed report that has its clock', () => {
    const { question, answer } = ask(['1.3.6.1.2.1.1.3.0'], get, { ...clock, boots: clock.boots - 1 });
    const report = { kind: 'report', counter: usmStatsOid.notInTimeWindow, authentic: true, ...clock };
    expect(read(answer, question)).toMatchObject(report);
  });

  it('one changed byte anywhere makes an answer forged', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const { question, answer } = ask([objects.uptime, objects.name], get);
        const at = place % answer.length;
        answer[at] = (answer[at] ?? 0) ^ change;
        expect(read(answer, question).kind).toBe('forged');
      }),
      { numRuns: 2_000 },
    );
  });

  it('another engine’s answer, another user’s and another request’s are forged; another privacy key is unreadable', () => {
    const { question, answer } = ask([objects.uptime], get);
    const other = (changes: Parameters<typeof read>[2]) => read(Buffer.from(answer), question, changes).kind;
    expect(other({})).toBe('response');
    expect(other({ keys: { engineId: Buffer.from('80001f8804656467652d32', 'hex') } })).toBe('forged');
    expect(other({ keys: { user: Buffer.from('nob') } })).toBe('forged');
    expect(other({ keys: { authKey: Buffer.alloc(20) } })).toBe('forged');
    expect(other({ id: id + 1 })).toBe('forged');
    expect(other({ keys: { privKey: Buffer.alloc(16) } })).toBe('unreadable');
  });

  it('an answer in the clear to a signed request counts only as a report', () => {
    const { question, answer } = ask([objects.uptime], get);
    const message = readMessage(answer);
    if (typeof message === 'string' || message.version !== 3) throw new Error('Not SNMPv3.');
    const sent = { version: 3 as const, keys, flags: levelFlags.authPriv };
    const inTheClear = (type: number) => {
      const pdu = { type, requestId: 0, second: 0, third: 0, varbinds: Buffer.from('3000', 'hex') };
      const context = { contextEngineId: engineId, contextName: Buffer.alloc(0) };
      const plain = readMessage(encodeMessage({ id, flags: 0, ...clock, ...context, pdu }, keys));
      if (typeof plain === 'string') throw new Error(plain);
      return readAnswer(plain, id, question, sent);
    };
    expect(readAnswer(message, id, question, sent).kind).toBe('response');
    expect(inTheClear(pduType.response).kind).toBe('forged');
    expect(inTheClear(pduType.report)).toMatchObject({ kind: 'report', authentic: false });
  });
});

describe('SNMPv2c', () => {
  const question = questionOf([objects.uptime]);
  const readCommunity = (
    type: number,
    requestId: number,
    sent: RequestSecurity,
    varbinds = question.varbinds,
  ) => {
    const pdu = { type, requestId, second: 0, third: 0, varbinds };
    const message = readMessage(encodeCommunityMessage(Buffer.from('public'), pdu));
    if (typeof message === 'string') throw new Error(message);
    return readAnswer(message, 5, question, sent);
  };

  const v2c = { version: 2 as const, community: Buffer.from('public') };

  it('the response to the request is read, and nothing else', () => {
    const v3 = { version: 3 as const, keys: unsecuredKeys(Buffer.alloc(0), Buffer.alloc(0)), flags: 0 };
    expect(readCommunity(pduType.response, 5, v2c)).toMatchObject({
      kind: 'response',
      pdu: { requestId: 5, varbinds: [{ oid: objects.uptime, type: tag.null, value: null }] },
    });
    expect(readCommunity(pduType.response, 6, v2c).kind).toBe('forged');
    expect(readCommunity(pduType.get, 5, v2c).kind).toBe('forged');
    expect(readCommunity(pduType.response, 5, v3).kind).toBe('forged');
  });

  it('one malformed value does not spoil the others', () => {
    const emptyInteger = '30090605' + '2b06010201' + '0200';
    const shortAddress = '300c0605' + '2b06010202' + '4003010203';
    const ticks = '300a0605' + '2b06010203' + '430164';
    const varbinds = Buffer.from('3025' + emptyInteger + shortAddress + ticks, 'hex');
    expect(readCommunity(pduType.response, 5, v2c, varbinds)).toMatchObject({
      kind: 'response',
      pdu: { varbinds: [{ value: null }, { value: null }, { value: 100 }] },
    });
  });
});
