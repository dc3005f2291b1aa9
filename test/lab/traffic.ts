import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { ClusterPlan, LabPlan } from './plan';
import { pythonCommand } from './requirements';
import { systemEnvironment } from './system-command';

const program = path.join(path.dirname(fileURLToPath(import.meta.url)), 'client', 'traffic.py');
const countsSchema = z.object({ answered: z.int(), failed: z.int() });

/** Starts the users of one cluster IP, in the client's namespace. They end with the namespace. */
export function startTraffic(plan: LabPlan, cluster: ClusterPlan): void {
  const users = [
    program,
    cluster.clusterIp,
    String(plan.options.trafficPerSecond),
    countsFile(plan, cluster),
  ];
  spawn('ip', ['netns', 'exec', cluster.clientNamespace, pythonCommand(), ...users], {
    env: systemEnvironment,
    detached: true,
    stdio: 'ignore',
  }).unref();
}

/** How many requests were answered through the cluster IP and how many were not; null before the first second. */
export function trafficCounts(plan: LabPlan, cluster: ClusterPlan): z.infer<typeof countsSchema> | null {
  const file = countsFile(plan, cluster);
  return existsSync(file) ? countsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

function countsFile(plan: LabPlan, cluster: ClusterPlan): string {
  return path.join(plan.folder, 'edges', `${cluster.name}-traffic.json`);
}
