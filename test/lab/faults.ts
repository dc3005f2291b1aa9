import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  isPowered,
  powerOff,
  powerOn,
  serviceProcesses,
  startServices,
  waitFor,
  wantedServices,
  type Service,
} from './edge';
import type { FaultKind } from './fault-kinds';
import { healSwitch, setPorts, splitSwitch } from './network';
import { edgeInterfaces, serviceInterfaces, type ClusterPlan, type EdgePlan, type LabPlan } from './plan';
import { signalAll } from './processes';
import { tryCommand } from './system-command';
import { isRoleLine, readTruth, writeTruth } from './truth';
import { healthyVendorValues, writeVendorValues } from './vendor-values';

/** How long a rebooting edge is silent unless told otherwise. */
const rebootSeconds = 5;

/** Where a fault goes. */
export interface FaultPlace {
  plan: LabPlan;
  cluster: ClusterPlan;
  /** For a split: null is "the first half". */
  edge: EdgePlan | null;
}

/** Makes a fault and records it in the ground truth. Returns when it has taken effect (a reboot: when it is over). */
export async function makeFault(kind: FaultKind, place: FaultPlace, seconds = rebootSeconds): Promise<void> {
  const { plan, cluster, edge } = place;
  await recorded(plan, cluster, edge, kind, async () => {
    if (kind === 'split') return splitSwitch(cluster, edge ? [edge] : firstHalf(cluster));
    if (edge === null) throw new Error(`${kind} needs an edge`);
    await edgeFault[kind](place.plan, cluster, edge, seconds);
  });
}

type EdgeFault = (plan: LabPlan, cluster: ClusterPlan, edge: EdgePlan, seconds: number) => Promise<void>;

const edgeFault: Record<Exclude<FaultKind, 'split'>, EdgeFault> = {
  'lb-dies': (_plan, _cluster, edge) => endService(edge, 'load-balancer', 'SIGKILL'),
  'lb-stops': (_plan, _cluster, edge) => endService(edge, 'load-balancer', 'SIGTERM'),
  'snmpd-stop': (_plan, _cluster, edge) => endService(edge, 'snmpd', 'SIGTERM'),
  'proxy-dies': (_plan, _cluster, edge) => endService(edge, 'responder', 'SIGKILL'),
  'link-cut': (_plan, cluster, edge) => setPorts(cluster, edge, serviceInterfaces, false),
  'management-cut': (_plan, cluster, edge) => setPorts(cluster, edge, ['mgmt'], false),
  'edge-dies': cutPower,
  reboot: async (plan, cluster, edge, seconds) => {
    await endService(edge, 'load-balancer', 'SIGTERM');
    // An orderly end lets snmpd keep its boots counter, which the next start raises (RFC 3414).
    await endService(edge, 'snmpd', 'SIGTERM');
    await cutPower(plan, cluster, edge);
    await delay(seconds * 1000);
    await startEdge(plan, cluster, edge);
  },
  'cloud-lost': async (_plan, _cluster, edge) =>
    writeVendorValues(edge.folder, { ...healthyVendorValues, caConnectivity: 4, loggingConnectivity: 7 }),
  'cpu-high': async (_plan, _cluster, edge) =>
    writeVendorValues(edge.folder, { ...healthyVendorValues, cpuHundredths: 9700 }),
};

/** Puts everything right: power, links, services, splits; of one edge, or of the whole lab. */
export async function restore(plan: LabPlan, only: EdgePlan | null): Promise<void> {
  const clusterOf = plan.clusters.find((cluster) => cluster.name === only?.cluster) ?? null;
  await recorded(plan, clusterOf, only, 'restore', async () => {
    for (const cluster of clusterOf ? [clusterOf] : plan.clusters) {
      await healSwitch(cluster);
      for (const edge of only ? [only] : cluster.edges) await startEdge(plan, cluster, edge);
    }
  });
}

/** Power, links, healthy values and every service that should run; what is there already is left alone. */
export async function startEdge(plan: LabPlan, cluster: ClusterPlan, edge: EdgePlan): Promise<void> {
  if (!(await isPowered(edge))) await powerOn(edge);
  await setPorts(cluster, edge, edgeInterfaces, true);
  writeVendorValues(edge.folder, healthyVendorValues);
  await startServices(edge, wantedServices(plan));
}

/** Who is master now, by the ground truth; with several, the one that became it last. */
export function currentMaster(plan: LabPlan, cluster: ClusterPlan): EdgePlan | null {
  const lastRole = new Map<string, string>();
  const order: string[] = [];
  for (const line of readTruth(plan.folder).filter(isRoleLine)) {
    lastRole.set(line.edge, line.role);
    if (line.role === 'master') order.push(line.edge);
  }
  const name = order.findLast(
    (edge) => lastRole.get(edge) === 'master' && edge.startsWith(`${cluster.name}-`),
  );
  return cluster.edges.find((edge) => edge.name === name) ?? null;
}

function firstHalf(cluster: ClusterPlan): EdgePlan[] {
  return cluster.edges.slice(0, Math.floor(cluster.edges.length / 2));
}

async function endService(edge: EdgePlan, service: Service, signal: NodeJS.Signals): Promise<void> {
  signalAll(await serviceProcesses(edge, service), signal);
  const ended = async (): Promise<boolean> => (await serviceProcesses(edge, service)).length === 0;
  await waitFor(ended, 5000, `${service} of ${edge.name} does not end`);
  // Its supervisor says `init`; what follows may rely on that.
  const saidInit = (): boolean => readFileSync(path.join(edge.folder, 'role'), 'utf8').trim() === 'init';
  if (service === 'load-balancer')
    await waitFor(saidInit, 2000, `${edge.name} does not tell that its LB ended`);
}

/** Nobody inside can tell the truth about a power cut: the lab does, and clears what a real machine would forget. */
async function cutPower(plan: LabPlan, cluster: ClusterPlan, edge: EdgePlan): Promise<void> {
  await powerOff(edge);
  const timeMs = Date.now();
  await setPorts(cluster, edge, edgeInterfaces, false);
  await tryCommand('ip', ['-n', edge.namespace, 'address', 'del', `${cluster.clusterIp}/32`, 'dev', 'lb']);
  const roleFile = path.join(edge.folder, 'role');
  if (readFileSync(roleFile, 'utf8').trim() === 'init') return;
  writeFileSync(roleFile, 'init\n');
  writeTruth(plan.folder, { timeMs, cluster: cluster.name, edge: edge.name, role: 'init' });
}

async function recorded(
  plan: LabPlan,
  cluster: ClusterPlan | null,
  edge: EdgePlan | null,
  fault: FaultKind | 'restore',
  act: () => Promise<void>,
): Promise<void> {
  const timeMs = Date.now();
  await act();
  const place = { cluster: cluster?.name ?? null, edge: edge?.name ?? null };
  writeTruth(plan.folder, { timeMs, endMs: Date.now(), ...place, fault });
}
