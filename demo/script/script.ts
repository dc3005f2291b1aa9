import { z } from 'zod';
import { pick, randomFor, wholeBetween, type RandomSource } from '../random/seed';
import { faultRequestSchema, rollingUpdateSeconds, type FaultRequest } from '../faults/fault';

/** A fault and its time, counted from the demo's start. */
export interface ScriptStep {
  atSeconds: number;
  request: FaultRequest;
}

/** A script file: `{"steps":[{"atSeconds":15,"kind":"lb-dies","cluster":"fra-01","forSeconds":45}]}`. */
const scriptSchema = z.strictObject({
  steps: z.array(faultRequestSchema.extend({ atSeconds: z.number().min(0).max(10_000_000) })).max(10_000),
});

/** A script that cannot be used; the message says where and what to do. */
export class ScriptError extends Error {}

/** Parses a script file's text; steps come back in order of time. Throws ScriptError. */
export function parseScript(text: string): ScriptStep[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ScriptError(
      `The script is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  const parsed = scriptSchema.safeParse(json);
  if (!parsed.success) {
    const first = parsed.error.issues[0];
    throw new ScriptError(
      `The script is wrong at ${first?.path.join('.') ?? 'its top'}: ${first?.message ?? 'unknown'}`,
    );
  }
  return parsed.data.steps
    .map(({ atSeconds, ...request }) => ({ atSeconds, request }))
    .sort((a, b) => a.atSeconds - b.atSeconds);
}

const firstFaultSeconds = 15;
const firstFaultForSeconds = 45;
/** Min. and max. seconds between faults, after the first two. */
const pauseSeconds = [35, 80] as const;

interface Choice {
  kind: FaultRequest['kind'];
  edge: FaultRequest['edge'];
  seconds: readonly [number, number];
}

const choices: Choice[] = [
  { kind: 'edge-dies', edge: '@backup', seconds: [60, 180] },
  { kind: 'edge-dies', edge: '@master', seconds: [60, 150] },
  { kind: 'lb-dies', edge: '@master', seconds: [40, 120] },
  { kind: 'link-cut', edge: '@master', seconds: [40, 100] },
  { kind: 'split', edge: undefined, seconds: [40, 90] },
  { kind: 'reboot', edge: '@backup', seconds: [20, 45] },
  { kind: 'imbalance', edge: '@backup', seconds: [120, 240] },
  { kind: 'cpu-high', edge: '@backup', seconds: [60, 150] },
  { kind: 'proxy-dies', edge: '@backup', seconds: [50, 120] },
  { kind: 'disabled-by-administrator', edge: '@master', seconds: [50, 100] },
  { kind: 'demoted', edge: '@master', seconds: [40, 80] },
];

/** Steps between rolling updates, and the largest cluster updated: larger ones would take hours. */
const rollingUpdateEvery = 9;
const rollingUpdateMostEdges = 6;
const rollingUpdateSilentSeconds = 15;
/** Min. time between two faults of a cluster. */
const calmSeconds = 30;

/** A cluster as the default script needs it. */
export interface ScriptCluster {
  name: string;
  edges: number;
}

/**
 * The default script: after 15 s the active LB of the first cluster dies for 45 s; then, endlessly, one fault after another, each in
 * another cluster and at most two at a time, so that most clusters are healthy. A rolling update comes now and then. The same
 * seed gives the same script.
 */
export function* defaultScript(seed: number, clusters: readonly ScriptCluster[]): Generator<ScriptStep> {
  const random = randomFor(seed, 'script');
  const first = clusters[0]?.name ?? '';
  yield {
    atSeconds: firstFaultSeconds,
    request: { kind: 'lb-dies', cluster: first, edge: '@master', forSeconds: firstFaultForSeconds },
  };
  /** When each cluster is healthy again. */
  const calmAt = new Map<string, number>([[first, firstFaultSeconds + firstFaultForSeconds + calmSeconds]]);
  let atSeconds = firstFaultSeconds;
  for (let number = 1; ; number++) {
    atSeconds += wholeBetween(random, ...pauseSeconds);
    const busy = [...calmAt.values()].filter((until) => until > atSeconds).sort((a, b) => b - a);
    atSeconds = Math.max(atSeconds, busy[1] ?? 0);
    const calm = clusters.filter((cluster) => (calmAt.get(cluster.name) ?? 0) <= atSeconds);
    const small = calm.filter((cluster) => cluster.edges <= rollingUpdateMostEdges);
    const rolling = number % rollingUpdateEvery === 0 && small.length > 0;
    if (calm.length === 0) continue;
    const { name: cluster, edges } = pick(random, rolling ? small : calm);
    const { lasts, ...fault } = rolling ? rollingUpdate(edges) : chosenFault(random);
    calmAt.set(cluster, atSeconds + lasts + calmSeconds);
    yield { atSeconds, request: { cluster, ...fault } };
  }
}

type ScriptFault = Pick<FaultRequest, 'kind' | 'edge' | 'forSeconds'> & { lasts: number };

function rollingUpdate(edges: number): ScriptFault {
  const forSeconds = rollingUpdateSilentSeconds;
  return { kind: 'rolling-update', forSeconds, lasts: rollingUpdateSeconds(edges, forSeconds) };
}

function chosenFault(random: RandomSource): ScriptFault {
  const { kind, edge, seconds } = pick(random, choices);
  const forSeconds = wholeBetween(random, ...seconds);
  return { kind, ...(edge === undefined ? {} : { edge }), forSeconds, lasts: forSeconds };
}
