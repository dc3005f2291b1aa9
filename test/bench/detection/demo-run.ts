import { randomFor } from '../../../demo/random/seed';
import { DemoFleetProcess } from './demo-fleet';
import { freeUdpPort } from './free-udp-port';
import { HeronWatch } from './heron-watch';
import { playAll, type Evidence } from './run';
import { deal, demoKinds, demoSequence } from './sequences';
import { setTimeout as delay } from 'node:timers/promises';

/** How the demo's part was asked for. */
export interface DemoRunOptions {
  seed: number;
  sequences: number;
  /** Sequences run on so many clusters at once. */
  clusters: number;
  /** No sequence begins later than this. */
  seconds: number;
  /** Only these kinds; empty: all. */
  kinds: readonly string[];
  watchArguments: readonly string[];
  /** Whether the edges send traps and heron watch receives them. */
  traps: boolean;
}

/** What a run brought: the evidence, everything that was printed, and how far the two clocks were apart. */
export interface RunResult {
  evidence: Evidence[];
  lines: HeronWatch['lines'];
  facts: RunFacts;
}

/** Whether the machine was up to the run: a starved fleet cannot be watched. */
export interface RunFacts {
  /** Stretches that Heron itself said it could not watch. */
  gapsOfHeron: number;
  /** Processor time, seconds. */
  watchCpuSeconds: number;
  /** Of the demo fleet: the same, how far its clock is from ours, and how long it took to answer the control API at most. */
  fleetCpuSeconds?: number;
  clockDriftMs?: number;
  slowestAnswerMs?: number;
}

/** Runs seeded sequences on a demo fleet in a process of its own, watched by `heron watch` in another. */
export async function runOnDemo(options: DemoRunOptions): Promise<RunResult> {
  const { seed } = options;
  const clusterCount = Math.min(options.clusters, options.sequences);
  const trapPort = options.traps ? ['--trap-port', String(await freeUdpPort())] : [];
  const fleet = await DemoFleetProcess.start(seed, clusterCount, trapPort);
  let watch: HeronWatch | null = null;
  try {
    const clusters = await fleet.clusters();
    watch = new HeronWatch(['--inventory', fleet.inventory, ...options.watchArguments, ...trapPort], {});
    await watch.found([...clusters.keys()], 60_000);
    // The second look at everything has been taken, too.
    await delay(6_000);
    const kinds = options.kinds.length > 0 ? options.kinds : demoKinds;
    const dealt = deal(kinds, options.sequences, randomFor(seed, 'detection/deal'));
    const before = await fleet.truth(Date.now());
    const endMs = performance.now() + options.seconds * 1000;
    const playing = [...clusters].map(async ([cluster, edges], place) => {
      const random = randomFor(seed, `detection/${cluster}`);
      const own = dealt.filter((_, i) => i % clusterCount === place);
      await delay(random() * 5_000);
      const sequences = own.map((kind) => demoSequence(kind, random, edges));
      return playAll(cluster, sequences, endMs, async ({ kind, edge, forSeconds }) => {
        await fleet.request({
          kind,
          cluster,
          ...(edge ? { edge } : {}),
          ...(forSeconds ? { forSeconds } : {}),
        });
      });
    });
    const played = (await Promise.all(playing)).flat();
    const truth = await fleet.truth(before.nowMs);
    const clockDriftMs = Math.round(truth.nowMs - Date.now());
    if (truth.completeSinceMs > before.nowMs) throw new Error('The demo dropped a part of its truth.');
    const evidence = [...clusters.keys()].map((cluster): Evidence => {
      const masters = before.masters[cluster] ?? [];
      const roles = truth.roles.filter((role) => role.cluster === cluster);
      const changes = [
        ...masters.map((edge) => ({ timeMs: before.nowMs, edge, role: 'master' })),
        ...roles.map(({ atMs, edge, to }) => ({ timeMs: atMs, edge, role: to })),
      ];
      return {
        cluster,
        truth: { changes, untilMs: truth.nowMs },
        claims: watch?.claims.get(cluster) ?? [],
        played: played.filter((one) => one.cluster === cluster),
      };
    });
    const facts = {
      gapsOfHeron: watch.gaps,
      clockDriftMs,
      watchCpuSeconds: watch.cpuSeconds,
      fleetCpuSeconds: fleet.cpuSeconds,
      slowestAnswerMs: fleet.slowestAnswerMs,
    };
    return { evidence, lines: watch.lines, facts };
  } finally {
    await watch?.end();
    await fleet.end();
  }
}
