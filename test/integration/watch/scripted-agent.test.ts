import { afterEach, expect, it } from 'vitest';
import { setRole, startEdgeAgent } from '../../fixtures/snmp/scripted-agent/edge-agents';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import { ScriptedWatch } from './scripted-watch';

const agents: ScriptedAgent[] = [];
let watch: ScriptedWatch | null = null;

afterEach(async () => {
  await watch?.end();
  for (const agent of agents.splice(0)) agent.close();
});

it('heron watch reads scripted agents, by SNMPv3 and SNMPv2c, and sees their roles move', async () => {
  const a = await startEdgeAgent({ number: 1, role: 'master' });
  const b = await startEdgeAgent({ number: 2, role: 'backup' });
  agents.push(a, b);
  watch = new ScriptedWatch([
    { name: 'a', number: 1, agent: a },
    { name: 'b', number: 2, agent: b, version: '2c' },
  ]);
  const first = await watch.state('a', 'up');
  expect(first['reading']).toMatchObject({
    snmp: {
      answered: true,
      caConnectivity: 3,
      interfaceUse: { management: 1, proxy: 2, loadBalancer: 3 },
      roles: expect.arrayContaining([expect.objectContaining({ witness: 'carp-mib', role: 'master' })]),
    },
  });
  await watch.state('b', 'up');
  await watch.role('b', 'backup');
  setRole(a.objects, 'backup');
  setRole(b.objects, 'master');
  const isMove = ({ type }: { type: string }): boolean => type === 'failover' || type === 'failback';
  expect(await watch.heron.line('a move', isMove)).toMatchObject({ from: 'a', to: 'b' });
}, 60_000);
