import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { SnmpEngine } from '../../../demo/agent/engine';
import { ObjectTable } from '../../../demo/agent/object-table';
import { UdpAgent } from '../../../demo/agent/udp-agent';
import { passwordKey } from '../../../demo/agent/usm';
import { demoPasswords } from '../../../monitor/secrets/demo-passwords';
import { edgeKinds, ownObjects, sharedObjects, type EdgeKind } from './edge-objects';
import { addressesOf, edgeName, isMaster, user } from './fleet';

const agentsPerProcess = 4_000;
const engineStartMs = Date.now() - 864_000_000;
const agentsArgument = '--agents-of';

/** The agents of all edges, in processes of their own. */
export interface BenchAgents {
  /** UDP ports on 127.0.0.1, one an edge, in the edges' order. */
  ports: number[];
  /** User and system CPU time of all agent processes so far, microseconds. */
  cpuMicros(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts `edges` agents by starting this very program again, `program`, as often as needed. */
export async function startAgents(edges: number, kind: EdgeKind, program: string): Promise<BenchAgents> {
  const children: ChildProcess[] = [];
  const parts: Promise<number[]>[] = [];
  for (let from = 0; from < edges; from += agentsPerProcess) {
    const to = Math.min(edges, from + agentsPerProcess);
    const child = fork(program, [agentsArgument, String(from), String(to), kind], { execArgv: [] });
    children.push(child);
    const died = once(child, 'exit').then((): never => {
      throw new Error('Agents ended early: is another fleet using up the loopback ports?');
    });
    const listening = once(child, 'message').then(([ports]) => ports as number[]);
    parts.push(Promise.race([listening, died]));
    died.catch(() => undefined);
  }
  const ports = (await Promise.all(parts)).flat();
  return {
    ports,
    async cpuMicros() {
      const answers = children.map((child) => once(child, 'message').then(([micros]) => micros as number));
      for (const child of children) child.send('cpu');
      return (await Promise.all(answers)).reduce((sum, micros) => sum + micros, 0);
    },
    async stop() {
      const ended = children.map((child) => once(child, 'exit'));
      for (const child of children) child.disconnect();
      await Promise.all(ended);
    },
  };
}

/** Runs this process as agents when it was started as that. False: it was not. */
export async function ranAsAgents(args: readonly string[]): Promise<boolean> {
  if (args[0] !== agentsArgument) return false;
  const authKey = passwordKey(demoPasswords.HERON_DEMO_AUTH);
  const privKey = passwordKey(demoPasswords.HERON_DEMO_PRIV);
  const kind = edgeKinds.find((one) => one === args[3]) ?? edgeKinds[0];
  const shared = { master: sharedObjects(kind, true), backup: sharedObjects(kind, false) };
  const clock = { boots: () => 1, time: (nowMs: number) => Math.floor((nowMs - engineStartMs) / 1000) };
  const ports: number[] = [];
  for (let number = Number(args[1]); number < Number(args[2]); number += 1) {
    const id = Buffer.concat([Buffer.from('80001f8804', 'hex'), Buffer.from(edgeName(number), 'utf8')]);
    const engine = new SnmpEngine(id, { name: user, authKey, privKey }, clock);
    const alike = isMaster(number) ? shared.master : shared.backup;
    const own = ownObjects(kind, edgeName(number), addressesOf(number));
    const table = new ObjectTable([...alike, ...own]);
    const agent = await UdpAgent.listen({ engine, table, now: Date.now, answers: () => true });
    ports.push(agent.port);
  }
  process.send?.(ports);
  process.on('message', () => {
    const { user: inUser, system } = process.cpuUsage();
    process.send?.(inUser + system);
  });
  await once(process, 'disconnect');
  process.exit(0);
}
