import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Inventory } from '../../../domain/inventory/inventory';
import type { StepNumbers } from '../../../domain/past/step-judgement';
import { systemClock } from '../../../monitor/base/clock';
import { PrometheusApi } from '../../../monitor/prometheus/api';
import { recordedMs, recordedSteps } from '../../../monitor/prometheus/step-queries';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import { readSourcePast } from '../../../monitor/usecases/source-past';
import { importBlocks, type FleetEdge } from './fleet-blocks';

const yearMs = 365 * 86_400_000;
const rounds = 5;
/** The active LB changes this often. */
const moveEveryMs = 11 * 86_400_000;

/** Blocks with a year of what the recording rules make of these edges of one cluster, whose LBs take turns. */
export async function writeYearBlocks(
  folder: string,
  edges: readonly FleetEdge[],
  endMs: number,
): Promise<void> {
  const file = path.join(folder, 'year.om');
  const text = createWriteStream(file);
  for (const [key, name] of Object.entries(recordedSteps) as [keyof StepNumbers, string][]) {
    for (const { edge, cluster, place } of edges) {
      const series = `${name}{edge="${edge}",cluster="${cluster}"}`;
      const lines: string[] = [];
      for (let atMs = endMs - yearMs; atMs <= endMs; atMs += recordedMs)
        lines.push(`${series} ${valueAt(key, atMs, place, edges.length)} ${atMs / 1000}\n`);
      if (!text.write(lines.join(''))) await once(text, 'drain');
    }
  }
  text.end('# EOF\n');
  await once(text, 'finish');
  importBlocks(file, folder, ['--max-block-duration=4374h']);
  rmSync(file);
}

function valueAt(key: keyof StepNumbers, atMs: number, place: number, edges: number): number {
  const turn = Math.floor(atMs / moveEveryMs) % edges;
  const values: Record<keyof StepNumbers, number> = {
    ...{ answersMin: 1, answersMax: 1, scrapes: 20, faultsMin: 0, faultsMax: 0, roleSamples: 20 },
    ...{ roleMin: place === turn ? 2 : 1, roleMax: place === turn ? 2 : 1 },
  };
  return values[key];
}

/** What the timeline of a year of a cluster takes, which this Heron did not watch. */
export interface YearMeasure {
  /** The median of the rounds: all queries, judging every step, and the lanes. */
  yearTimelineMs: number;
  yearStepHours: number;
  yearQueries: number;
  /** The longest time that the process could do nothing else. */
  yearBlockedMs: number;
  yearAnswerKb: number;
}

export async function measureYear(inventory: Inventory, endMs: number): Promise<YearMeasure> {
  const [cluster] = inventory.clusters;
  const range = { fromMs: endMs - yearMs, toMs: endMs };
  const gap = { ...range, reason: 'not-running' as const, words: '', clusterIds: null };
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const times: number[] = [];
  let [queries, kilobytes, stepMs] = [0, 0, 0];
  for (let round = 0; round < rounds; round += 1) {
    const apis: PrometheusApi[] = [];
    delay.enable();
    const startedMs = performance.now();
    const past = await readSourcePast(
      { inventory, history: { gaps: () => Promise.resolve([gap]) } },
      { ...range, rowIds: [cluster?.id ?? ''] },
      {
        clock: systemClock,
        apiOf: (source) => {
          const api = new PrometheusApi(source, environmentSecrets({}));
          apis.push(api);
          return api;
        },
      },
    );
    times.push(performance.now() - startedMs);
    delay.disable();
    const states = past.lanes.find(({ kind }) => kind === 'cluster-health')?.states ?? [];
    if (past.notes.length > 0 || states.filter((state) => state === 'up').length < yearMs / moveEveryMs - 1)
      throw new Error(`The year is incomplete: ${past.notes[0]?.words ?? states.join(' ')}`);
    queries = apis.reduce((sum, { requests }) => sum + requests, 0);
    kilobytes = JSON.stringify(past).length / 1024;
    stepMs = past.parts[0]?.stepMs ?? NaN;
  }
  return {
    yearTimelineMs: Math.round(times.toSorted((a, b) => a - b)[Math.floor(rounds / 2)] ?? NaN),
    yearStepHours: stepMs / 3_600_000,
    yearQueries: queries,
    yearBlockedMs: Math.round(delay.max / 1e6),
    yearAnswerKb: Math.round(kilobytes),
  };
}
