import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgeObjects, startEdgeAgent } from '../../fixtures/snmp/scripted-agent/edge-agents';
import type { Misbehaviour } from '../../fixtures/snmp/scripted-agent/misbehaviour';
import {
  cutOff,
  dropAbove,
  endless,
  errorOn,
  hang,
  loss,
  malformed,
  noSuchName,
  outOfOrder,
  repeatPrevious,
  replyFrom,
  tooBigAbove,
} from '../../fixtures/snmp/scripted-agent/misbehaviours';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import { ScriptedWatch, type ScriptedEdge } from './scripted-watch';

const cpu = '1.3.6.1.4.1.46262.4.2.1.12.1';
const processes = '1.3.6.1.4.1.2021.2.1';
type Values = ScriptedAgent['objects'];
const each = (objects: Values, base: string, type: Parameters<Values['set']>[1], value: unknown): void => {
  for (const oid of objects.under(base)) objects.set(oid, type, value);
};
const text = (value: string) => (agent: ScriptedAgent) => {
  agent.objects.remove(edgeObjects.carpTable);
  for (const oid of agent.objects.under(edgeObjects.carpExtend))
    if (/\.3\.2\.[34]\.1\.[12]\./.test(oid)) agent.objects.set(oid, 'text', value);
};
const does = (what: Misbehaviour) => (agent: ScriptedAgent) => void agent.add(what);
const changed = (change: (objects: Values) => void) => (agent: ScriptedAgent) => change(agent.objects);
const mixed: Misbehaviour = {
  answer: (answer, { operation }) =>
    operation === 'get' ? { ...answer, varbinds: answer.varbinds.toReversed() } : answer,
};
const fewer: Misbehaviour = {
  answer: (answer, { operation }) =>
    operation === 'get' && answer.varbinds.length > 1
      ? { ...answer, varbinds: answer.varbinds.slice(0, -1) }
      : answer,
};
let fallingTicks = 40_000_000;

interface Fault {
  version?: '2c';
  /** What is odd from the start, and from when everything was read. */
  from?: (agent: ScriptedAgent) => void;
  later?: (agent: ScriptedAgent) => void;
  /** It is degraded, and this is in its reason. */
  degraded?: string;
  /** This is in its first reading. */
  reads?: string;
}
const faults: Record<string, Fault> = {
  good: {},
  negative: { from: changed((objects) => each(objects, edgeObjects.hcInOctets, 'integer', -5)) },
  'negative-load': {
    from: changed((objects) => each(objects, cpu, 'integer', -100)),
    reads: `1.3.6.1.4.1.2021.11.11.0 is used instead of ${cpu}.1`,
  },
  huge: {
    from: changed((objects) => each(objects, cpu, 'counter64', 2n ** 64n - 1n)),
    reads: `1.3.6.1.4.1.2021.11.11.0 is used instead of ${cpu}.1`,
  },
  nameless: { from: changed((objects) => each(objects, `${edgeObjects.ifTable}.2`, 'text', '')) },
  'no-uptime': { from: does(malformed('1.3.6.1.2.1.1.3.0', 'empty')) },
  'falling-uptime': {
    from: changed((objects) => objects.set('1.3.6.1.2.1.1.3.0', 'timeTicks', () => (fallingTicks -= 1_000))),
  },
  nul: { from: text('carp: BACKUP vhid 1 advbase 1 advskew 0\0\0') },
  crlf: { from: text('vmx2: flags=8843\r\n\tcarp: BACKUP vhid 1 advbase 1 advskew 0\r\n') },
  coloured: { from: text('\u001b[1mcarp: BACKUP vhid 1 advbase 1 advskew 0\u001b[0m') },
  'no-such-name': {
    version: '2c',
    from: (agent) => {
      agent.objects.remove(cpu);
      agent.add(noSuchName());
    },
  },
  'cut-bulk': { from: does(cutOff(5, 'getBulk')) },
  endless: { from: does(endless(processes)) },
  looping: { from: does(outOfOrder(edgeObjects.ifTable, 'looping')) },
  mixed: { from: does(mixed) },
  fewer: { from: does(fewer) },
};
const later: Record<string, Fault> = {
  good: {},
  'small-answers': { later: does(dropAbove(300)) },
  'half-lost': { later: does(loss(0.16, 9)) },
  'other-port': { later: does(replyFrom({ address: '127.0.0.1', port: 0 })) },
  'other-port-v2c': { version: '2c', later: does(replyFrom({ address: '127.0.0.1', port: 0 })) },
  'boots-fall': { later: ({ messages }) => void Object.assign(messages, { boots: 1, time: 5 }) },
  'not-allowed': { later: does(errorOn(edgeObjects.carpTable, 'authorizationError')) },
  'not-allowed-interfaces': {
    later: does(errorOn(edgeObjects.ifXTable, 'authorizationError')),
    degraded: 'check the access rules',
  },
  unavailable: {
    later: does(errorOn(edgeObjects.ifXTable, 'resourceUnavailable')),
    degraded: 'Not answered: interfaces',
  },
  'too-big': { later: does(tooBigAbove(250)) },
  'hung-sub-agent': { later: does(hang('1.3.6.1.4.1.2021')), degraded: 'Not answered: processes' },
  'machine-wraps': { from: (agent) => agent.setSystemUptime(2 ** 32 * 10 - 4_000) },
  'agent-wraps': { from: (agent) => agent.setUptime(2 ** 32 * 10 - 4_000) },
  previous: { later: does(repeatPrevious()) },
};

