import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { thresholds } from '../../../../domain/model/thresholds';
import type { ActiveLb, Snapshot } from '../../../../domain/model/snapshot';
import { startPipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeClock } from '../../../fixtures/clock/fake-clock';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import { FakeSource, type FakeMoment } from '../../../fixtures/sources/fake-source';

const second = 1_000;
const lastSecond = 120;

function anInventory(): Inventory {
  const cluster = (name: string, site: number) => ({
    name,
    clusterIp: `10.${site}.0.100`,
    subnetMask: '255.255.255.0',
    defaultGateway: `10.${site}.0.1`,
    edges: [1, 2, 3].map((n) => ({
      name: `${name}${n}`,
      proxyIp: `10.${site}.0.${n + 10}`,
      managementIp: `10.${site}.1.${n + 10}`,
      snmp: { credential: 'noc' },
      http: {},
    })),
  });
  return identifyInventory(inventoryFileSchema.parse({ clusters: [cluster('a', 1), cluster('b', 2)] }), null);
}

const moment = fc.record({
  atSecond: fc.integer({ min: 5, max: lastSecond - 20 }),
  kind: fc.constantFrom('master', 'backup', 'init', 'silent', 'no-http', 'slow'),
});

/** What an edge does, moment by moment. */
function asScript(first: FakeMoment, moments: { atSecond: number; kind: string }[]): FakeMoment[] {
  const script = [first];
  for (const { atSecond, kind } of moments.toSorted((a, b) => a.atSecond - b.atSecond)) {
    const fromMs = atSecond * second;
    const well = { fromMs, snmp: 'answers', latencyMs: 20, role: first.role ?? 'backup' } as const;
    if (kind === 'silent') {
      script.push({ fromMs, snmp: 'silent', http: { code: 'timeout', words: 'no page' } });
    } else if (kind === 'no-http') script.push({ ...well, http: { code: 'timeout', words: 'no page' } });
    else if (kind === 'slow') script.push({ ...well, latencyMs: 600 });
    else script.push({ ...well, role: kind as 'master' | 'backup' | 'init' });
  }
  return script;
}

/** What has to be the same. Since when is compared where a state has changed at least once: its first word has no beginning. */
function essence(snapshot: Snapshot): unknown {
  return snapshot.clusters.map((cluster) => ({
    name: cluster.name,
    health: cluster.health,
    sinceMs: cluster.health === 'unknown' ? null : rounded(cluster.sinceMs),
    activeLb: lbEssence(cluster.activeLb),
    // A span begins with each new set of codes: how many edges share one may change within it.
    codes: [...new Set(cluster.reasons.map(({ code }) => code))].sort(),
    lastFailover: cluster.lastFailover,
    // The past knows no peak.
    spare: cluster.spare && { edgesUp: cluster.edgesUp, canLose: cluster.spare.canLose },
    edges: cluster.edges.map((edge) => ({
      name: edge.name,
      health: edge.health,
      sinceMs: rounded(edge.sinceMs),
      role: edge.role,
      roleSinceMs: edge.role === 'unknown' ? null : rounded(edge.roleSinceMs),
    })),
  }));
}

function lbEssence(activeLb: ActiveLb): unknown {
  if (activeLb.kind === 'unknown') return { kind: 'unknown', lastEdgeName: activeLb.lastEdgeName };
  if (activeLb.kind === 'several') return { kind: 'several', edgeIds: [...activeLb.edgeIds].sort() };
  return 'sinceMs' in activeLb ? { ...activeLb, sinceMs: rounded(activeLb.sinceMs) } : activeLb;
}

/** What a silence may add to the time since when no LB is active: history has no single polls, of which several must fail. */
const severalPollsMs = thresholds.suspicionMs;

/**
 * Three times may differ. A state that lasted less than a millisecond has no span, although it restarted the time shown live. Where
 * the active LB was not seen to become master live, the history may know that it was seen without the role before. And since when no
 * LB is active is known to within a few polls.
 */
function sameAs(live: Snapshot, rebuilt: Snapshot, history: FakeHistory): Snapshot {
  const changes = history.batches
    .flatMap(({ events }) => events)
    .filter((event) => event.type === 'cluster-state');
  const clusters = rebuilt.clusters.map((original, index) => {
    const sinceMs = live.clusters[index]?.sinceMs ?? null;
    const atOnce = changes.filter(
      ({ clusterId, timeMs }) => clusterId === original.id && timeMs === rounded(sinceMs),
    );
    const cluster = atOnce.length > 1 ? { ...original, sinceMs } : original;
    const shown = live.clusters[index]?.activeLb;
    const { activeLb } = cluster;
    if (shown?.kind === 'one' && shown.sinceMs === null && activeLb.kind === 'one') {
      return { ...cluster, activeLb: { ...activeLb, sinceMs: null } };
    }
    if (shown?.kind === 'none' && activeLb.kind === 'none') {
      const offMs = Math.abs((activeLb.sinceMs ?? 0) - (shown.sinceMs ?? 0));
      return offMs <= severalPollsMs ? { ...cluster, activeLb: shown } : cluster;
    }
    return cluster;
  });
  return { ...rebuilt, clusters };
}

function rounded(timeMs: number | null): number | null {
  return timeMs === null ? null : Math.round(timeMs);
}

type Moments = { atSecond: number; kind: 'master' | 'backup' | 'init' | 'silent' | 'no-http' | 'slow' }[];

