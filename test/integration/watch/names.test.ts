import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NameServer } from '../../fixtures/names/name-server';
import { startEdgeAgent } from '../../fixtures/snmp/scripted-agent/edge-agents';
import type { ScriptedAgent } from '../../fixtures/snmp/scripted-agent/scripted-agent';
import { ScriptedWatch, type ScriptedEdge } from './scripted-watch';

const canReplaceFiles = process.platform === 'linux' && process.getuid?.() === 0;
const agents: ScriptedAgent[] = [];
let folder = '';
let server: NameServer;
let watch: ScriptedWatch | null = null;

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-names-'));
  server = await NameServer.start('127.0.0.1', 0);
});
afterEach(async () => {
  await watch?.end();
  for (const agent of agents.splice(0)) agent.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** An edge's agent at an address, and the edge, which is asked under a name where it has one. */
async function edgeAt(number: number, address: string, host = address, port?: number): Promise<ScriptedEdge> {
  const role = number === 1 ? 'master' : 'backup';
  const agent = await startEdgeAgent({ number, role, address, ...(port === undefined ? {} : { port }) });
  agents.push(agent);
  return { name: `e${number}`, number, agent: { address: host, port: agent.port } };
}

/** heron watch on a machine whose only name server is the test's. */
function start(edges: ScriptedEdge[], args: string[] = []): ScriptedWatch {
  const file = path.join(folder, 'resolv.conf');
  writeFileSync(file, `nameserver [127.0.0.1]:${server.port}\n`);
  const replaced = `mount --bind ${file} /etc/resolv.conf && exec "$@"`;
  return new ScriptedWatch(edges, { args, within: ['unshare', '-m', 'sh', '-c', replaced, 'sh'] });
}

describe.runIf(canReplaceFiles)('heron watch on edges with names', () => {
  it('uses the last known address while name servers are gone, says so, and follows an address that changed', async () => {
    server.records.set('one.lab.example', ['127.0.0.1']);
    const [one, two] = [await edgeAt(1, '127.0.0.1', 'one.lab.example'), await edgeAt(2, '127.0.0.2')];
    watch = start([one, two]);
    await Promise.all([watch.state('e1', 'up'), watch.state('e2', 'up')]);
    server.answers = false;
    const isStale = (line: object): boolean => JSON.stringify(line).includes('name-not-resolvable');
    const stale = await watch.heron.line('a finding on the name', isStale, 60_000);
    expect(stale).toMatchObject({ type: 'finding', edge: 'e1' });
    expect(JSON.stringify(stale)).toMatch(
      /one\.lab\.example of e1 is not resolvable since .*, using 127\.0\.0\.1/,
    );
    expect(watch.statesOf('e1')).toHaveLength(1);

    server.records.set('one.lab.example', ['127.0.0.3']);
    server.answers = true;
    await edgeAt(3, '127.0.0.3', 'unused', one.agent.port);
    const [old, , moved] = agents as [ScriptedAgent, ScriptedAgent, ScriptedAgent];
    await expect.poll(() => moved.requests.length, { timeout: 30_000 }).toBeGreaterThan(5);
    const asked = old.requests.length;
    await expect.poll(() => moved.requests.length, { timeout: 30_000 }).toBeGreaterThan(15);
    expect(old.requests.length).toBe(asked);
    expect(watch.statesOf('e1').map(({ to }) => to)).not.toContain('down');
  }, 150_000);

  it('starts, reads the other edges and ends at once while no name server answers; a name is unknown, not down', async () => {
    server.answers = false;
    const edges = [await edgeAt(1, '127.0.0.1')];
    for (let number = 2; number <= 8; number += 1)
      edges.push(await edgeAt(number, '127.0.0.1', `e${number}.lab.example`));
    const startedMs = performance.now();
    watch = start(edges, ['--trap-port', '0']);
    await watch.state('e1', 'up');
    const startMs = performance.now() - startedMs;
    const unknown = (line: object): boolean => JSON.stringify(line).includes('no name server answers');
    expect(await watch.heron.line('a name that is unknown', unknown)).toMatchObject({ to: 'unknown' });
    const signalledMs = performance.now();
    watch.heron.signal('SIGTERM');
    expect(await watch.heron.ended).toEqual({ code: 0, signal: null });
    expect({ startMs, endMs: performance.now() - signalledMs }).toSatisfy(
      (took: { startMs: number; endMs: number }) => took.startMs < 15_000 && took.endMs < 2_500,
    );
    expect(watch.lines.filter((line) => line['to'] === 'down')).toEqual([]);
  }, 60_000);

  it('tries the next address of a name when one does not answer', async () => {
    server.records.set('one.lab.example', ['127.0.0.77', '::1']);
    const [one, two] = [await edgeAt(1, '::1', 'one.lab.example'), await edgeAt(2, '127.0.0.2')];
    watch = start([one, two]);
    await Promise.all([watch.state('e1', 'up', 30_000), watch.state('e2', 'up')]);
    expect(watch.statesOf('e1').map(({ to }) => to)).not.toContain('down');
  }, 60_000);
});