describe.each([
  ['from the start', faults],
  ['while it runs', later],
])('heron watch of agents that answer oddly %s', (_, odd) => {
  const agents = new Map<string, ScriptedAgent>();
  let watch: ScriptedWatch;

  beforeAll(async () => {
    const edges: ScriptedEdge[] = [];
    for (const [at, [name, { version = '3', from }]] of Object.entries(odd).entries()) {
      const agent = await startEdgeAgent({ number: at + 1, role: name === 'good' ? 'master' : 'backup' });
      from?.(agent);
      agents.set(name, agent);
      edges.push({ name, number: at + 1, agent, version });
    }
    watch = new ScriptedWatch(edges);
    for (const name of agents.keys()) {
      await watch.role(name, name === 'good' ? 'master' : 'backup', 60_000);
      await watch.state(name, 'up', 60_000);
    }
    for (const [name, agent] of agents) odd[name]?.later?.(agent);
  }, 120_000);
  afterAll(async () => {
    await watch.end();
    for (const agent of agents.values()) agent.close();
  });

  it('reads what they answer, names what they do not, and calls nobody silent', async () => {
    for (const [name, { degraded }] of Object.entries(odd)) {
      if (degraded === undefined) continue;
      const { reasons } = await watch.state(name, 'degraded', 30_000);
      expect(JSON.stringify(reasons), name).toContain(degraded);
    }
    for (const [name, { reads = '' }] of Object.entries(odd))
      expect(JSON.stringify(watch.statesOf(name)[0]?.['reading']), name).toContain(reads);
    const agent = agents.get('good');
    const until = (agent?.requests.length ?? 0) + 15;
    await expect.poll(() => agent?.requests.length ?? 0, { timeout: 60_000 }).toBeGreaterThan(until);
    for (const name of agents.keys()) {
      const states = watch.statesOf(name).map(({ to }) => to);
      expect(states, name).toEqual(odd[name]?.degraded === undefined ? ['up'] : ['up', 'degraded']);
    }
    const roles = watch.lines.filter(({ type }) => type === 'lb-role');
    expect(roles.map(({ edge }) => edge).sort()).toEqual([...agents.keys()].sort());
    for (const type of ['failover', 'failback', 'no-active-lb', 'split-brain'])
      expect(watch.lines.filter((line) => line.type === type)).toEqual([]);
  }, 120_000);
});
