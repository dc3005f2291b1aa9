import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { randomFor } from '../../../demo/random/seed';
import type * as Vite from 'vite';
import type * as RealLab from '../../lab/real-lab';
import type { Lab } from '../../lab/real-lab';
import type * as Requirements from '../../lab/requirements';
import type { RoleLine, TruthLine } from '../../lab/truth';
import type { DemoRunOptions, RunResult } from './demo-run';
import { freeUdpPort } from './free-udp-port';
import { HeronWatch } from './heron-watch';
import { playAll, type Evidence, type Played } from './run';
import { deal, labKinds, labSequence, type SequenceStep } from './sequences';

/** The lab finds its programs beside its own source: it is run from the tree, not from this bundle. */
async function loadLab(): Promise<Pick<typeof RealLab & typeof Requirements, 'startLab' | 'missingForLab'>> {
  const bundler = 'vite';
  const vite = (await import(/* @vite-ignore */ bundler)) as typeof Vite;
  const options = { root: process.cwd(), configFile: false, logLevel: 'error' } as const;
  const load = async <T>(file: string): Promise<T> =>
    (await vite.runnerImport<T>(path.resolve('test', 'lab', file), options)).module;
  const { startLab } = await load<typeof RealLab>('real-lab.ts');
  const { missingForLab } = await load<typeof Requirements>('requirements.ts');
  return { startLab, missingForLab };
}

/** What keeps this machine from having a lab, in one sentence; null: nothing. */
export async function whyNoLab(): Promise<string | null> {
  const { missingForLab } = await loadLab();
  return missingForLab();
}

/** The least number of edges that still has a spare after two faults. */
const edgesPerCluster = 3;

/**
 * Runs seeded sequences in the real lab, where ucarp elects and its own scripts tell the truth.
 * @throws with one sentence when this machine cannot run a lab
 */
export async function runInLab(options: DemoRunOptions): Promise<RunResult> {
  const { startLab, missingForLab } = await loadLab();
  const missing = await missingForLab();
  if (missing !== null) throw new Error(missing);
  const clusters = Math.min(options.clusters, options.sequences);
  const trapPort = options.traps ? await freeUdpPort() : null;
  const { lab } = await startLab({
    clusters,
    edges: edgesPerCluster,
    trapPort,
  });
  let watch: HeronWatch | null = null;
  try {
    const watching = ['--inventory', lab.inventoryFile, ...options.watchArguments];
    if (trapPort !== null) watching.push('--trap-port', String(trapPort));
    watch = new HeronWatch(watching, lab.environment);
    await watch.found(
      lab.plan.clusters.map(({ name }) => name),
      60_000,
    );
    await delay(6_000);
    const fromMs = Date.now();
    const played = await playInLab(lab, options);
    const untilMs = Date.now();
    const truth = lab.truth();
    const evidence = lab.plan.clusters.map(({ name }): Evidence => {
      const changes = truth
        .filter(isRole)
        .filter((line) => line.cluster === name)
        .map(({ timeMs, edge, role }) => ({ timeMs, edge, role }));
      return {
        cluster: name,
        truth: { changes: sinceSettled(changes, fromMs), untilMs },
        claims: watch?.claims.get(name) ?? [],
        played: played.filter(({ cluster }) => cluster === name),
      };
    });
    const facts = { gapsOfHeron: watch.gaps, watchCpuSeconds: watch.cpuSeconds };
    return { evidence, lines: watch.lines, facts };
  } finally {
    await watch?.end();
    await lab.down();
  }
}

async function playInLab(lab: Lab, options: DemoRunOptions): Promise<Played[]> {
  const { seed, sequences, kinds } = options;
  const dealt = deal(kinds.length > 0 ? kinds : labKinds, sequences, randomFor(seed, 'lab/deal'));
  const endMs = performance.now() + options.seconds * 1000;
  const playing = lab.plan.clusters.map(async ({ name, edges }, place) => {
    const random = randomFor(seed, `lab/${name}`);
    const own = dealt.filter((_, i) => i % lab.plan.clusters.length === place);
    await delay(random() * 3_000);
    const plans = own.map((kind) =>
      labSequence(
        kind,
        random,
        edges.map((edge) => edge.name),
      ),
    );
    const touched = new Set<string>();
    const act = async ({ kind, edge }: SequenceStep): Promise<void> => {
      if (kind === 'restore') {
        for (const one of touched) await lab.restore(one);
        touched.clear();
        return;
      }
      // While nobody is master, the next fault has nobody to hit.
      if (edge?.startsWith('@') && lab.master(name) === null) return;
      const hit = await lab.fault(kind as Parameters<Lab['fault']>[0], `${name}${edge ?? '@master'}`);
      if (hit !== null) touched.add(hit);
    };
    return playAll(name, plans, endMs, act);
  });
  return (await Promise.all(playing)).flat();
}

function isRole(line: TruthLine): line is RoleLine {
  return 'role' in line;
}

/** The roles that held at `fromMs`, as if they had begun then, and every change after it. */
function sinceSettled(
  changes: readonly { timeMs: number; edge: string; role: string }[],
  fromMs: number,
): { timeMs: number; edge: string; role: string }[] {
  const held = new Map(changes.filter(({ timeMs }) => timeMs < fromMs).map(({ edge, role }) => [edge, role]));
  return [
    ...[...held].map(([edge, role]) => ({ timeMs: fromMs, edge, role })),
    ...changes.filter(({ timeMs }) => timeMs >= fromMs),
  ];
}
