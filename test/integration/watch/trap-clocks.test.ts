import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { startEdgeAgent } from '../../fixtures/snmp/scripted-agent/edge-agents';
import { scriptedUser } from '../../fixtures/snmp/scripted-agent/agent-message';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import { freeUdpPort } from '../../fixtures/sources/snmpd';
import { packetOf, type OutgoingPacket } from '../../fixtures/traps/senders';
import type { Line } from '../cli/running-heron';
import { ScriptedWatch, type ScriptedEdge } from './scripted-watch';

const agents: ScriptedAgent[] = [];
let watch: ScriptedWatch | null = null;
let port = 0;
let sent = 0;

afterEach(async () => {
  await watch?.end();
  for (const agent of agents.splice(0)) agent.close();
});

async function start(engineId: (number: number) => Buffer, args: string[] = []): Promise<ScriptedWatch> {
  port = await freeUdpPort();
  sent = 0;
  const edges: ScriptedEdge[] = [];
  for (const number of [1, 2]) {
    const role = number === 1 ? 'master' : 'backup';
    const id = engineId(number);
    const agent = await startEdgeAgent({ number, role, address: `127.0.0.${number}`, engineId: id });
    agents.push(agent);
    edges.push({ name: number === 1 ? 'a' : 'b', number, agent });
  }
  return new ScriptedWatch(edges, { args: ['--trap-port', String(port), ...args] });
}

/** Sends a trap from an agent's address, under its engine's clock unless `changes` name another, and waits for its line. */
async function trapFrom(agent: ScriptedAgent, changes: Partial<OutgoingPacket> = {}): Promise<Line | null> {
  const before = watch!.lines.filter(isTrap).length;
  const { engineId, boots, time } = agent.messages;
  const packet = packetOf({
    ...{ type: 'trap', engineId, boots, time, id: 100 + (sent += 1) },
    ...{ authPassword: scriptedUser.auth, privPassword: scriptedUser.priv },
    ...changes,
  });
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, agent.address, resolve));
  await new Promise((resolve) => socket.send(packet, port, '127.0.0.1', resolve));
  socket.close();
  const isNew = (line: Line): boolean => isTrap(line) && watch!.lines.filter(isTrap).indexOf(line) >= before;
  return watch!.heron.line('a trap', isNew, 3_000).catch(() => null);
}

function isTrap({ type }: Line): boolean {
  return type === 'trap';
}

const own = (number: number): Buffer => Buffer.from(`80001f88040a0b0c0${number}`, 'hex');
const cloned = (): Buffer => own(1);

/** Waits until every agent was asked again: then polling knows the new clocks. */
async function asked(agent: ScriptedAgent): Promise<void> {
  const before = agent.requests.length;
  await expect.poll(() => agent.requests.length, { timeout: 10_000 }).toBeGreaterThan(before + 1);
}

describe('heron watch --trap-port', () => {
  it.each([
    ['boots fell', 1],
    ['boots did not rise', 7],
  ])(
    'accepts traps of a restarted agent again once it answered a poll: %s',
    async (_, boots) => {
      watch = await start(own);
      await watch.state('a', 'up');
      const [a] = agents as [ScriptedAgent];
      a.messages.time = 50_000;
      await asked(a);
      expect(await trapFrom(a)).toMatchObject({ edge: 'a', authenticated: true });
      a.messages.boots = boots;
      a.messages.time = 2;
      await asked(a);
      expect(await trapFrom(a)).toMatchObject({ edge: 'a', authenticated: true });
      expect(watch.statesOf('a').at(-1)).toMatchObject({ to: 'up' });
      expect(watch.heron.stderr).not.toMatch(/replay/i);
    },
    60_000,
  );

  it('accepts traps of edges that share an engine ID, and reports that they do, once for each', async () => {
    watch = await start(cloned);
    await Promise.all([watch.state('a', 'up'), watch.state('b', 'up')]);
    const [a, b] = agents as [ScriptedAgent, ScriptedAgent];
    b.messages.boots = 3;
    await asked(b);
    for (let round = 0; round < 3; round += 1) {
      expect(await trapFrom(a)).toMatchObject({ edge: 'a', authenticated: true });
      expect(await trapFrom(b)).toMatchObject({ edge: 'b', authenticated: true });
    }
    const shared = watch.lines.filter(
      (line) => line.type === 'finding' && JSON.stringify(line).includes('shared-engine-id'),
    );
    expect(shared.map(({ edge }) => edge).sort()).toEqual(['a', 'b']);
    expect(JSON.stringify(shared[0])).toMatch(/cloned\?.*oldEngineID/);
  }, 60_000);

  it('authenticates no trap of an engine that polling did not discover, however often it comes', async () => {
    watch = await start(own);
    await watch.state('a', 'up');
    const [a] = agents as [ScriptedAgent];
    for (const time of [10, 11, 12])
      expect(await trapFrom(a, { engineId: own(9), time })).toMatchObject({
        edge: 'a',
        authenticated: false,
      });
    expect(await trapFrom(a, { boots: 8, time: 1 })).toMatchObject({ edge: 'a', authenticated: false });
    expect(await trapFrom(a)).toMatchObject({ edge: 'a', authenticated: true });
  }, 60_000);
});
