import { createSocket } from 'node:dgram';
import { afterEach, expect, it } from 'vitest';
import { startEdgeAgent } from '../../fixtures/snmp/scripted-agent/edge-agents';
import { scriptedUser } from '../../fixtures/snmp/scripted-agent/agent-message';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import { freeUdpPort } from '../../fixtures/sources/snmpd';
import { packetOf } from '../../fixtures/traps/senders';
import { ScriptedWatch, type ScriptedEdge } from './scripted-watch';

const agents: ScriptedAgent[] = [];
let watch: ScriptedWatch | null = null;

afterEach(async () => {
  await watch?.end();
  for (const agent of agents.splice(0)) agent.close();
});

it('heron watch reads an agent, and takes its traps, under every notation of its address', async () => {
  const written = [
    ['::1', '0:0:0:0:0:0:0:1'],
    ['::1', '0::1'],
    ['127.0.0.1', '::ffff:127.0.0.1'],
    ['127.0.0.1', '::FFFF:7F00:1'],
  ] as const;
  const edges: ScriptedEdge[] = [];
  for (const [index, [address, host]] of written.entries()) {
    const number = index + 1;
    const agent = await startEdgeAgent({ number, role: index === 0 ? 'master' : 'backup', address });
    agents.push(agent);
    edges.push({ name: `e${number}`, number, agent: { address: host, port: agent.port } });
  }
  const port = await freeUdpPort();
  watch = new ScriptedWatch(edges, { args: ['--trap-port', String(port)] });
  await Promise.all(edges.map(({ name }) => watch!.state(name, 'up', 30_000)));

  for (const [index, agent] of agents.entries()) {
    const socket = createSocket(agent.address.includes(':') ? 'udp6' : 'udp4');
    const { engineId, boots, time } = agent.messages;
    const passwords = { authPassword: scriptedUser.auth, privPassword: scriptedUser.priv };
    const packet = packetOf({ type: 'trap', engineId, boots, time, ...passwords });
    await new Promise((resolve) => socket.send(packet, port, agent.address, resolve));
    socket.close();
    const own = (line: object & { type: string }): boolean =>
      line.type === 'trap' && JSON.stringify(line).includes(`"e${index + 1}"`);
    expect(await watch.heron.line(`a trap of e${index + 1}`, own)).toMatchObject({ authenticated: true });
  }
}, 90_000);
