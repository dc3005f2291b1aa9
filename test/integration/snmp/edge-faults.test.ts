import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Credential } from '../../../domain/inventory/inventory';
import type { Reading, SnmpReading } from '../../../domain/model/reading';
import { EdgeReader } from '../../../monitor/poll/edge-reader';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import { scriptedCommunity, scriptedUser } from '../../fixtures/snmp/scripted-agent/agent-message';
import {
  edgeAddresses,
  edgeObjects,
  shiftInterfaces,
  startEdgeAgent,
} from '../../fixtures/snmp/scripted-agent/edge-agents';
import {
  cutOff,
  delay,
  dropAbove,
  errorOn,
  errorOnBulk,
  hang,
  malformations,
  malformed,
  noVarbinds,
  once,
  outOfOrder,
  replyFrom,
  tooBigAbove,
  type Malformation,
} from '../../fixtures/snmp/scripted-agent/misbehaviours';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import { edgeAt } from '../../fixtures/sources/edges';

const credentials: Record<string, Credential> = {
  v2c: { name: 'v2c', version: '2c', communityEnv: 'COMMUNITY' },
  v3: {
    ...{ name: 'v3', version: '3', user: scriptedUser.name },
    auth: { protocol: 'sha1', passwordEnv: 'AUTH' },
    priv: { protocol: 'aes128', passwordEnv: 'PRIV' },
  },
};
const secrets = environmentSecrets(
  {
    AUTH: scriptedUser.auth,
    PRIV: scriptedUser.priv,
    COMMUNITY: scriptedCommunity,
  },
  {},
  () => true,
);

let agent: ScriptedAgent;
let reader: EdgeReader;

beforeEach(async () => {
  agent = await startEdgeAgent({ number: 1, role: 'master' });
  reader = new EdgeReader({ credentialOf: (name) => credentials[name], secrets });
});
afterEach(async () => {
  await reader.close();
  agent.close();
});

async function poll(kind: 'health' | 'role' = 'health', version = 'v3'): Promise<Reading['snmp']> {
  const edge = edgeAt('edge', agent.port, version, edgeAddresses(1));
  const reading = kind === 'health' ? reader.readHealth(edge, 2_000) : reader.readRole(edge, 800);
  return (await reading).snmp;
}

async function answer(kind: 'health' | 'role' = 'health', version = 'v3'): Promise<SnmpReading> {
  const snmp = await poll(kind, version);
  if (snmp.outcome !== 'answered') throw new Error(JSON.stringify(snmp));
  return snmp.value;
}

/** Polls until a reading fits; every poll on the way must be answered. */
async function until(
  what: string,
  fits: (reading: SnmpReading) => boolean,
  polls = 12,
): Promise<SnmpReading> {
  let last: SnmpReading | null = null;
  for (let done = 0; done < polls; done += 1) {
    last = await answer();
    if (fits(last)) return last;
  }
  throw new Error(`No reading with ${what}: ${JSON.stringify(last, bigints)}`);
}

const bigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
const isWhole = ({ unanswered }: SnmpReading): boolean => unanswered === undefined;
const partsOf = ({ unanswered = [] }: SnmpReading): string[] => unanswered.map(({ part }) => part);
const octetsOf = (reading: SnmpReading, index: number): bigint | null | undefined =>
  reading.interfaces.find((one) => one.index === index)?.inOctets;

function expectWhole(reading: SnmpReading): void {
  expect(reading).toMatchObject({
    caConnectivity: 3,
    cpuPercent: expect.any(Number),
    interfaceUse: { management: 1, proxy: 2, loadBalancer: 3 },
    roles: [{ role: 'master' }, { role: 'master' }],
  });
  expect(reading.interfaces.map(({ name }) => name)).toEqual(['vmx0', 'vmx1', 'vmx2']);
  for (const { operUp, inOctets } of reading.interfaces)
    expect([operUp, typeof inOctets]).toEqual([true, 'bigint']);
}

describe.each(['v3', 'v2c'])('large answers that get lost, %s', (version) => {
  it('after the first poll: every poll is answered, and soon in full', async () => {
    expectWhole(await answer('health', version));
    agent.add(dropAbove(500));
    for (let done = 0; done < 3; done += 1) {
      await answer('health', version);
      expect((await answer('role', version)).roles).toHaveLength(2);
    }
    const whole = await answer('health', version);
    expectWhole(whole);
    expect(isWhole(whole)).toBe(true);
    agent.requests.length = 0;
    const startedAt = performance.now();
    await answer('health', version);
    expect(performance.now() - startedAt).toBeLessThan(250);
  }, 30_000);

  it('from the start: the walk finds everything with smaller requests', async () => {
    agent.add(dropAbove(400));
    let reading = await answer('health', version);
    for (let done = 0; done < 12 && !isWhole(reading); done += 1) reading = await answer('health', version);
    expectWhole(reading);
  }, 60_000);
});

