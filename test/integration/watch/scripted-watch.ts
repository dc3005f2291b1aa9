import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { edgeAddresses } from '../../fixtures/snmp/scripted-agent/edge-agents';
import { scriptedCommunity, scriptedUser } from '../../fixtures/snmp/scripted-agent/agent-message';
import { RunningHeron, type Line } from '../cli/running-heron';

/** An edge to watch: its number in the cluster, from 1, and where its agent listens. */
export interface ScriptedEdge {
  name: string;
  number: number;
  agent: { port: number; address?: string };
  version?: '3' | '2c';
  /** Other fields of the edge in the inventory. */
  more?: object;
}

export interface ScriptedWatchOptions {
  /** Arguments after `watch --inventory FILE`. */
  args?: string[];
  /** Other fields of the cluster in the inventory. */
  cluster?: object;
  /** A program and its arguments that run heron. */
  within?: string[];
}

/** `heron watch`, the built command, on an inventory of scripted agents: one cluster named `lab`. */
export class ScriptedWatch {
  readonly heron: RunningHeron;
  private readonly folder = mkdtempSync(path.join(os.tmpdir(), 'heron-watch-'));

  constructor(
    edges: readonly ScriptedEdge[],
    { args = [], cluster = {}, within = [] }: ScriptedWatchOptions = {},
  ) {
    const file = path.join(this.folder, 'inventory.json');
    writeFileSync(file, JSON.stringify(inventoryOf(edges, cluster)));
    const all = ['watch', '--inventory', file, '--health-interval', '1', ...args];
    const environment = {
      HERON_SCRIPTED_AUTH: scriptedUser.auth,
      HERON_SCRIPTED_PRIV: scriptedUser.priv,
      HERON_SCRIPTED_COMMUNITY: scriptedCommunity,
    };
    this.heron = new RunningHeron(all, environment, within);
  }

  get lines(): readonly Line[] {
    return this.heron.lines;
  }

  /** The lines of an edge's states. */
  statesOf(edge: string): Line[] {
    return this.lines.filter((line) => line.type === 'edge-state' && line['edge'] === edge);
  }

  /** Waits until an edge has this state. */
  state(edge: string, to: string, deadlineMs = 20_000): Promise<Line> {
    const fits = (line: Line): boolean => this.statesOf(edge).at(-1) === line && line['to'] === to;
    return this.heron.line(`${edge} ${to}`, fits, deadlineMs);
  }

  /** Waits until an edge's LB has this role. */
  role(edge: string, to: string, deadlineMs = 20_000): Promise<Line> {
    const fits = (line: Line): boolean =>
      line.type === 'lb-role' && line['edge'] === edge && line['to'] === to;
    return this.heron.line(`${edge} ${to}`, fits, deadlineMs);
  }

  async end(): Promise<void> {
    await this.heron.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function inventoryOf(edges: readonly ScriptedEdge[], cluster: object): object {
  return {
    credentials: [
      {
        ...{ name: 'v3', version: '3', user: scriptedUser.name },
        auth: { protocol: 'sha1', passwordEnv: 'HERON_SCRIPTED_AUTH' },
        priv: { protocol: 'aes128', passwordEnv: 'HERON_SCRIPTED_PRIV' },
      },
      { name: 'v2c', version: '2c', communityEnv: 'HERON_SCRIPTED_COMMUNITY' },
    ],
    clusters: [
      {
        ...{
          name: 'lab',
          clusterIp: '10.20.16.100',
          subnetMask: '255.255.255.0',
          defaultGateway: '10.20.16.1',
        },
        ...cluster,
        edges: edges.map(({ name, number, agent, version = '3', more = {} }) => ({
          ...{ name, ...edgeAddresses(number), subscription: `SUB-${number}` },
          snmp: { host: agent.address ?? '127.0.0.1', port: agent.port, credential: `v${version}` },
          ...more,
        })),
      },
    ],
  };
}
