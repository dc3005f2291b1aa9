import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterPlan, EdgePlan, LabPlan } from './plan';
import { killAllIn, processesIn, type LabProcess } from './processes';
import { pythonCommand } from './requirements';
import { snmpdConfig, trapSenderConfig, type SnmpSecrets } from './snmpd-config';
import { runCommand, systemEnvironment } from './system-command';
import { truthFile } from './truth';
import { healthyVendorValues, writeVendorValues } from './vendor-values';

/** The programs that run inside an edge. */
export const edgePrograms = path.join(path.dirname(fileURLToPath(import.meta.url)), 'edge');

export const services = ['load-balancer', 'snmpd', 'responder', 'balancer'] as const;
export type Service = (typeof services)[number];

/** How a running service is told from the others. The LB is ucarp: its supervisor alone is not an LB. */
const isService: Record<Service, (found: LabProcess) => boolean> = {
  'load-balancer': ({ name }) => name === 'ucarp',
  snmpd: ({ name }) => name === 'snmpd',
  responder: ({ command }) => command.some((word) => word.endsWith('/responder.py')),
  balancer: ({ command }) => command.some((word) => word.endsWith('/balancer.py')),
};

/** The processes of one service. */
export async function serviceProcesses(edge: EdgePlan, service: Service): Promise<LabProcess[]> {
  return (await processesIn(edge.namespace)).filter(isService[service]);
}

/** The services an edge should run. Balancing needs processor time: it runs where there is traffic to balance. */
export function wantedServices(plan: LabPlan): Service[] {
  return services.filter((service) => service !== 'balancer' || plan.options.trafficPerSecond > 0);
}

/** Writes what an edge's programs read. Files with passwords are the owner's alone. */
export function configureEdge(
  plan: LabPlan,
  cluster: ClusterPlan,
  edge: EdgePlan,
  secrets: SnmpSecrets,
): void {
  const write = (name: string, text: string): void =>
    writeFileSync(path.join(edge.folder, name), text, { mode: 0o600 });
  mkdirSync(path.join(edge.folder, 'persistent'), { recursive: true, mode: 0o700 });
  const { advbaseSeconds, preempt } = plan.options;
  const variables: Record<string, string | number> = {
    EDGE: edge.name,
    CLUSTER: cluster.name,
    CLUSTER_IP: cluster.clusterIp,
    LB_IP: edge.lbIp,
    VHID: cluster.vhid,
    ADVBASE: advbaseSeconds,
    ADVSKEW: edge.advskew,
    PREEMPT: preempt ? 'yes' : 'no',
    CARP_SECRET_FILE: path.join(plan.folder, 'carp-secret'),
    TRUTH: truthFile(plan.folder),
    POLLER: `${cluster.pollerIp}:${plan.options.trapPort ?? 0}`,
  };
  write(
    'edge.env',
    Object.entries(variables)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  write('snmpd.conf', snmpdConfig(plan, cluster, edge, secrets, edgePrograms));
  if (plan.options.trapPort !== null) {
    mkdirSync(path.join(edge.folder, 'trap'), { recursive: true, mode: 0o700 });
    write('trap/snmp.conf', trapSenderConfig(edge, secrets));
  }
  write('role', 'init\n');
  const { name, advskew } = edge;
  write('edge.json', JSON.stringify({ name, vhid: cluster.vhid, advbase: advbaseSeconds, advskew }));
  write('balancer.json', JSON.stringify({ ...edge, clusterIp: cluster.clusterIp, edges: cluster.edges }));
  writeVendorValues(edge.folder, healthyVendorValues);
  chmodSync(edge.folder, 0o700);
}

/** Switches an edge's power on: its own process, host and mount namespaces inside the network namespace, no services. */
export async function powerOn(edge: EdgePlan): Promise<void> {
  const booted = path.join(edge.folder, 'booted');
  rmSync(booted, { force: true });
  const inside = [
    'unshare',
    '--pid',
    '--fork',
    '--kill-child',
    '--uts',
    '--mount-proc',
    '--propagation',
    'slave',
  ];
  const init = path.join(edgePrograms, 'init.sh');
  spawn('ip', ['netns', 'exec', edge.namespace, ...inside, init, edge.name, edge.folder], {
    env: systemEnvironment,
    detached: true,
    stdio: 'ignore',
  }).unref();
  await waitFor(() => existsSync(booted), 5000, `${edge.name} does not start`);
}

/** Takes an edge's power away: every process of it ends at the same time. */
export async function powerOff(edge: EdgePlan): Promise<void> {
  await killAllIn(edge.namespace);
}

/** Whether the edge has power. */
export async function isPowered(edge: EdgePlan): Promise<boolean> {
  return (await initProcess(edge)) !== null;
}

/** Starts the services that are wanted and not running. Returns once each is there. */
export async function startServices(edge: EdgePlan, wanted: readonly Service[]): Promise<void> {
  const init = await initProcess(edge);
  if (init === null) throw new Error(`${edge.name} has no power`);
  for (const service of wanted) {
    if ((await serviceProcesses(edge, service)).length > 0) continue;
    const enter = ['--target', String(init.pid), '--mount', '--uts', '--net', '--pid'];
    const start = [path.join(edgePrograms, 'start-service.sh'), edge.folder, service, pythonCommand()];
    await runCommand('nsenter', [...enter, ...start]);
    const runs = async (): Promise<boolean> => (await serviceProcesses(edge, service)).length > 0;
    await waitFor(runs, 5000, `${service} of ${edge.name} does not start; see ${edge.folder}`);
  }
}

async function initProcess(edge: EdgePlan): Promise<LabProcess | null> {
  const found = await processesIn(edge.namespace);
  return found.find(({ pid, innerPid }) => innerPid === 1 && pid !== 1) ?? null;
}

/** Waits until a condition holds; throws `words` when it does not within `deadlineMs`. */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  deadlineMs: number,
  words: string,
): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`${words} (waited ${deadlineMs / 1000} s)`);
    await delay(25);
  }
}
