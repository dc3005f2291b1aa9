import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SnmpEngine } from '../../../../demo/agent/engine';
import { flag } from '../../../../demo/agent/message';
import { ObjectTable, parseOid } from '../../../../demo/agent/object-table';
import { tag } from '../../../../demo/agent/tags';
import { localizedKey, passwordKey } from '../../../../demo/agent/usm';
import { answered, engineId, keys, request, user, type Answered, type Asked } from './manager';

const nowMs = 1_000_000;
const stats = '1.3.6.1.6.3.15.1.1';
const clock = { boots: () => 5, time: () => 100 };

function agent(): {
  ask: (asked: Asked) => Answered | undefined;
  handle: (bytes: Buffer) => Buffer | undefined;
} {
  const engine = new SnmpEngine(engineId, user, clock);
  const table = new ObjectTable([
    { oid: parseOid('1.3.6.1.2.1.1.5.0'), type: tag.octetString, read: () => 'edge' },
    { oid: parseOid('1.3.6.1.2.1.1.3.0'), type: tag.timeTicks, read: (at) => at / 10 },
    ...Array.from({ length: 900 }, (_one, i) => ({
      oid: [...parseOid('1.3.6.1.4.1.9'), i + 1],
      type: tag.octetString,
      read: () => 'x'.repeat(100),
    })),
    ...engine.objects(65_507),
  ]);
  const handle = (bytes: Buffer): Buffer | undefined => engine.handle(bytes, table, nowMs);
  const ask = (asked: Asked): Answered | undefined => {
    const datagram = handle(request(asked));
    return datagram && answered(datagram);
  };
  return { ask, handle };
}

describe('an SNMPv3 engine', () => {
  it('answers GET authenticated and encrypted, of one moment', () => {
    const answer = agent().ask({ oids: ['1.3.6.1.2.1.1.5.0', '1.3.6.1.2.1.1.3.0', '1.3.6.1.2.1.1.9.0'] })!;
    expect(answer).toMatchObject({
      type: tag.response,
      id: 4711,
      requestId: 77,
      status: 0,
      boots: 5,
      time: 100,
    });
    expect(answer.flags).toBe(flag.auth | flag.priv);
    expect(answer.varbinds.map((varbind) => varbind.type)).toEqual([
      tag.octetString,
      tag.timeTicks,
      tag.noSuchObject,
    ]);
    expect(answer.varbinds[0]!.content.toString()).toBe('edge');
    expect(answer.varbinds[1]!.content.readUIntBE(0, 3)).toBe(nowMs / 10);
  });

  it('answers GETNEXT in order and says where the view ends', () => {
    const answer = agent().ask({ type: tag.getNextRequest, oids: ['1.3', '1.3.6.1.2.1.1.3.0', '1.4'] })!;
    expect(answer.varbinds.map((varbind) => varbind.oid)).toEqual([
      '1.3.6.1.2.1.1.3.0',
      '1.3.6.1.2.1.1.5.0',
      '1.4',
    ]);
    expect(answer.varbinds[2]!.type).toBe(tag.endOfMibView);
  });

  it('answers GETBULK with non-repeaters and repetitions as RFC 3416 has them', () => {
    const asked = {
      type: tag.getBulkRequest,
      oids: ['1.3.6.1.2.1.1.3', '1.3.6.1.4.1.9', '1.3.6.1.4.1.9.100'],
    };
    const answer = agent().ask({ ...asked, numbers: [1, 2] })!;
    const last = (oid: string): string => oid.split('.').slice(-2).join('.');
    expect(answer.varbinds.map((varbind) => last(varbind.oid))).toEqual([
      '3.0',
      '9.1',
      '9.101',
      '9.2',
      '9.102',
    ]);
  });

  it('never exceeds the maximum size of the request', () => {
    const engine = agent();
    const datagram = engine.handle(
      request({ type: tag.getBulkRequest, oids: ['1.3.6.1.4.1.9'], numbers: [0, 2000] }),
    )!;
    expect(datagram.length).toBeLessThanOrEqual(65_507);
    expect(answered(datagram).varbinds.length).toBeGreaterThan(400);
  });

  it('refuses SET', () => {
    expect(agent().ask({ type: tag.setRequest, oids: ['1.3.6.1.2.1.1.5.0'] })).toMatchObject({ status: 6 });
  });

  it('serves its own engine objects and counts its reports', () => {
    const engine = agent();
    engine.ask({ oids: ['1.3.6.1.2.1.1.5.0'], name: 'nobody' });
    engine.ask({ oids: ['1.3.6.1.2.1.1.5.0'], name: 'nobody' });
    const answer = engine.ask({
      oids: ['1.3.6.1.6.3.10.2.1.1.0', '1.3.6.1.6.3.10.2.1.2.0', `${stats}.3.0`],
    })!;
    expect(answer.varbinds[0]!.content.equals(engineId)).toBe(true);
    expect(answer.varbinds[1]!.content[0]).toBe(5);
    expect(answer.varbinds[2]!.content[0]).toBe(2);
  });
});

const oids = ['1.3.6.1.2.1.1.5.0'];
const wrongAuth = { ...keys, auth: localizedKey(passwordKey('wrong password'), engineId) };
const wrongPriv = { ...keys, priv: localizedKey(passwordKey('wrong password'), engineId) };

describe('reports of an SNMPv3 engine', () => {
  it.each<[string, Asked, number, number]>([
    ['an unsupported security level', { oids, flags: flag.auth }, 1, 0],
    ['a wrong time', { oids, time: 251 }, 2, flag.auth],
    ['a time before', { oids, boots: 4 }, 2, flag.auth],
    ['an unknown user', { oids, name: 'nobody' }, 3, 0],
    ['an unknown engine', { oids, engine: Buffer.from('80001f8804ff', 'hex') }, 4, 0],
    ['discovery', { oids: [], flags: 0, engine: Buffer.alloc(0), name: '' }, 4, 0],
    ['a wrong authentication password', { oids, requestKeys: wrongAuth }, 5, 0],
    ['a wrong privacy password', { oids, requestKeys: wrongPriv }, 6, 0],
  ])('%s', (_what, asked, stat, flags) => {
    const answer = agent().ask(asked)!;
    expect(answer).toMatchObject({ type: tag.report, flags, id: 4711, boots: 5, time: 100 });
    expect(answer.varbinds).toMatchObject([{ oid: `${stats}.${stat}.0`, type: tag.counter32 }]);
  });

  it('accepts a clock that differs by 150 seconds', () => {
    expect(agent().ask({ oids, time: 250 })).toMatchObject({ type: tag.response });
  });
});

describe('an SNMPv3 engine under rubbish', () => {
  it('never throws, and answers random bytes with silence', () => {
    const { handle } = agent();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(handle(Buffer.from(bytes))).toBeUndefined();
      }),
    );
  });

  it('never answers a changed message with data', () => {
    const { handle } = agent();
    const valid = request({ oids });
    fc.assert(
      fc.property(
        fc.nat(valid.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.nat(valid.length),
        (at, flip, cut) => {
          const changed = Buffer.from(valid);
          changed[at] = changed[at]! ^ flip;
          const whole = handle(changed);
          if (whole) expect(answered(whole).type).toBe(tag.report);
          expect(handle(valid.subarray(0, Math.min(cut, valid.length - 1)))).toBeUndefined();
        },
      ),
      { numRuns: 2000 },
    );
  });
});
