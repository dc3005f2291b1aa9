import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { configureEdge, waitFor } from './edge';
import type { FaultKind } from './fault-kinds';
import { currentMaster, makeFault, restore, startEdge } from './faults';
import { labInventory, passwordVariables } from './inventory';
import { buildNetwork } from './network';
import { labOptionsSchema, type LabOptions } from './options';
import { allEdges, makePlan, type ClusterPlan, type EdgePlan, type LabPlan } from './plan';
import { claimLab, type LabRecord } from './record';
import type { SnmpSecrets } from './snmpd-config';
import { removeLab, removeStaleLabs } from './teardown';
import { startTraffic } from './traffic';
import { trueHistory, type TrueHistory } from './true-history';
import { isRoleLine, readTruth, truthFile, type TruthLine } from './truth';

/** A lab that is up. */
export interface Lab {
  plan: LabPlan;
  /** The environment that the inventory's credential needs. */
  environment: Record<string, string>;
  inventoryFile: string;
  /** Makes a fault; `edge`: a name, `@master` (also when left out) or `@backup`. Returns the edge, null for a split. */
  fault(kind: FaultKind, edge?: string, seconds?: number): Promise<string | null>;
  restore(edge?: string): Promise<void>;
  truth(): TruthLine[];
  /** What truly happened in one cluster up to now. */
  history(cluster?: string): TrueHistory;
  /** The name of the active LB, by the ground truth. */
  master(cluster?: string): string | null;
  down(): Promise<void>;
}

/**
 * Builds a lab and waits until every cluster has elected its one master. It belongs to this process: when the process
 * dies, the next `up` or `down` of anybody removes it. On any failure nothing is left behind.
 * @param folder where the lab keeps its files; null: a folder of its own that goes with it
 */
export async function startLab(
  options: Partial<LabOptions> = {},
  folder: string | null = null,
): Promise<{ lab: Lab; record: LabRecord }> {
  const complete = labOptionsSchema.parse(options);
  if (folder !== null) checkFolder(folder);
  await removeStaleLabs();
  const record = claimLab(folder, complete);
  try {
    const plan = makePlan(record.id, record.folder, complete);
    writeLabFiles(plan);
    await buildNetwork(plan);
    const starts = plan.clusters.flatMap((cluster) =>
      cluster.edges.map((edge) => startEdge(plan, cluster, edge)),
    );
    await Promise.all(starts);
    if (complete.trafficPerSecond > 0) for (const cluster of plan.clusters) startTraffic(plan, cluster);
    await waitForElections(plan);
    return { lab: openLab(record), record };
  } catch (error) {
    await removeLab(record.id);
    throw error;
  }
}

/** A lab that is already up, by its record. */
export function openLab(record: LabRecord): Lab {
  const plan = makePlan(record.id, record.folder, record.options);
  const clusterNamed = (name?: string): ClusterPlan =>
    oneNamed('cluster', plan.clusters, name ?? plan.clusters[0]?.name ?? '');
  return {
    plan,
    environment: readEnvironment(record.folder),
    inventoryFile: path.join(record.folder, 'inventory.json'),
    async fault(kind, name, seconds) {
      const edge = kind === 'split' && name === undefined ? null : chooseEdge(plan, name ?? '@master');
      const cluster = clusterNamed(edge?.cluster);
      await makeFault(kind, { plan, cluster, edge }, seconds);
      return edge?.name ?? null;
    },
    restore: (name) => restore(plan, name === undefined ? null : chooseEdge(plan, name)),
    truth: () => readTruth(plan.folder),
    history(name) {
      const cluster = clusterNamed(name);
      const changes = readTruth(plan.folder).filter(isRoleLine);
      return trueHistory(
        changes.filter((change) => change.cluster === cluster.name),
        Date.now(),
      );
    },
    master: (name) => currentMaster(plan, clusterNamed(name))?.name ?? null,
    down: () => removeLab(record.id),
  };
}

/** A name, or `@master` or `@backup` of the first cluster, or `CLUSTER@master`. */
function chooseEdge(plan: LabPlan, name: string): EdgePlan {
  const [clusterName = '', place] = name.split('@');
  if (place === undefined) return oneNamed('edge', allEdges(plan), name);
  const cluster = oneNamed('cluster', plan.clusters, clusterName || (plan.clusters[0]?.name ?? ''));
  const master = currentMaster(plan, cluster);
  const chosen = place === 'backup' ? cluster.edges.find((edge) => edge !== master) : master;
  if (!chosen || !['master', 'backup'].includes(place)) {
    throw new Error(`No ${place} in ${cluster.name} now; name an edge with --edge.`);
  }
  return chosen;
}

function oneNamed<T extends { name: string }>(kind: string, list: T[], name: string): T {
  const found = list.find((entry) => entry.name === name);
  if (found) return found;
  throw new Error(`No ${kind} "${name}"; there is ${list.map((entry) => entry.name).join(', ')}.`);
}

/** Paths are written into snmpd's and bash's files: plain ones only. */
function checkFolder(folder: string): void {
  if (!/^\/[\w@%+=:,./-]*$/.test(folder))
    throw new Error(`--dir ${folder}: use a path without spaces and quotes.`);
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new Error(`--dir ${folder} is not empty.`);
}

function writeLabFiles(plan: LabPlan): void {
  mkdirSync(plan.folder, { recursive: true, mode: 0o700 });
  const secrets: SnmpSecrets = { authPassword: newPassword(), privPassword: newPassword() };
  const environment = {
    [passwordVariables.auth]: secrets.authPassword,
    [passwordVariables.priv]: secrets.privPassword,
  };
  const write = (name: string, text: string): void =>
    writeFileSync(path.join(plan.folder, name), text, { mode: 0o600 });
  write(
    'lab.env',
    Object.entries(environment)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  write('carp-secret', `${newPassword()}\n`);
  write('inventory.json', `${JSON.stringify(labInventory(plan), null, 2)}\n`);
  writeFileSync(truthFile(plan.folder), '');
  for (const cluster of plan.clusters) {
    for (const edge of cluster.edges) {
      mkdirSync(edge.folder, { recursive: true });
      configureEdge(plan, cluster, edge, secrets);
    }
  }
}

/** 16 characters: SNMPv3 wants at least 8, ucarp takes at most 20. */
function newPassword(): string {
  return randomBytes(8).toString('hex');
}

function readEnvironment(folder: string): Record<string, string> {
  const lines = readFileSync(path.join(folder, 'lab.env'), 'utf8').trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split('=', 2) as [string, string]));
}

/** An election is over when one LB alone has been master for longer than a take-over takes. */
async function waitForElections(plan: LabPlan): Promise<void> {
  const { advbaseSeconds, edges } = plan.options;
  const settleMs = 2000 * advbaseSeconds;
  const elected = (cluster: ClusterPlan): boolean => {
    const changes = readTruth(plan.folder).filter(isRoleLine);
    const ours = changes.filter((change) => change.cluster === cluster.name);
    const lastMs = ours.at(-1)?.timeMs ?? Date.now();
    if (ours.length < edges || Date.now() - lastMs < settleMs) return false;
    const roles = new Map(ours.map((change) => [change.edge, change.role]));
    return [...roles.values()].filter((role) => role === 'master').length === 1;
  };
  const words = `no single master was elected; see ${plan.folder}/edges/*/ucarp.log`;
  await waitFor(() => plan.clusters.every(elected), 20_000 + 10_000 * advbaseSeconds, words);
}
