import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const built = fileURLToPath(new URL('../../../out/cli/heron.js', import.meta.url));

/** An edge of the demo fleet as its inventory file has it: what a person would type. */
export interface DemoEdge {
  name: string;
  proxyIp: string;
  lbIp: string;
  managementIp: string;
  snmp: { host: string; port: number };
  http: { url: string };
}

export interface DemoCluster {
  name: string;
  clusterIp: string;
  defaultGateway: string;
  edges: DemoEdge[];
}

/** A demo fleet in a process of its own: it stays when the app monitors something else. */
export interface SeparateDemo {
  clusters: DemoCluster[];
  inventoryFile: string;
  stop(): Promise<void>;
}

/** Starts a fleet without faults and waits until its edges answer. */
export async function startSeparateDemo(folder: string): Promise<SeparateDemo> {
  const directory = path.join(folder, 'fleet');
  const child = spawn(
    process.execPath,
    [built, 'demo', '--dir', directory, '--script', 'none', '--parent-stdin'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ready = new Promise<void>((resolve) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.includes('"demo-ready"')) resolve();
    });
  });
  await Promise.race([
    ready,
    ended.then(() => {
      throw new Error('The demo fleet ended before it was ready.');
    }),
  ]);
  const inventoryFile = path.join(directory, 'inventory.json');
  const { clusters } = JSON.parse(readFileSync(inventoryFile, 'utf8')) as { clusters: DemoCluster[] };
  return {
    clusters,
    inventoryFile,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
