import { afterEach, describe, expect, it } from 'vitest';
import { diagnose } from '../../../domain/doctor/diagnose';
import type { StepKey } from '../../../domain/doctor/report';
import { identifyInventory, type Inventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import { examineEdge } from '../../../monitor/doctor/examine-edge';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import { scriptedCommunity, scriptedUser } from '../../fixtures/snmp/scripted-agent/agent-message';
import { edgeAddresses, edgeObjects, startEdgeAgent } from '../../fixtures/snmp/scripted-agent/edge-agents';
import type { Misbehaviour } from '../../fixtures/snmp/scripted-agent/misbehaviour';
import { dropAbove, errorOn, errorOnBulk, hang } from '../../fixtures/snmp/scripted-agent/misbehaviours';
import { startScriptedAgent, type ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';

const secrets = environmentSecrets(
  {
    AUTH: scriptedUser.auth,
    PRIV: scriptedUser.priv,
    COMMUNITY: scriptedCommunity,
  },
  {},
  () => true,
);
const agents: ScriptedAgent[] = [];
afterEach(() => {
  for (const agent of agents.splice(0)) agent.close();
});

async function startAgent(number: number, engineId?: Buffer): Promise<ScriptedAgent> {
  const role = number === 1 ? 'master' : 'backup';
  const agent = await startEdgeAgent({ number, role, ...(engineId && { engineId }) });
  agents.push(agent);
  return agent;
}

function inventoryOf(ports: number[], credential: 'v3' | 'v2c' = 'v3'): Inventory {
  const edges = ports.map((port, at) => ({
    ...{ name: `edge-${at + 1}`, ...edgeAddresses(at + 1), subscription: `SUB-${at}` },
    snmp: { host: '127.0.0.1', port, credential },
  }));
  const file = {
    credentials: [
      {
        ...{ name: 'v3', version: '3', user: scriptedUser.name },
        auth: { protocol: 'sha1', passwordEnv: 'AUTH' },
        priv: { protocol: 'aes128', passwordEnv: 'PRIV' },
      },
      { name: 'v2c', version: '2c', communityEnv: 'COMMUNITY' },
    ],
    clusters: [
      {
        ...{
          name: 'C',
          clusterIp: '10.20.16.100',
          subnetMask: '255.255.255.0',
          defaultGateway: '10.20.16.1',
        },
        edges,
      },
    ],
  };
  return identifyInventory(inventoryFileSchema.parse(file), null);
}

async function examineFirst(inventory: Inventory) {
  const edge = inventory.clusters[0]?.edges[0];
  if (!edge) throw new Error('no edge');
  const report = diagnose(await examineEdge(edge, { inventory, isListed: true, secrets }));
  const stepOf = (key: StepKey) => report.steps.find((step) => step.key === key);
  return {
    report,
    status: (key: StepKey) => stepOf(key)?.status,
    words: (key: StepKey) =>
      stepOf(key)
        ?.findings.map(({ words }) => words)
        .join('\n') ?? '',
  };
}

async function examineWith(...misbehaviours: Misbehaviour[]) {
  const agent = await startAgent(1);
  for (const one of misbehaviours) agent.add(one);
  return examineFirst(inventoryOf([agent.port]));
}

/** Every answer comes later. */
const slow = (delayMs: number): Misbehaviour => ({
  packets: (packets) => packets.map((packet) => ({ ...packet, delayMs: packet.delayMs + delayMs })),
});

describe('the doctor on a scripted edge', { timeout: 60_000 }, () => {
  it('says how the interfaces are known, and that their counters move', async () => {
    const found = await examineWith();
    expect(found.words('interfaces')).toMatch(/"vmx1" is the proxy's: it has 10\.20\.16\.11/);
    expect(found.words('interfaces')).toMatch(/"vmx2" is the load balancer's: it has 10\.20\.16\.51/);
    expect(found.words('interfaces')).toMatch(/The counters of "vmx2" move: \d+ octets received/);
    expect(found.words('role')).toContain('reports MASTER');
  });

  it('finds the size above which answers get lost', async () => {
    const found = await examineWith(dropAbove(700));
    expect(found.status('answers')).toBe('warning');
    expect(found.words('answers')).toMatch(/with about \d+ get lost/);
    expect(found.status('credential')).toBe('ok');
  });

  it('finds that GETBULK is refused', async () => {
    const found = await examineWith(errorOnBulk('genErr'));
    expect(found.words('answers')).toContain('refuses GETBULK');
    expect(found.status('role')).toBe('ok');
  });

  it('finds the objects that hang or are refused, and reads the rest', async () => {
    const hanging = await examineWith(hang(edgeObjects.carpTable));
    expect(hanging.words('objects')).toContain('hangs at CARP states (OPENBSD-CARP-MIB)');
    expect(hanging.words('interfaces')).toContain("is the proxy's");
    const refusing = await examineWith(errorOn(edgeObjects.carpTable, 'genErr'));
    expect(refusing.words('objects')).toContain('answers an error for CARP states (OPENBSD-CARP-MIB)');
  });

  it('takes a slow agent for slow, not for a wrong password', async () => {
    const found = await examineWith(slow(550));
    expect(found.status('credential')).toBe('ok');
    expect(found.words('answers')).toMatch(/An answer takes [56]\d\d ms/);
    expect(found.status('answers')).toBe('warning');
  });

  it('finds a cloned engine ID', async () => {
    const engineId = Buffer.from('80001f8803020000000001', 'hex');
    const ports = [(await startAgent(1, engineId)).port, (await startAgent(2, engineId)).port];
    const found = await examineFirst(inventoryOf(ports));
    expect(found.words('engine')).toContain('made from the MAC address 02:00:00:00:00:01');
    expect(found.words('engine')).toContain('The same engine ID as edge-2');
  });

  it('finds an SNMPv2c agent without SNMPv3 reachable', async () => {
    const agent = await startAgent(1);
    agent.add({ packets: (packets, { oids }) => (oids.length === 0 ? [] : packets) });
    const found = await examineFirst(inventoryOf([agent.port], 'v2c'));
    expect(found.words('reach')).toContain('its agent has no SNMPv3');
    expect(found.status('credential')).toBe('ok');
  });

  it('keeps the text of an agent out of lines for its configuration', async () => {
    const agent = await startScriptedAgent({ walk: 'net-snmp-generic' });
    agents.push(agent);
    agent.objects.remove(edgeObjects.carpExtend);
    agent.objects.set('1.3.6.1.2.1.1.2.0', 'text', Buffer.from('x'));
    agent.objects.set('1.3.6.1.2.1.1.1.0', 'text', Buffer.from('FreeBSD\nrouser evil noauth'));
    for (const index of [1, 2, 3, 4])
      agent.objects.set(`1.3.6.1.2.1.31.1.1.1.1.${index}`, 'text', Buffer.from('x; rm -rf /\nrouser evil'));
    const { report } = await examineFirst(inventoryOf([agent.port]));
    const lines = report.remedies.flatMap(({ lines: all }) => all);
    expect(lines).toEqual(['extend -cacheTime 1 carp /sbin/ifconfig INTERFACE']);
  });
});
