import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SnmpFailure } from '../../../monitor/snmp/client/failure';
import type { SnmpSecurity } from '../../../monitor/snmp/client/resolve-security';
import { SnmpSession } from '../../../monitor/snmp/client/session';
import { SharedSockets } from '../../../monitor/snmp/client/shared-sockets';
import { scriptedCommunity, scriptedUser } from '../../fixtures/snmp/scripted-agent/agent-message';
import {
  delay,
  dropNext,
  duplicate,
  loss,
  onlyDiscovery,
  otherContext,
  otherEngine,
  otherRequestId,
  replyFrom,
  repeatPrevious,
  reportInstead,
  once,
} from '../../fixtures/snmp/scripted-agent/misbehaviours';
import { startScriptedAgent, type ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';

const oids = ['1.3.6.1.2.1.1.3.0', '1.3.6.1.2.1.1.5.0'];
const within = (ms: number): number => performance.now() + ms;
const securities: Record<'v3' | 'v2c', SnmpSecurity> = {
  v2c: { kind: 'v2c', community: scriptedCommunity },
  v3: {
    kind: 'v3',
    user: {
      name: scriptedUser.name,
      level: 'authPriv',
      auth: { protocol: 'sha1', password: scriptedUser.auth },
      priv: { protocol: 'aes128', password: scriptedUser.priv },
    },
  },
};

let agent: ScriptedAgent;
let session: SnmpSession;

beforeEach(async () => {
  agent = await startScriptedAgent();
});
afterEach(() => {
  session.end();
  agent.close();
});

function open(version: 'v3' | 'v2c'): SnmpSession {
  const peer = { address: '127.0.0.1', port: agent.port };
  return (session = new SnmpSession(peer, '10.0.0.1:161', securities[version], new SharedSockets()));
}

/** The names of the answer's objects, or the code of the failure. */
async function ask(deadlineMs: number): Promise<string> {
  try {
    const varbinds = await session.get(oids, within(deadlineMs));
    return varbinds.map(({ oid }) => oid).join() === oids.join() ? 'answered' : 'wrong objects';
  } catch (error) {
    if (error instanceof SnmpFailure) return error.code;
    throw error;
  }
}

describe.each(['v3', 'v2c'] as const)('over a path that is not good, %s', (version) => {
  it.each([300, 700, 1_500])(
    'an agent that needs %d ms is read soon, and asked once per answer then',
    async (ms) => {
      open(version);
      agent.add(delay(ms));
      const results: string[] = [];
      while (!results.includes('answered') && results.length < 6) results.push(await ask(800));
      expect(results.at(-1)).toBe('answered');
      expect(results).not.toContain('wrong-password');
      expect(results).not.toContain('wrong-privacy');
      await ask(800);
      const before = agent.requests.length;
      for (let poll = 0; poll < 2; poll += 1) expect(await ask(800)).toBe('answered');
      expect(agent.requests.length - before).toBe(2);
    },
  );

  it('lost packets accuse nobody of a wrong password', async () => {
    open(version);
    agent.add(loss(0.3, 5));
    const results = new Set<string>();
    for (let poll = 0; poll < 8; poll += 1) results.add(await ask(400));
    expect(results).toContain('answered');
    for (const accusation of ['wrong-password', 'wrong-privacy', 'wrong-user'])
      expect(results).not.toContain(accusation);
  });

  it('an agent that answers no request but every discovery is named after a few polls', async () => {
    open(version);
    agent.add(onlyDiscovery());
    const results: string[] = [];
    for (let poll = 0; poll < 4; poll += 1) results.push(await ask(500));
    expect(results[0]).toBe('unanswered');
    expect(results.at(-1)).toBe(version === 'v3' ? 'wrong-privacy' : 'wrong-password');
  });

  it('but not when it has answered before', async () => {
    open(version);
    expect(await ask(800)).toBe('answered');
    agent.add(onlyDiscovery());
    for (let poll = 0; poll < 4; poll += 1) expect(await ask(500)).toBe('unanswered');
  });

  it.each([
    ['another address', { address: '127.0.0.2', port: 0 }],
    ['another port', { address: '127.0.0.1', port: 0 }],
  ])('answers from %s count, and it is known where from', async (_, from) => {
    open(version);
    agent.add(replyFrom(from));
    expect(await ask(1000)).toBe('answered');
    expect(session.answersFrom).toMatchObject({ address: from.address });
    expect(session.answersFrom?.port).not.toBe(agent.port);
    agent.behave();
    expect(await ask(1000)).toBe('answered');
    expect(session.answersFrom).toBeNull();
  });

  it('duplicates and answers to earlier requests change nothing', async () => {
    open(version);
    agent.add(duplicate());
    agent.add(repeatPrevious());
    for (let poll = 0; poll < 5; poll += 1) expect(await ask(800)).toBe('answered');
  });

  it('a slow object does not make the agent slow', async () => {
    open(version);
    for (let poll = 0; poll < 5; poll += 1) await ask(800);
    const quick = session.roundTrip.timeoutMs ?? Infinity;
    const end = agent.add(delay(900));
    const slow = ask(200);
    await new Promise((resolve) => setTimeout(resolve, 50));
    end();
    expect(await ask(800)).toBe('answered');
    expect(await slow).toBe('unanswered');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(session.roundTrip.timeoutMs).toBeLessThan(quick * 2);
  });

  it('an answer with another request-id is no answer, and its agent is not silent', async () => {
    open(version);
    expect(await ask(800)).toBe('answered');
    agent.add(otherRequestId());
    expect(await ask(500)).toMatch(/unanswered|bad-answer/);
    agent.behave();
    expect(await ask(800)).toBe('answered');
  });
});

describe('an SNMPv3 session', () => {
  it.each([
    ['of another context', otherContext()],
    ['of another engine', otherEngine(Buffer.from('80001f88046f74686572', 'hex'))],
    ['lost', dropNext(1)],
  ])('waits for the true answer when the first one is %s', async (_, what) => {
    open('v3');
    expect(await ask(1000)).toBe('answered');
    agent.add(what.answer ? once(what) : what);
    expect(await ask(1500)).toBe('answered');
  });

  it.each([
    ['notInTimeWindow', 'answered'],
    ['unknownEngine', 'answered'],
    ['unknownUser', 'wrong-user'],
    ['wrongDigest', 'wrong-password'],
  ] as const)('a report in place of one answer: %s', async (report, first) => {
    open('v3');
    expect(await ask(1000)).toBe('answered');
    agent.add(once(reportInstead(report)));
    expect(await ask(1000)).toBe(first);
    expect(await ask(1000)).toBe('answered');
  });
});