describe('an object that hangs', () => {
  it('of a sub-agent that reports the role: the rest is read, the role is unanswered, and comes back', async () => {
    agent.objects.remove(edgeObjects.carpExtend);
    expect((await answer()).roles).toHaveLength(1);
    const end = agent.add(hang(edgeObjects.carpTable));
    for (let done = 0; done < 4; done += 1) {
      expect(partsOf(await answer('role'))).toEqual(['roles']);
      const reading = await answer();
      expect(partsOf(reading)).toEqual(['roles']);
      expect(reading).toMatchObject({ caConnectivity: 3, roles: [] });
    }
    const startedAt = performance.now();
    await answer('role');
    await answer();
    expect(performance.now() - startedAt).toBeLessThan(250);
    end();
    await expect.poll(async () => (await answer('role')).roles.length, { timeout: 20_000 }).toBe(1);
    expect(isWhole(await answer())).toBe(true);
  }, 60_000);

  it('from the start: the rest is read', async () => {
    agent.objects.remove(edgeObjects.carpExtend);
    agent.add(hang(edgeObjects.carpTable));
    const reading = await until('the interfaces', ({ interfaces }) => interfaces.length > 0);
    expect(reading).toMatchObject({ caConnectivity: 3, interfaceUse: { proxy: 2 }, roles: [] });
    expect(partsOf(reading)).toContain('roles');
    expect(partsOf(await answer('role'))).toEqual(['roles']);
  }, 60_000);

  it('of the device: only that part is unanswered', async () => {
    await answer();
    agent.add(hang(edgeObjects.caConnectivity));
    const reading = await until(
      'all but one',
      (one) => one.cpuPercent !== null && one.interfaces.length === 3,
    );
    expect(reading).toMatchObject({ caConnectivity: null, roles: [{ role: 'master' }, { role: 'master' }] });
    expect(partsOf(reading)).toEqual(['device']);
  }, 30_000);
});

describe('errors in place of answers', () => {
  it.each(['tooBig', 'genErr', 'noAccess', 'resourceUnavailable'] as const)(
    'GETBULK: %s',
    async (error) => {
      agent.add(errorOnBulk(error));
      expectWhole(await until('everything', isWhole));
    },
    30_000,
  );

  it.each([200, 400])(
    'tooBig above %d octets',
    async (octets) => {
      agent.add(tooBigAbove(octets));
      expectWhole(await until('everything', isWhole));
      agent.requests.length = 0;
      await answer();
      expect(agent.requests.length).toBeLessThan(16);
    },
    30_000,
  );

  it.each(['genErr', 'noAccess', 'resourceUnavailable'] as const)(
    'GET of one object: %s',
    async (error) => {
      expectWhole(await answer());
      const end = agent.add(errorOn(edgeObjects.caConnectivity, error));
      const reading = await answer();
      expect(reading.cpuPercent).not.toBeNull();
      expect(reading).toMatchObject({ caConnectivity: null });
      expect(partsOf(reading)).toEqual(['device']);
      end();
      await expect.poll(async () => isWhole(await answer()), { timeout: 20_000 }).toBe(true);
    },
    30_000,
  );

  it('GETBULK and GETNEXT of one table: the others are read', async () => {
    agent.add(errorOn(edgeObjects.carpTable, 'genErr'));
    const reading = await until('the interfaces', ({ interfaces }) => interfaces.length > 0);
    expect(reading).toMatchObject({ caConnectivity: 3, roles: [{ witness: 'carp-extend' }] });
  }, 30_000);
});

