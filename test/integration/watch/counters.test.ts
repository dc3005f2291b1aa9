import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { edgeObjects, startEdgeAgent } from '../../fixtures/snmp/scripted-agent/edge-agents';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import { RunningHeron, type Line } from '../cli/running-heron';
import { ScriptedWatch } from './scripted-watch';

const folder = mkdtempSync(path.join(os.tmpdir(), 'heron-counters-'));
const file = path.join(folder, 'history.db');
const octetsPerSecond = 100_000;
const cpu = '1.3.6.1.4.1.46262.4.2.1.12.1';
let agent: ScriptedAgent;
let watch: ScriptedWatch;

/** Sets the octet counters of every interface: in and out apart, since they hardly ever wrap at once. */
function count(from: number): void {
  for (const [column, first] of [
    [10, from],
    [16, 1_000_000],
  ])
    for (const index of [1, 2, 3]) {
      const oid = `${edgeObjects.ifTable}.${column}.${index}`;
      agent.objects.set(oid, 'counter32', first);
      agent.objects.grow(oid, octetsPerSecond);
    }
}

/** Waits for several full polls. */
async function polled(): Promise<void> {
  const until = agent.requests.length + 8;
  await expect.poll(() => agent.requests.length, { timeout: 30_000 }).toBeGreaterThan(until);
}

beforeAll(async () => {
  agent = await startEdgeAgent({ number: 1, role: 'master' });
  for (const column of [edgeObjects.hcInOctets, edgeObjects.hcOutOctets]) agent.objects.remove(column);
  for (const oid of agent.objects.under(cpu)) agent.objects.set(oid, 'integer', 5_000);
  count(3_000_000_000);
  const second = await startEdgeAgent({ number: 2, role: 'backup' });
  for (const oid of second.objects.under(cpu)) second.objects.set(oid, 'integer', 5_000);
  const edges = [
    { name: 'a', number: 1, agent, more: { overrides: { cpuPercent: 60 } } },
    { name: 'b', number: 2, agent: second },
  ];
  watch = new ScriptedWatch(edges, {
    args: ['--db', file],
    cluster: { overrides: { cpuPercent: 40 } },
  });
  return () => second.close();
});
afterAll(async () => {
  await watch.end();
  agent.close();
  rmSync(folder, { recursive: true, force: true });
});

it('an edge’s own threshold precedes its cluster’s', async () => {
  await watch.state('a', 'up');
  const { reasons } = await watch.state('b', 'degraded');
  expect(JSON.stringify(reasons)).toContain('Above 40 %');
});

it('a 32-bit counter that is reset, or wraps, makes no rate above the true one', async () => {
  await watch.state('a', 'up');
  await polled();
  count(1_000);
  await polled();
  count(2 ** 32 - 250_000);
  await polled();
  watch.heron.signal('SIGINT');
  await watch.heron.ended;
  const audit = new RunningHeron(['audit', 'query', file, 'samples', '--format', 'jsonl']);
  await audit.ended;
  const rows = [...audit.lines, ...audit.otherLines.map((text) => JSON.parse(text) as Line)];
  const rates = rows.filter(({ edge }) => edge === 'a').map((row) => row['lb_in_bits_per_second']);
  const known = rates.filter((rate): rate is number => typeof rate === 'number');
  expect(known.length).toBeGreaterThan(8);
  // Readings are dated to the middle of a poll.
  for (const rate of known) expect(rate).toBeLessThan(1.5 * 8 * octetsPerSecond);
  // The reset, the jump before the wrap, and the first reading.
  expect(rates.filter((rate) => rate === null).length).toBeGreaterThanOrEqual(3);
}, 120_000);
