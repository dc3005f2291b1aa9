import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgeObjects, setRole, startEdgeAgent } from '../../fixtures/snmp/scripted-agent/edge-agents';
import { hang } from '../../fixtures/snmp/scripted-agent/misbehaviours';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import type { Line } from '../cli/running-heron';
import { ScriptedWatch } from './scripted-watch';

describe('heron watch of edges that are cut off, restart, and answer in part', () => {
  const agents: ScriptedAgent[] = [];
  let watch: ScriptedWatch;

  beforeAll(async () => {
    for (const number of [1, 2, 3])
      agents.push(await startEdgeAgent({ number, role: number === 1 ? 'master' : 'backup' }));
    watch = new ScriptedWatch(
      agents.map((agent, at) => ({ name: ['a', 'b', 'c'][at] ?? '', number: at + 1, agent })),
    );
    for (const edge of ['a', 'b', 'c']) await watch.state(edge, 'up', 60_000);
  });
  afterAll(async () => {
    await watch.end();
    for (const agent of agents) agent.close();
  });

  const agentOf = (at: number): ScriptedAgent => {
    const agent = agents[at];
    if (!agent) throw new Error(`agent ${at}`);
    return agent;
  };
  const of = (type: string, edge: string) => (line: Line) => {
    const from =
      type === 'failover' ? line['from'] : (line['failover'] as { from?: unknown } | undefined)?.from;
    return line.type === type && from === edge;
  };

  /** The master falls silent, `next` takes over, and the old master answers again as a backup. */
  async function outage(old: number, next: number, during: (agent: ScriptedAgent) => void): Promise<Line[]> {
    const edge = ['a', 'b', 'c'][old] ?? '';
    const end = agentOf(old).add({ drops: () => true });
    setRole(agentOf(next).objects, 'master');
    const failover = await watch.heron.line(`a failover from ${edge}`, of('failover', edge), 30_000);
    setRole(agentOf(old).objects, 'backup');
    during(agentOf(old));
    end();
    const corrected = await watch.heron.line(
      `a correction about ${edge}`,
      of('cause-corrected', edge),
      60_000,
    );
    return [failover, corrected];
  }

  it('corrects the cause when an edge that was cut off answers again', async () => {
    const [failover, corrected] = await outage(0, 1, () => undefined);
    expect(failover).toMatchObject({ to: 'b', cause: { kind: 'edge-unreachable' } });
    expect(corrected).toMatchObject({
      failover: { time: failover?.['time'], from: 'a', to: 'b' },
      previousCause: 'edge-unreachable',
      cause: { kind: 'cut-off' },
    });
    await watch.state('a', 'up', 30_000);
  }, 120_000);

  it('corrects the cause when an edge that was silent has restarted', async () => {
    const [failover, corrected] = await outage(1, 2, (agent) => agent.reboot());
    expect(failover).toMatchObject({ to: 'c', cause: { kind: 'edge-unreachable' } });
    expect(corrected).toMatchObject({ cause: { kind: 'edge-rebooted' } });
    await watch.state('b', 'up', 30_000);
  }, 120_000);

  it('names what is not read, and no more, when interfaces are no longer answered', async () => {
    agentOf(0).add(hang(edgeObjects.ifXTable));
    const degraded = await watch.state('a', 'degraded', 60_000);
    expect(degraded['reasons']).toMatchObject([
      {
        code: 'not-read-in-full',
        fact: expect.stringMatching(/^a has not been read in full since \d\d:\d\d:\d\d UTC\.$/) as string,
        detail: expect.stringContaining('interfaces') as string,
      },
    ]);
    agentOf(0).behave();
    await watch.state('a', 'up', 120_000);
  }, 200_000);
});
