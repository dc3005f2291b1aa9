import { afterEach, describe, expect, it } from 'vitest';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import {
  setGroup,
  setGroupState,
  startVrrpAgent,
  stopKeepalived,
} from '../../fixtures/snmp/scripted-agent/vrrp-agents';
import type { Line } from '../cli/running-heron';
import { ScriptedWatch } from './scripted-watch';

const agents: ScriptedAgent[] = [];
let watch: ScriptedWatch | null = null;

afterEach(async () => {
  await watch?.end();
  for (const agent of agents.splice(0)) agent.close();
});

async function watched(...started: Promise<ScriptedAgent>[]): Promise<ScriptedWatch> {
  agents.push(...(await Promise.all(started)));
  const names = ['a', 'b', 'c'];
  watch = new ScriptedWatch(agents.map((agent, at) => ({ name: names[at] ?? '', number: at + 1, agent })));
  return watch;
}

const moves = (): Line[] =>
  (watch?.lines ?? []).filter(({ type }) => type === 'failover' || type === 'failback');
const move = (type: string, from: string): Promise<Line> =>
  watch!.heron.line(`a ${type}`, (line) => line.type === type && line['from'] === from);
const clusterIs =
  (to: string) =>
  (line: Line): boolean =>
    line.type === 'cluster-state' && line['to'] === to;

describe('a role source that comes and goes', () => {
  it('is looked for where a sibling has one; until then the edge is not simply up', async () => {
    const { heron, role, state, lines } = await watched(
      startVrrpAgent(1),
      startVrrpAgent(2, { state: 'master' }),
    );
    await role.call(watch, 'b', 'master');
    const degraded = await state.call(watch, 'a', 'degraded');
    expect(degraded['reasons']).toMatchObject([{ code: 'role-not-reported' }]);
    // It starts, in another row than its sibling's, and preempts.
    setGroup(agents[0]!.objects, 4, { state: 'backup', priority: 150, basePriority: 150 });
    await role.call(watch, 'a', 'backup', 6_000);
    await state.call(watch, 'a', 'up', 6_000);
    setGroupState(agents[0]!.objects, 4, 'master');
    setGroupState(agents[1]!.objects, 1, 'backup');
    const moved = await heron.line('a move', ({ type }) => type === 'failover' || type === 'failback', 5_000);
    expect(moved).toMatchObject({ type: 'failback', from: 'b', to: 'a' });
    expect(lines.filter(({ type }) => ['no-active-lb', 'split-brain'].includes(type))).toEqual([]);
  }, 60_000);

  it('that stops while another LB takes over is a failover by its service, two role polls later', async () => {
    const { heron, role } = await watched(
      startVrrpAgent(1, { state: 'master', priority: 150 }),
      startVrrpAgent(2, {}),
      startVrrpAgent(3, {}),
    );
    await heron.line('a cluster that is up', clusterIs('up'));
    const restart = stopKeepalived(agents[0]!.objects);
    setGroupState(agents[1]!.objects, 1, 'master');
    const stoppedAtMs = Date.now();
    const failover = await move('failover', 'a');
    expect(failover).toMatchObject({ to: 'b', cause: { kind: 'lb-stopped' } });
    expect(Date.parse(failover.recordedAt) - stoppedAtMs).toBeLessThan(3_500);
    const { evidence } = failover['cause'] as { evidence: string[] };
    expect(evidence[0]).toMatch(
      /^a: its LB service stopped reporting between \d\d:\d\d:\d\d\.\d and \d\d:\d\d/,
    );
    const reasons = (await watch!.state('a', 'degraded'))['reasons'];
    expect(reasons).toMatchObject([{ code: 'witness-lost' }]);
    // It comes back and takes the role back.
    restart();
    setGroupState(agents[0]!.objects, 1, 'backup');
    await role.call(watch, 'a', 'backup');
    setGroupState(agents[0]!.objects, 1, 'master');
    setGroupState(agents[1]!.objects, 1, 'backup');
    await move('failback', 'b');
    expect(moves()).toHaveLength(2);
  }, 60_000);

  it('that is absent alone leaves the role unknown: nobody else is master', async () => {
    const { heron, role } = await watched(startVrrpAgent(1, { state: 'master' }), startVrrpAgent(2, {}));
    await heron.line('a cluster that is up', clusterIs('up'));
    stopKeepalived(agents[0]!.objects);
    await role.call(watch, 'a', 'unknown');
    const unknown = await heron.line('an unknown cluster', clusterIs('unknown'));
    expect(unknown['reasons']).toMatchObject([{ code: 'active-lb-unknown' }, { code: 'witness-lost' }]);
    expect(moves()).toEqual([]);
    expect(heron.lines.filter(({ type }) => type === 'no-active-lb')).toEqual([]);
  }, 60_000);

  it('that is away because the agent was restarted stopped nothing, and is asked for again at once', async () => {
    const { heron, role } = await watched(startVrrpAgent(1, { state: 'master' }), startVrrpAgent(2, {}));
    await heron.line('a cluster that is up', clusterIs('up'));
    const reconnect = stopKeepalived(agents[0]!.objects);
    agents[0]!.reboot(false);
    await heron.line('the restarted agent read', ({ type }) => type === 'lb-role', 1_000).catch(() => null);
    await role.call(watch, 'a', 'unknown', 15_000);
    expect(
      watch!.statesOf('a').flatMap((line) => line['reasons'] as { detail: string }[]),
    ).not.toContainEqual(
      expect.objectContaining({ detail: expect.stringContaining('the LB service stopped') }),
    );
    reconnect();
    const isBack = (line: Line): boolean =>
      line.type === 'lb-role' &&
      line['edge'] === 'a' &&
      line['from'] === 'unknown' &&
      line['to'] === 'master';
    const before = heron.lines.length;
    await heron.line(
      'the master again',
      (line) => isBack(line) && heron.lines.indexOf(line) >= before,
      3_000,
    );
    expect(moves()).toEqual([]);
  }, 60_000);

  it('whose rows are renumbered by a reload is found in its new row', async () => {
    const { heron, role } = await watched(startVrrpAgent(1, { state: 'master' }), startVrrpAgent(2, {}));
    await heron.line('a cluster that is up', clusterIs('up'));
    stopKeepalived(agents[0]!.objects);
    setGroup(agents[0]!.objects, 2, { state: 'master', name: 'VI_other' });
    setGroup(agents[0]!.objects, 3, { state: 'master' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    setGroupState(agents[0]!.objects, 3, 'backup');
    setGroupState(agents[0]!.objects, 2, 'backup');
    setGroupState(agents[1]!.objects, 1, 'master');
    await role.call(watch, 'a', 'backup');
    expect(await move('failover', 'a')).toMatchObject({ to: 'b' });
  }, 60_000);
});
