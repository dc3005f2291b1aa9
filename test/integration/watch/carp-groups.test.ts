import { afterEach, describe, expect, it } from 'vitest';
import { startEdgeAgent } from '../../fixtures/snmp/scripted-agent/edge-agents';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import {
  setGroupState,
  startVrrpAgent,
  type VrrpGroup,
} from '../../fixtures/snmp/scripted-agent/vrrp-agents';
import type { Line } from '../cli/running-heron';
import { ScriptedWatch } from './scripted-watch';

const agents: ScriptedAgent[] = [];
let watch: ScriptedWatch | null = null;

afterEach(async () => {
  await watch?.end();
  for (const agent of agents.splice(0)) agent.close();
});

async function watched(cluster: object, ...started: Promise<ScriptedAgent>[]): Promise<ScriptedWatch> {
  agents.push(...(await Promise.all(started)));
  const edges = agents.map((agent, at) => ({ name: ['a', 'b'][at] ?? '', number: at + 1, agent }));
  watch = new ScriptedWatch(edges, { cluster });
  return watch;
}

const group = (vhid: number, state: VrrpGroup['state'], virtualIp = '10.20.16.200'): Partial<VrrpGroup> => ({
  ...{ vhid, state, virtualIp, name: `VI_${vhid}` },
});
const ofTypes = (...types: string[]): Line[] =>
  (watch?.lines ?? []).filter(({ type }) => types.includes(type));
const isUp = (line: Line): boolean => line.type === 'cluster-state' && line['to'] === 'up';
/** Twice as long as a split brain needs to be certain, counted in readings of the agent. */
async function readingsOf(agent: ScriptedAgent, count: number): Promise<void> {
  const until = agent.requests.length + count;
  const hasThem = (): boolean => agent.requests.length >= until;
  for (let turn = 0; turn < 300 && !hasThem(); turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(hasThem()).toBe(true);
}

describe('several groups on each edge', () => {
  it('whose masters differ are no split brain; the one with the cluster IP counts', async () => {
    const { heron, role, state } = await watched(
      {},
      startVrrpAgent(1, group(51, 'backup'), group(52, 'master', '10.20.16.100')),
      startVrrpAgent(2, group(51, 'master'), group(52, 'backup', '10.20.16.100')),
    );
    await heron.line('a cluster that is up', isUp);
    expect(await role.call(watch, 'a', 'master')).toMatchObject({ witnesses: [{ vhid: 52 }] });
    await role.call(watch, 'b', 'backup');
    await readingsOf(agents[0]!, 8);
    expect(ofTypes('split-brain', 'failover', 'failback', 'flapping')).toEqual([]);
    expect((await state.call(watch, 'a', 'up'))['reasons']).toMatchObject([
      { code: 'other-groups', detail: 'It reports VHID 51 (VI_51) BACKUP.' },
    ]);
  }, 60_000);

  it('one of which moves alone is a finding, and with the cluster’s is part of its failover', async () => {
    const { heron } = await watched(
      { vhid: 51 },
      startVrrpAgent(1, group(51, 'master'), group(52, 'master')),
      startVrrpAgent(2, group(51, 'backup'), group(52, 'backup')),
    );
    await heron.line('a cluster that is up', isUp);
    await readingsOf(agents[1]!, 2);
    setGroupState(agents[0]!.objects, 2, 'backup');
    setGroupState(agents[1]!.objects, 2, 'master');
    const finding = await heron.line('a finding', ({ type, reason }) => {
      return type === 'finding' && (reason as { code: string }).code === 'other-group-moved';
    });
    expect(finding['reason']).toMatchObject({ fact: 'Group VHID 52 (VI_52) moved from a to b, alone.' });
    expect(ofTypes('failover', 'failback', 'split-brain', 'no-active-lb')).toEqual([]);
    setGroupState(agents[0]!.objects, 1, 'backup');
    setGroupState(agents[1]!.objects, 1, 'master');
    await heron.line('a move', ({ type }) => type === 'failover' || type === 'failback');
  }, 60_000);

  it('without any hint count by the lowest that all have, which is said', async () => {
    const { role, state } = await watched(
      {},
      startVrrpAgent(1, group(51, 'master'), group(52, 'backup')),
      startVrrpAgent(2, group(51, 'backup'), group(52, 'master')),
    );
    expect(await role.call(watch, 'a', 'master')).toMatchObject({ witnesses: [{ vhid: 51 }] });
    const up = await state.call(watch, 'b', 'up');
    expect(up['reasons']).toMatchObject([
      { code: 'other-groups', detail: expect.stringMatching(/the lowest.*Set vhid/) },
    ]);
  }, 60_000);

  it('that an edge lacks leaves its role unknown, and says so', async () => {
    const { state } = await watched(
      { vhid: 51 },
      startVrrpAgent(1, group(51, 'master')),
      startVrrpAgent(2, group(52, 'master')),
    );
    const degraded = await state.call(watch, 'b', 'degraded');
    expect(degraded['reasons']).toMatchObject([{ code: 'group-missing' }]);
    await readingsOf(agents[1]!, 6);
    expect(ofTypes('split-brain')).toEqual([]);
  }, 60_000);
});

it('words that are not CARP’s make no master', async () => {
  const texts = ['MASTER', 'BACKUP'].map(
    (state) =>
      `lagg0: flags=8843<UP,BROADCAST,RUNNING> metric 0 mtu 1500\n\tcarp: ${state} vhid 1 advbase 1 advskew 0\n` +
      '\tlaggport: em0 flags=5<MASTER,ACTIVE>\n\tstatus: active (MASTER)',
  );
  const { heron, role } = await watched(
    { witness: 'carp-extend' },
    startEdgeAgent({ number: 1, role: 'master' }),
    startEdgeAgent({ number: 2, role: 'backup' }),
  );
  agents.forEach(({ objects }, at) => {
    for (const oid of objects
      .under('1.3.6.1.4.1.8072.1.3.2')
      .filter((one) => /\.3\.2\.[34]\.1\.[12]\./.test(one)))
      objects.set(oid, 'text', texts[at]);
  });
  await heron.line('a cluster that is up', isUp);
  expect(await role.call(watch, 'b', 'backup')).toMatchObject({ from: 'unknown' });
  await readingsOf(agents[1]!, 8);
  expect(ofTypes('split-brain', 'failover')).toEqual([]);
}, 60_000);
