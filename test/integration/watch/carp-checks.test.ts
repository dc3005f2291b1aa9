import { afterEach, expect, it } from 'vitest';
import { edgeObjects, setRole, startEdgeAgent } from '../../fixtures/snmp/scripted-agent/edge-agents';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import { setGroup, startVrrpAgent } from '../../fixtures/snmp/scripted-agent/vrrp-agents';
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

/** What `extend carp` of an edge prints. */
function print({ objects }: ScriptedAgent, text: string): void {
  objects.remove(edgeObjects.carpTable);
  for (const oid of objects.under(edgeObjects.carpExtend))
    if (/\.3\.2\.[34]\.1\.[12]\./.test(oid)) objects.set(oid, 'text', text);
}

const finding =
  (code: string) =>
  (line: Line): boolean =>
    line.type === 'finding' && (line['reason'] as { code: string }).code === code;

it('what is wrong with a CARP group is found before its failover', async () => {
  const { heron } = await watched(
    startEdgeAgent({ number: 1, role: 'master' }),
    startEdgeAgent({ number: 2, role: 'backup' }),
    startEdgeAgent({ number: 3, role: 'init' }),
  );
  print(agents[0]!, 'carp: MASTER vhid 1 advbase 1 advskew 0\nnet.inet.carp.preempt: 1');
  print(
    agents[1]!,
    'carp: BACKUP vhid 1 advbase 5 advskew 0\nnet.inet.carp.preempt: 0\nnet.inet.carp.demotion: 240',
  );
  print(agents[2]!, 'carp: INIT vhid 1 advbase 1 advskew 0\nnet.inet.carp.allow: 0');
  const codes = ['carp-equal-priority', 'carp-advbase-differs', 'carp-preempt-differs', 'lb-demoted'];
  for (const code of [...codes, 'carp-not-allowed']) await heron.line(code, finding(code), 60_000);
}, 90_000);

it('an LB that steps down because it is demoted has that as the cause of its failover', async () => {
  const { heron, role } = await watched(
    startVrrpAgent(1, { state: 'master', priority: 150, basePriority: 150 }),
    startVrrpAgent(2, {}),
  );
  await role.call(watch, 'a', 'master');
  await role.call(watch, 'b', 'backup');
  await watch!.state('a', 'up');
  setGroup(agents[0]!.objects, 1, { state: 'backup', priority: 90, basePriority: 150 });
  setGroup(agents[1]!.objects, 1, { state: 'master' });
  const isCause = ({ type, cause }: Line): boolean =>
    (type === 'failover' || type === 'cause-corrected') && (cause as { kind: string }).kind === 'demoted';
  const { cause } = await heron.line('a failover by demotion', isCause, 30_000);
  expect(cause).toMatchObject({
    evidence: ['The LB of a has priority 90 instead of 150, and stepped down to BACKUP: b is preferred.'],
  });
}, 60_000);

it('a passive LB whose process does not run is no redundancy, although CARP reports BACKUP', async () => {
  const { heron, role } = await watched(
    startEdgeAgent({ number: 1, role: 'master' }),
    startEdgeAgent({ number: 2, role: 'backup' }),
  );
  setRole(agents[0]!.objects, 'master');
  await role.call(watch, 'b', 'backup');
  await watch!.state('b', 'up');
  agents[1]!.objects.set('1.3.6.1.4.1.2021.2.1.100.3', 'integer', 1);
  agents[1]!.objects.set('1.3.6.1.4.1.2021.2.1.101.3', 'text', 'No smlb process running');
  const isWithout = ({ type, to }: Line): boolean => type === 'cluster-state' && to === 'no-redundancy';
  const { reasons } = await heron.line('no redundancy', isWithout, 30_000);
  expect(JSON.stringify(reasons)).toContain('its process smlb does not run');
}, 60_000);
