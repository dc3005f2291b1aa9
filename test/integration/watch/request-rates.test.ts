import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEdgeAgent } from '../../fixtures/snmp/scripted-agent/edge-agents';
import { errorOnAll, loss, noVarbinds } from '../../fixtures/snmp/scripted-agent/misbehaviours';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import { ScriptedWatch, type ScriptedEdge } from './scripted-watch';

let fallingTicks = 40_000_000;

/** Agents that tempt a manager into asking again and again. */
const agents: Record<string, (agent: ScriptedAgent) => void> = {
  good: () => undefined,
  'no-values': (agent) => agent.add(noVarbinds()),
  'no-walk': (agent) => {
    agent.add(errorOnAll('getBulk', 'genErr'));
    agent.add(errorOnAll('getNext', 'genErr'));
  },
  'falling-uptime': ({ objects }) =>
    objects.set('1.3.6.1.2.1.1.3.0', 'timeTicks', () => (fallingTicks -= 1_000)),
  lossy: (agent) => agent.add(loss(0.16, 6)),
};

describe('heron watch of agents that cannot be read, restart at every poll, or lose packets', () => {
  const running = new Map<string, ScriptedAgent>();
  let watch: ScriptedWatch;
  const agentOf = (name: string): ScriptedAgent => {
    const agent = running.get(name);
    if (!agent) throw new Error(name);
    return agent;
  };
  const requestsOf = (name: string): number => agentOf(name).requests.length;

  beforeAll(async () => {
    const edges: ScriptedEdge[] = [];
    for (const [at, [name, misbehave]] of Object.entries(agents).entries()) {
      const agent = await startEdgeAgent({ number: at + 1, role: name === 'good' ? 'master' : 'backup' });
      misbehave(agent);
      running.set(name, agent);
      edges.push({ name, number: at + 1, agent });
    }
    watch = new ScriptedWatch(edges);
    await watch.role('good', 'master');
    await watch.role('lossy', 'backup', 60_000);
  }, 90_000);
  afterAll(async () => {
    await watch.end();
    for (const agent of running.values()) agent.close();
  });

  it('asks none of them much more than a good one', async () => {
    const before = new Map([...running.keys()].map((name) => [name, requestsOf(name)]));
    const sentTo = (name: string): number => requestsOf(name) - (before.get(name) ?? 0);
    // Two polls a second.
    await expect.poll(() => sentTo('good'), { timeout: 90_000 }).toBeGreaterThan(60);
    const good = sentTo('good');
    // Walked anew at every poll they get 30 to 60 times as many; repeated and split requests are more, too.
    for (const name of ['no-values', 'no-walk', 'lossy']) expect(sentTo(name), name).toBeLessThan(10 * good);
    expect(sentTo('falling-uptime')).toBeLessThan(3 * good);
    expect(watch.statesOf('falling-uptime').map(({ to }) => to)).toEqual(['up']);
  }, 120_000);

  it('reads one soon after it can be read', async () => {
    agentOf('no-walk').behave();
    await watch.role('no-walk', 'backup', 40_000);
    await watch.state('no-walk', 'up', 40_000);
  }, 90_000);
});