describe('malformed values', () => {
  it.each(Object.keys(malformations) as Malformation[])(
    'one of the device, %s: the rest is read',
    async (kind) => {
      expectWhole(await answer());
      agent.add(malformed(edgeObjects.caConnectivity, kind));
      for (let done = 0; done < 3; done += 1) {
        const reading = await answer();
        expect(reading.caConnectivity).toBeNull();
        expect(reading.cpuPercent).not.toBeNull();
        expect(reading.interfaces.every(({ inOctets }) => inOctets !== null)).toBe(true);
        expect(reading.roles).toHaveLength(2);
        expect(reading.unreadable?.join()).toContain('46262.9.2.1.5');
      }
    },
    20_000,
  );

  it.each(Object.keys(malformations) as Malformation[])(
    'of the role, %s: the other witness is read',
    async (kind) => {
      await answer();
      agent.add(malformed(edgeObjects.carpState, kind));
      for (let done = 0; done < 2; done += 1) {
        const { roles } = await answer('role');
        expect(roles.filter(({ role }) => role === 'master').map(({ witness }) => witness)).toEqual([
          'carp-extend',
        ]);
      }
    },
    20_000,
  );

  it.each(Object.keys(malformations) as Malformation[])(
    'in the walk, %s: the other interfaces are found',
    async (kind) => {
      agent.add(malformed(`${edgeObjects.ifTable}.8.1`, kind));
      const reading = await until('interfaces', ({ interfaces }) => interfaces.length > 0);
      expect(reading.interfaces.map(({ name }) => name)).toEqual(expect.arrayContaining(['vmx1', 'vmx2']));
    },
    20_000,
  );

  it('a list that is cut off: what stands before is read, the rest asked for again', async () => {
    expectWhole(await answer());
    agent.add(once(cutOff(7), 1));
    expectWhole(await answer());
    agent.behave();
    agent.add(cutOff(3));
    const reading = await answer();
    expect(reading.cpuPercent).not.toBeNull();
  }, 20_000);

  it('answers without any value: the agent is there, everything is unanswered, and back at once', async () => {
    expectWhole(await answer());
    const end = agent.add(noVarbinds());
    expect(partsOf(await answer())).toEqual(['device', 'interfaces', 'watched', 'roles']);
    end();
    await until('everything', isWhole);
  }, 20_000);
});

describe('table rows', () => {
  it.each(['swapped', 'repeated', 'looping'] as const)(
    '%s: all are found, and it is said',
    async (kind) => {
      agent.add(outOfOrder(edgeObjects.ifTable, kind));
      agent.add(outOfOrder(edgeObjects.ifXTable, kind));
      const reading = await until('interfaces', ({ interfaces }) => interfaces.length > 0);
      expectWhole(reading);
      expect(reading.unreadable?.join()).toContain('out of order');
    },
    30_000,
  );
});

describe('interfaces that move', () => {
  it.each([1, 2, 3])(
    'one more interface at index %d: nobody’s counters under another name',
    async (at) => {
      const [before, after] = [await answer(), await (shiftInterfaces(agent.objects, at), answer())];
      const names = new Map(
        before.interfaces.map(({ index, name }) => [name, octetsOf(before, index) ?? 0n]),
      );
      for (const { name, inOctets } of after.interfaces) {
        if (inOctets === null) continue;
        expect(inOctets).toBeGreaterThanOrEqual(names.get(name) ?? 0n);
        expect(inOctets - (names.get(name) ?? 0n)).toBeLessThan(100_000n);
      }
      await expect.poll(async () => (await answer()).interfaceUse.loadBalancer).toBe(4);
      const moved = await answer();
      expect(moved.interfaces.find(({ index }) => index === moved.interfaceUse.proxy)?.name).toBe('vmx1');
    },
    20_000,
  );
});

describe('answers from another address', () => {
  it('count, and are named', async () => {
    agent.add(replyFrom({ address: '127.0.0.9', port: 0 }));
    const reading = await answer();
    expectWhole(reading);
    expect(reading.unreadable?.join()).toMatch(/answers come from 127\.0\.0\.9 port \d+, not from/);
  });
});

describe('a slow path', () => {
  it.each([
    ['v3', 700],
    ['v3', 2_500],
    ['v2c', 1_500],
  ])(
    '%s: an agent that needs %d ms is read in full',
    async (version, ms) => {
      agent.add(delay(ms));
      const results: string[] = [];
      let reading: SnmpReading | null = null;
      for (let done = 0; done < 30 && !(reading && isWhole(reading)); done += 1) {
        const snmp = await poll('health', version);
        results.push(snmp.outcome === 'unreachable' ? snmp.code : snmp.outcome);
        if (snmp.outcome === 'answered') reading = snmp.value;
      }
      expect(results.filter((result) => result !== 'answered').length).toBeLessThan(3);
      if (!reading) throw new Error(results.join());
      expectWhole(reading);
      expect((await answer('role', version)).roles).toHaveLength(2);
    },
    120_000,
  );
});
