import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClusterPlan, LabPlan } from './plan';
import { pythonCommand } from './requirements';
import { systemEnvironment } from './system-command';

const program = path.join(path.dirname(fileURLToPath(import.meta.url)), 'client', 'outages.py');
/** One failed connection may be the busy machine. */
const leastFailures = 3;

/** A time in which the users of a cluster IP were not served, as one of them measured it. UTC milliseconds. */
export interface ClientOutage {
  fromMs: number;
  toMs: number;
}

/** Starts a user of one cluster IP who measures outages. It ends with the client's namespace. */
export function startClient(plan: LabPlan, cluster: ClusterPlan): void {
  const user = [program, cluster.clusterIp, outcomesFile(plan, cluster)];
  spawn('ip', ['netns', 'exec', cluster.clientNamespace, pythonCommand(), ...user], {
    env: systemEnvironment,
    detached: true,
    stdio: 'ignore',
  }).unref();
}

/** The outages so far that are over, in order: from the first connection that failed to the first one that did not again. */
export function clientOutages(plan: LabPlan, cluster: ClusterPlan): ClientOutage[] {
  const outcomes = readOutcomes(outcomesFile(plan, cluster));
  const outages: ClientOutage[] = [];
  let failed: number[] = [];
  for (const { startedMs, accepted } of outcomes) {
    if (!accepted) failed.push(startedMs);
    else {
      const [fromMs] = failed;
      if (fromMs !== undefined && failed.length >= leastFailures) outages.push({ fromMs, toMs: startedMs });
      failed = [];
    }
  }
  return outages;
}

/** How many connections were accepted so far. */
export function acceptedCount(plan: LabPlan, cluster: ClusterPlan): number {
  return readOutcomes(outcomesFile(plan, cluster)).filter(({ accepted }) => accepted).length;
}

/** Connections end in another order than they began; the last ones may be unfinished. */
function readOutcomes(file: string): { startedMs: number; accepted: boolean }[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, startedMs, outcome] = /^(\d+\.\d) ([01])$/.exec(line) ?? [];
      return startedMs === undefined ? [] : [{ startedMs: Number(startedMs), accepted: outcome === '1' }];
    })
    .sort((a, b) => a.startedMs - b.startedMs);
}

function outcomesFile(plan: LabPlan, cluster: ClusterPlan): string {
  return path.join(plan.folder, 'edges', `${cluster.name}-outcomes.txt`);
}
