import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  edgeObjects,
  setRole,
  shiftInterfaces,
  startEdgeAgent,
} from '../../fixtures/snmp/scripted-agent/edge-agents';
import {
  delay,
  dropAbove,
  errorOnBulk,
  hang,
  loss,
  malformed,
  outOfOrder,
  replyFrom,
} from '../../fixtures/snmp/scripted-agent/misbehaviours';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import { ScriptedWatch, type ScriptedEdge } from './scripted-watch';

/** What is wrong with each edge's agent from the start, and whether it is asked by SNMPv2c. */
const faults: Record<string, { version?: '2c'; from?: (agent: ScriptedAgent) => void }> = {
  good: {},
  large: {},
  hangs: { from: ({ objects }) => objects.remove(edgeObjects.carpExtend) },
  'hangs-early': {
    from: (agent) => {
      agent.objects.remove(edgeObjects.carpExtend);
      agent.add(hang(edgeObjects.carpTable));
    },
  },
  'slow-700': { from: (agent) => agent.add(delay(700)) },
  'slow-2500': { version: '2c', from: (agent) => agent.add(delay(2_500)) },
  lossy: { from: (agent) => agent.add(loss(0.15, 3)) },
  'lossy-v2c': { version: '2c', from: (agent) => agent.add(loss(0.15, 4)) },
  bulk: { from: (agent) => agent.add(errorOnBulk('genErr')) },
  malformed: { from: (agent) => agent.add(malformed(edgeObjects.caConnectivity, 'empty')) },
  disorder: { from: (agent) => agent.add(outOfOrder(edgeObjects.ifTable)) },
  elsewhere: { from: (agent) => agent.add(replyFrom({ address: '127.0.0.9', port: 0 })) },
  'elsewhere-v2c': {
    version: '2c',
    from: (agent) => agent.add(replyFrom({ address: '127.0.0.9', port: 0 })),
  },
  moving: {},
};
const names = Object.keys(faults);

describe('heron watch of a cluster whose agents answer badly', () => {
  const agents = new Map<string, ScriptedAgent>();
  let watch: ScriptedWatch;

  beforeAll(async () => {
    const edges: ScriptedEdge[] = [];
    for (const [at, [name, { version = '3', from }]] of Object.entries(faults).entries()) {
      const agent = await startEdgeAgent({ number: at + 1, role: name === 'good' ? 'master' : 'backup' });
      from?.(agent);
      agents.set(name, agent);
      edges.push({ name, number: at + 1, agent, version });
    }
    watch = new ScriptedWatch(edges);
  });
  afterAll(async () => {
    await watch.end();
    for (const agent of agents.values()) agent.close();
  });

  const agentOf = (name: string): ScriptedAgent => {
    const agent = agents.get(name);
    if (!agent) throw new Error(name);
    return agent;
  };
  const isMove = ({ type, to }: { type: string; to?: unknown }): boolean =>
    (type === 'failover' || type === 'failback') && to === 'large';

  it.each(names.filter((name) => !name.startsWith('hangs')))(
    '%s is read, and its LB has a role',
    async (name) => {
      const reads = (line: { type: string }): boolean =>
        line.type === 'lb-role' &&
        'edge' in line &&
        line.edge === name &&
        'to' in line &&
        line.to !== 'unknown';
      await watch.heron.line(`the role of ${name}`, reads, 90_000);
    },
    100_000,
  );

  it('faults that begin while it runs take nothing that is still answered', async () => {
    agentOf('large').add(dropAbove(500));
    agentOf('hangs').add(hang(edgeObjects.carpTable));
    shiftInterfaces(agentOf('moving').objects, 2);
    setRole(agentOf('good').objects, 'backup');
    setRole(agentOf('large').objects, 'master');
    expect(await watch.heron.line('a move', isMove)).toMatchObject({ from: 'good' });
    await watch.role('hangs', 'unknown', 30_000);
  }, 60_000);

  it('nobody was down, accused of wrong credentials, or without a cause', () => {
    for (const name of names) expect(watch.statesOf(name), name).not.toEqual([]);
    for (const line of watch.lines.filter(({ type }) => type === 'edge-state')) {
      expect(line).not.toMatchObject({ to: 'down' });
      // Nor up before anything was read.
      expect(line).not.toMatchObject({ to: 'up', reading: { snmp: { interfaces: [] } } });
      expect(JSON.stringify(line)).not.toMatch(/wrong-|wrong community|is not known/);
      if (line['to'] !== 'up') expect(line['reasons']).not.toEqual([]);
    }
    for (const type of ['split-brain', 'no-active-lb', 'flapping'])
      expect(watch.lines.filter((line) => line.type === type)).toEqual([]);
  });
});
