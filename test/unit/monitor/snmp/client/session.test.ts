import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildMessage, flag, parseMessage } from '../../../../../demo/agent/message';
import { SnmpFailure } from '../../../../../monitor/snmp/client/failure';
import type { SnmpSecurity } from '../../../../../monitor/snmp/client/resolve-security';
import { SnmpSession } from '../../../../../monitor/snmp/client/session';
import { SharedSockets } from '../../../../../monitor/snmp/client/shared-sockets';
import { encodeCommunityMessage, readMessage } from '../../../../../monitor/snmp/codec/message';
import { pduType, readPdu } from '../../../../../monitor/snmp/codec/pdu';
import { agentKeys, engineId, engineWith, objects, table, user } from '../../../../fixtures/snmp/demo-engine';
import { startLoopbackAgent, type LoopbackAgent } from '../../../../fixtures/snmp/loopback-agent';

const otherEngine = Buffer.from('80001f8804656467652d32', 'hex');
const v3: SnmpSecurity = { kind: 'v3', user };
const oids = [objects.uptime, objects.name];

const moving = { boots: 7, time: 90_000 };
let engine = engineWith(moving);
let sockets: SharedSockets;
let agent: LoopbackAgent;
let session: SnmpSession;
const honest = (request: Buffer) => [engine.handle(request, table, 0)];
const within = (ms: number) => performance.now() + ms;

function sessionWith(security: SnmpSecurity): SnmpSession {
  return new SnmpSession(agent.peer, '10.0.0.1:161', security, sockets);
}

async function failureOf(request: Promise<unknown>): Promise<SnmpFailure> {
  const failure = await request.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof SnmpFailure)) throw new Error(`It ended with ${String(failure)}.`);
  return failure;
}

beforeEach(async () => {
  Object.assign(moving, { boots: 7, time: 90_000 });
  engine = engineWith(moving);
  sockets = new SharedSockets();
  agent = await startLoopbackAgent(honest);
  session = sessionWith(v3);
});
afterEach(() => {
  session.end();
  agent.close();
});

