import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { services, serviceProcesses, wantedServices } from './edge';
import { allEdges, edgeInterfaces, switchPort, type ClusterPlan, type EdgePlan, type LabPlan } from './plan';
import { runCommand } from './system-command';
import { trafficCounts } from './traffic';

/** How an edge is doing, as the lab itself sees it. */
export interface EdgeStatus {
  name: string;
  role: string;
  /** Services that should run and do not. */
  missing: string[];
  /** Cables that are pulled. */
  cut: string[];
}

export interface ClusterStatus {
  name: string;
  clusterIp: string;
  edges: EdgeStatus[];
  traffic: { answered: number; failed: number } | null;
}

const linksSchema = z.array(z.object({ ifname: z.string(), flags: z.array(z.string()) }));

export async function labStatus(plan: LabPlan): Promise<ClusterStatus[]> {
  return Promise.all(
    plan.clusters.map(async (cluster) => {
      const up = await portsThatAreUp(cluster);
      const edges = await Promise.all(cluster.edges.map((edge) => edgeStatus(plan, edge, up)));
      const { name, clusterIp } = cluster;
      return { name, clusterIp, edges, traffic: trafficCounts(plan, cluster) };
    }),
  );
}

async function edgeStatus(plan: LabPlan, edge: EdgePlan, up: Set<string>): Promise<EdgeStatus> {
  const wanted = wantedServices(plan);
  const running = await Promise.all(
    services.map(async (service) => ((await serviceProcesses(edge, service)).length > 0 ? [service] : [])),
  );
  return {
    name: edge.name,
    role: readFileSync(path.join(edge.folder, 'role'), 'utf8').trim(),
    missing: wanted.filter((service) => !running.flat().includes(service)),
    cut: edgeInterfaces.filter((cable) => !up.has(switchPort(edge, cable))),
  };
}

async function portsThatAreUp(cluster: ClusterPlan): Promise<Set<string>> {
  const listed = await runCommand('ip', ['-n', cluster.switchNamespace, '-j', 'link', 'show']);
  const links = linksSchema.parse(JSON.parse(listed));
  return new Set(links.filter(({ flags }) => flags.includes('UP')).map(({ ifname }) => ifname));
}

/** The status as a person reads it. */
export function statusInWords(plan: LabPlan, clusters: ClusterStatus[]): string {
  const width = Math.max(...allEdges(plan).map((edge) => edge.name.length));
  const lines = clusters.flatMap((cluster) => [
    `${cluster.name}  cluster IP ${cluster.clusterIp}${trafficInWords(cluster)}`,
    ...cluster.edges.map((edge) => {
      const faults = [
        ...edge.missing.map((service) => `${service} is not running`),
        ...edge.cut.map((cable) => `${cable} is cut`),
      ];
      return `  ${edge.name.padEnd(width)}  ${edge.role.padEnd(6)}  ${faults.join(', ') || 'ok'}`;
    }),
  ]);
  return [`Lab ${plan.id} in ${plan.folder}`, ...lines].join('\n');
}

function trafficInWords({ traffic }: ClusterStatus): string {
  return traffic === null ? '' : `, ${traffic.answered} requests answered, ${traffic.failed} failed`;
}