/** What each edge does and when it is compared (in quarters of a second), found by other seeds. */
const counterexamples: [Moments[], number[]][] = [
  // The active LB is silent after it took the role again.
  [
    [
      [
        { atSecond: 5, kind: 'init' },
        { atSecond: 6, kind: 'master' },
        { atSecond: 7, kind: 'silent' },
        { atSecond: 8, kind: 'master' },
      ],
    ],
    [1, 37],
  ],
  [
    [
      [],
      [],
      [],
      [
        { atSecond: 16, kind: 'init' },
        { atSecond: 17, kind: 'master' },
        { atSecond: 62, kind: 'silent' },
      ],
    ],
    [1, 260],
  ],
  // The active LB has just lost the role.
  [
    [
      [
        { atSecond: 5, kind: 'backup' },
        { atSecond: 6, kind: 'slow' },
        { atSecond: 99, kind: 'backup' },
      ],
      [],
      [{ atSecond: 6, kind: 'silent' }],
    ],
    [1, 399],
  ],
  // It loses the role once more while another LB is silent, so that it is not known whether any is active.
  [
    [
      [
        { atSecond: 5, kind: 'init' },
        { atSecond: 6, kind: 'master' },
        { atSecond: 70, kind: 'backup' },
        { atSecond: 71, kind: 'master' },
      ],
      [],
      [{ atSecond: 6, kind: 'silent' }],
    ],
    [1, 285],
  ],
  // An edge that was down was unknown for a moment, until only it was known to be silent.
  [
    [
      [
        { atSecond: 14, kind: 'silent' },
        { atSecond: 5, kind: 'no-http' },
      ],
      [{ atSecond: 5, kind: 'silent' }],
      [
        { atSecond: 5, kind: 'silent' },
        { atSecond: 17, kind: 'master' },
      ],
    ],
    [1, 91],
  ],
  // The last of the LBs without the role falls silent, which several polls must show.
  [
    [
      [],
      [],
      [],
      [{ atSecond: 23, kind: 'init' }],
      [{ atSecond: 5, kind: 'init' }],
      [
        { atSecond: 7, kind: 'master' },
        { atSecond: 5, kind: 'silent' },
        { atSecond: 43, kind: 'silent' },
      ],
    ],
    [1, 198],
  ],
  // A third LB yields during a split brain, long before one of the others falls silent.
  [
    [
      [
        { atSecond: 5, kind: 'backup' },
        { atSecond: 23, kind: 'master' },
      ],
      [
        { atSecond: 32, kind: 'backup' },
        { atSecond: 23, kind: 'master' },
      ],
      [
        { atSecond: 5, kind: 'master' },
        { atSecond: 92, kind: 'silent' },
      ],
    ],
    [1, 383],
  ],
  // A third LB was master before the split brain.
  [
    [
      [],
      [],
      [],
      [],
      [
        { atSecond: 5, kind: 'master' },
        { atSecond: 6, kind: 'slow' },
      ],
      [
        { atSecond: 5, kind: 'master' },
        { atSecond: 78, kind: 'slow' },
      ],
    ],
    [1, 318],
  ],
];

describe('a snapshot of the past', () => {
  it('is the snapshot that was shown live, for whatever the edges do', { timeout: 180_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(moment, { maxLength: 5 }), { minLength: 6, maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 4 * lastSecond - 1 }), { minLength: 12, maxLength: 12 }),
        async (moments, quarters) => {
          const clock = new FakeClock();
          const source = new FakeSource(clock);
          const inventory = anInventory();
          const edges = inventory.clusters.flatMap((cluster) => cluster.edges);
          edges.forEach((edge, index) => {
            const first: FakeMoment = { fromMs: 0, snmp: 'answers', latencyMs: 20 };
            if (index % 3 === 0) first.role = 'master';
            source.script(edge.id, asScript(first, moments[index] ?? []));
          });
          const startMs = clock.nowMs();
          const history = new FakeHistory(() => clock.nowMs());
          await history.putInventory(inventory, startMs);
          const pipeline = await startPipeline({
            inventory,
            source,
            history,
            clock,
            healthIntervalMs: 5 * second,
            roleIntervalMs: second,
            version: 'test',
            random: () => 0.5,
          });
          const shown: { live: Snapshot; writtenBefore: number }[] = [];
          let atQuarter = 0;
          for (const quarter of [...new Set(quarters)].sort((a, b) => a - b)) {
            await clock.pass((quarter - atQuarter) * 250);
            atQuarter = quarter;
            const live = pipeline.snapshot();
            const rebuilt = await history.snapshotAt({ atMs: live.atMs });
            expect(essence(sameAs(live, rebuilt, history)), `at ${quarter / 4} s`).toEqual(essence(live));
            shown.push({ live, writtenBefore: history.batches.length });
          }
          await clock.pass(10 * second);
          await pipeline.stop();
          // Later, history knows of a silence when it began: only what was not dated back since is as it was shown.
          const gaps = await history.gaps({ fromMs: startMs, toMs: clock.nowMs() });
          for (const { live, writtenBefore } of shown) {
            const since = history.batches.slice(writtenBefore);
            const datedBack =
              since.some(({ spans }) => spans.some((span) => span.fromMs <= live.atMs)) ||
              since.some(({ events }) => events.some((event) => event.timeMs <= live.atMs));
            const rebuilt = await history.snapshotAt({ atMs: live.atMs });
            if (gaps.some((gap) => gap.fromMs <= live.atMs && gap.toMs > live.atMs)) {
              expect(rebuilt.clusters.map(({ health }) => health)).toEqual(['unknown', 'unknown']);
            } else if (!datedBack) {
              expect(essence(sameAs(live, rebuilt, history))).toEqual(essence(live));
            }
          }
        },
      ),
      { numRuns: 30, examples: counterexamples },
    );
  });
});