describe('an SNMPv3 session', () => {
  it('discovers the engine once, then needs one packet per request', async () => {
    expect(session.engine()).toBeNull();
    const varbinds = await session.get(oids, within(2000));
    expect(varbinds.map(({ oid }) => oid)).toEqual(oids);
    expect(agent.requests).toBe(2);
    await session.get(oids, within(2000));
    expect(agent.requests).toBe(3);
    expect(session.engine()).toMatchObject({ boots: 7, engineId });
    expect(session.engine()?.time).toBeGreaterThanOrEqual(90_000);
  });

  it('asks for followers by GETNEXT and GETBULK', async () => {
    const [follower] = await session.getNext(['1.3.6.1.2.1.1'], within(2000));
    expect(follower?.oid).toBe(objects.uptime);
    const [system, vendor] = await session.getBulk(['1.3.6.1.2.1.1', '1.3.6.1.4.1'], 2, within(2000));
    expect(system?.map(({ oid }) => oid)).toEqual([objects.uptime, objects.name]);
    expect(vendor?.[0]?.oid).toBe(objects.gauge);
  });

  it.each([
    ['after a restart', { boots: 8, time: 3 }],
    ['when its boots fell', { boots: 1, time: 3 }],
    ['when its clock jumped back', { boots: 7, time: 100 }],
    ['when its clock jumped ahead', { boots: 7, time: 95_000 }],
  ])('follows the agent’s clock within the same request %s', async (_, clock) => {
    await session.get(oids, within(2000));
    Object.assign(moving, clock);
    const before = agent.requests;
    await session.get(oids, within(2000));
    expect(agent.requests - before).toBe(2);
    expect(session.engine()).toMatchObject({ boots: clock.boots });
    await session.get(oids, within(2000));
    expect(agent.requests - before).toBe(3);
  });

  it('discovers again within the same request when the engine is another one', async () => {
    await session.get(oids, within(2000));
    engine = engineWith(moving, otherEngine);
    expect(await session.get(oids, within(2000))).toHaveLength(2);
    expect(session.engine()?.engineId).toEqual(otherEngine);
  });

  it('names the cause and the remedy when the engine’s boots are at their maximum', async () => {
    await session.get(oids, within(2000));
    Object.assign(moving, { boots: 2 ** 31 - 1, time: 90_000 });
    // Such an engine finds every request outside its window (RFC 3414 section 3.2 step 7a).
    agent.respond = (request) => {
      moving.time += 1_000;
      return honest(request);
    };
    const failure = await failureOf(session.get(oids, within(2000)));
    expect(failure.code).toBe('not-in-time-window');
    expect(failure.words).toMatch(/engineBoots has reached the maximum, 2147483647.*engine ID/);
  });

  it('believes no clock that is not signed', async () => {
    await session.get(oids, within(2000));
    agent.respond = (request) => {
      const { id, user: name } = parseMessage(request);
      const plainReport = Buffer.from('301104000400a80b0201000201000201003000', 'hex');
      const head = { id, flags: 0, engineId, boots: 99, time: 1, user: name };
      return [buildMessage({ ...head, scopedPdu: plainReport, keys: undefined })];
    };
    await failureOf(session.get(oids, within(2000)));
    expect(session.engine()).toMatchObject({ boots: 7 });
    agent.respond = honest;
    expect(await session.get(oids, within(2000))).toHaveLength(2);
  });

  it('waits on past forged and damaged packets for the true answer', async () => {
    await session.get(oids, within(2000));
    agent.respond = (request) => {
      const [answer] = honest(request);
      const damaged = Buffer.from(answer ?? '');
      damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
      return [Buffer.from('noise'), damaged, answer];
    };
    expect(await session.get(oids, within(2000))).toHaveLength(2);
  });

  it('says that answers are damaged when no true one comes', async () => {
    await session.get(oids, within(2000));
    agent.respond = (request) => {
      const [answer] = honest(request);
      const damaged = Buffer.from(answer ?? '');
      damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1;
      return [damaged];
    };
    const failure = await failureOf(session.get(oids, within(150)));
    expect(failure).toMatchObject({ code: 'bad-answer' });
    expect(failure.words).toContain('damaged or forged');
  });

  it('gives up on an agent whose engine changes with every request', async () => {
    let turn = 0;
    agent.respond = (request) => {
      turn += 1;
      const id = Buffer.concat([engineId, Buffer.of(turn)]);
      return [engineWith(moving, id).handle(request, table, 0)];
    };
    const failure = await failureOf(session.get(oids, within(2000)));
    expect(failure.words).toContain('keeps changing its engine id');
    expect(agent.requests).toBeLessThan(10);
  });

  it.each([
    ['wrong-user', { ...user, name: 'eve' }],
    ['wrong-password', { ...user, auth: { protocol: 'sha1', password: 'another-password' } }],
    ['wrong-privacy', { ...user, priv: { protocol: 'aes128', password: 'another-password' } }],
    ['unsupported', { ...user, level: 'authNoPriv', priv: null }],
  ] as const)('names what is wrong: %s', async (code, other) => {
    session = sessionWith({ kind: 'v3', user: other });
    let failure = await failureOf(session.get(oids, within(600)));
    // An agent that cannot decrypt a request is silent: that is believed when it happens again and again.
    for (let round = 0; round < 3 && failure.code === 'unanswered'; round += 1)
      failure = await failureOf(session.get(oids, within(600)));
    expect(failure).toMatchObject({ code });
  });

  it('repeats a request that was lost', async () => {
    await session.get(oids, within(2000));
    let requests = 0;
    agent.respond = (request) => {
      // The probe of a silent agent has no user.
      if (parseMessage(request).user.length > 0) requests += 1;
      return requests > 1 ? honest(request) : [];
    };
    expect(await session.get(oids, within(600))).toHaveLength(2);
    expect(requests).toBe(2);
  });

  it('settles at the deadline when nothing answers, and when it is ended', async () => {
    agent.respond = () => [];
    const startedAt = performance.now();
    expect(await failureOf(session.get(oids, within(200)))).toMatchObject({ code: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(600);
    const pending = failureOf(session.get(oids, within(60_000)));
    session.end();
    expect(await pending).toMatchObject({ code: 'failed' });
    expect(await failureOf(session.get(oids, within(60_000)))).toMatchObject({ code: 'failed' });
    expect(sockets.size).toBe(0);
  });

  it('refuses what does not answer the request', async () => {
    await session.get(oids, within(2000));
    agent.respond = (request) => {
      const { id, user: name } = parseMessage(request);
      const oneVarbind = Buffer.from('301d0400040004a20b0201000201000201003000', 'hex');
      const head = { id, flags: flag.auth | flag.priv, engineId, ...moving, user: name };
      return [buildMessage({ ...head, scopedPdu: oneVarbind, keys: agentKeys })];
    };
    expect(await failureOf(session.get(oids, within(300)))).toMatchObject({ code: 'bad-answer' });
  });
});

describe('an SNMPv2c session', () => {
  const community: SnmpSecurity = { kind: 'v2c', community: 'public' };

  function respondWith(change: { status?: number; index?: number; community?: string }) {
    return (request: Buffer) => {
      const message = readMessage(request);
      if (typeof message === 'string' || message.version !== 2) return [];
      if (message.community.toString() !== 'public') return [];
      const pdu = readPdu(message.pdu, 100);
      if (!pdu) return [];
      const { status = 0, index = 0 } = change;
      return [
        encodeCommunityMessage(message.community, {
          type: pduType.response,
          requestId: pdu.requestId,
          second: status,
          third: index,
          varbinds: pdu.rawVarbinds,
        }),
      ];
    };
  }

  it('needs no discovery, and has no engine', async () => {
    session = sessionWith(community);
    agent.respond = respondWith({});
    expect(await session.get(oids, within(2000))).toHaveLength(2);
    expect(agent.requests).toBe(1);
    expect(session.engine()).toBeNull();
  });

  it('names the object that an agent refuses', async () => {
    session = sessionWith(community);
    agent.respond = respondWith({ status: 5, index: 2 });
    const failure = await failureOf(session.get(oids, within(2000)));
    expect(failure).toMatchObject({ code: 'bad-answer', next: 'ask-less', refusedOid: objects.name });
  });

  it('says that the community is wrong when only discoveries are answered, again and again', async () => {
    session = sessionWith({ kind: 'v2c', community: 'wrong' });
    const first = await failureOf(session.get(oids, within(400)));
    expect(first).toMatchObject({ code: 'unanswered' });
    expect(first.words).toMatch(/is there but did not answer .*community is wrong/);
    const codes = [first.code];
    while (codes.length < 4) codes.push((await failureOf(session.get(oids, within(400)))).code);
    expect(codes).toContain('wrong-password');
  });
});
