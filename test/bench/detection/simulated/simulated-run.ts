import { z } from 'zod';
import type { Reading } from '../../../../domain/model/reading';
import type { HeronEvent } from '../../../../domain/model/event';
import { identifyInventory, type Inventory } from '../../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../../domain/inventory/inventory-file';
import { watchLine } from '../../../../cli/watch/watch-line';
import { DemoFleet, FaultRefused, type FleetSettings } from '../../../../demo/fleet/demo-fleet';
import { fleetInventory } from '../../../../demo/listeners/demo-inventory';
import { randomFor } from '../../../../demo/random/seed';
import type { TruthEntry } from '../../../../demo/fleet/truth';
import { faultRequestSchema } from '../../../../demo/faults/fault';
import { startPipeline } from '../../../../monitor/pipeline/pipeline';
import { FakeHistory } from '../../../fixtures/history/fake-history';
import type { RoleChange } from '../../../lab/true-history';
import { claimOf, type Claim } from '../claims';
import type { DemoRunOptions, RunResult } from '../demo-run';
import { playAll, type Evidence, type Played } from '../run';
import { deal, demoKinds, demoSequence, type Random, type Sequence } from '../sequences';
import { agentFaultKinds, type AgentFaults } from '../field/agent-faults';
import { agentStep } from '../field/field-sequences';
import type { Habits } from './habits';
import { SimulatedSource } from './simulated-source';
import { VirtualClock } from './virtual-clock';

const startMs = Date.UTC(2026, 10, 24, 14, 0, 0);
/** Everything was read twice, and inference has its figures. */
const settledAfterMs = 30_000;
/** What the worlds of the field add: faults of agents, other sequences, and who hears of each reading. */
export interface FieldParts {
  agents?: AgentFaults;
  onReading?: (edgeName: string, reading: Reading) => void;
  sequence?: (kind: string, random: Random, edges: readonly string[]) => Sequence;
  changePlan?: FleetSettings['changePlan'];
}

const agentFaultKindSchema = z.enum(agentFaultKinds);

/** Before a cluster's first sequence. */
const mostDelayMs = 5_000;

/**
 * Runs seeded sequences on a demo fleet in virtual time: the same fleet, the same pipeline and the same judge as with
 * processes and sockets, and in place of the network what `habits` says. Hours of faults take a minute.
 */
export async function runSimulated(
  options: Pick<DemoRunOptions, 'seed' | 'sequences' | 'clusters' | 'kinds'> & { roleIntervalMs: number },
  habits: Habits,
  field: FieldParts = {},
): Promise<RunResult & { truth: TruthEntry[]; untilMs: number }> {
  const { seed, sequences, roleIntervalMs } = options;
  const clock = new VirtualClock(startMs);
  const truth: TruthEntry[] = [];
  const clusters = Math.min(options.clusters, sequences);
  const fleet = new DemoFleet({
    ...{ seed, clusters, startMs },
    onTruth: (entry) => truth.push(entry),
    ...(field.changePlan ? { changePlan: field.changePlan } : {}),
  });
  const claims = new Map<string, Claim[]>();
  const lines: RunResult['lines'] = [];
  const onEvent = (event: HeronEvent): void => {
    const line = watchLine(event);
    const atMs = clock.nowMs();
    lines.push({ atMs, line });
    const said = claimOf(line, atMs);
    if (said) claims.set(said.cluster, [...(claims.get(said.cluster) ?? []), said.claim]);
  };
  const random = randomFor(seed, 'simulated');
  const source = new SimulatedSource(fleet, clock, habits, random, field.agents, field.onReading);
  const pipeline = await startPipeline({
    inventory: inventoryOf(fleet, habits),
    source,
    history: new FakeHistory(() => clock.nowMs()),
    clock,
    healthIntervalMs: 5_000,
    roleIntervalMs,
    version: 'simulated',
    random,
    onEvent,
  });
  const masters = new Map<string, string[]>();
  const kinds = options.kinds.length > 0 ? options.kinds : demoKinds;
  const dealt = deal(kinds, sequences, randomFor(seed, 'detection/deal'));
  const names = fleet.clusters.filter(({ plan }) => !plan.standalone).map(({ plan }) => plan.name);
  const play = async (): Promise<Played[]> => {
    await clock.wait(settledAfterMs);
    fleet.advanceTo(clock.nowMs());
    for (const { plan, masters: of } of fleet.clusters.map((one) => ({
      plan: one.plan,
      masters: one.masters(),
    })))
      masters.set(plan.name, of);
    const playing = names.map(async (name, place) => {
      const own = randomFor(seed, `detection/${name}`);
      const edges = fleet.clusters[place]?.plan.edges.map((edge) => edge.name) ?? [];
      const mine = dealt.filter((_, i) => i % names.length === place);
      await clock.wait(own() * mostDelayMs);
      const plans = mine.map((kind) => (field.sequence ?? demoSequence)(kind, own, edges));
      return playAll(
        name,
        plans,
        Infinity,
        (step) => Promise.resolve(act(fleet, name, step, clock, field.agents)),
        clock,
      );
    });
    return (await Promise.all(playing)).flat();
  };
  const playing = play();
  await clock.runUntil(playing);
  const played = await playing;
  const stopping = pipeline.stop();
  await clock.runUntil(stopping);
  fleet.advanceTo(clock.nowMs());
  const sinceMs = startMs + settledAfterMs;
  const skews = new Map(
    fleet.clusters.flatMap(({ plan }) => plan.edges.map((edge) => [edge.name, edge.advskew])),
  );
  const evidence = names.map((cluster): Evidence => {
    const changes = truth.flatMap((entry) =>
      entry.kind === 'role' && entry.cluster === cluster && entry.atMs >= sinceMs
        ? [{ timeMs: entry.atMs, edge: entry.edge, role: entry.to, reason: entry.reason }]
        : [],
    );
    const held = (masters.get(cluster) ?? []).map((edge) => ({ timeMs: sinceMs, edge, role: 'master' }));
    return {
      cluster,
      truth: {
        changes: habits.tellers.length > 0 ? [...held, ...changes] : carriers([...held, ...changes]),
        untilMs: clock.nowMs(),
        skews,
      },
      claims: claims.get(cluster) ?? [],
      played: played.filter((one) => one.cluster === cluster),
    };
  });
  const gapsOfHeron = lines.filter(({ line }) => line.type === 'gap').length;
  return { evidence, lines, truth, untilMs: clock.nowMs(), facts: { gapsOfHeron, watchCpuSeconds: 0 } };
}

function act(
  fleet: DemoFleet,
  cluster: string,
  { kind, edge, forSeconds }: { kind: string; edge?: string; forSeconds?: number },
  clock: VirtualClock,
  agents: AgentFaults | undefined,
): void {
  if (kind.startsWith(agentStep)) {
    const of = fleet.clusters.find(({ plan }) => plan.name === cluster);
    const names = of?.plan.edges.map((one) => one.name) ?? [];
    const masters = of?.masters() ?? [];
    const others = names.filter((name) => !masters.includes(name));
    const whom: Record<string, string | null | undefined> = {
      '@master': masters[0],
      '@backup': others[0],
      '@all': null,
    };
    const named = whom[edge ?? '@all'];
    const nowMs = clock.nowMs();
    agents?.add({
      kind: agentFaultKindSchema.parse(kind.slice(agentStep.length)),
      cluster,
      edge: named === undefined ? (edge?.startsWith('@') ? (names[0] ?? null) : (edge ?? null)) : named,
      fromMs: nowMs,
      toMs: nowMs + (forSeconds ?? 1) * 1000,
    });
    return;
  }
  const request = { kind, cluster, ...(edge ? { edge } : {}), ...(forSeconds ? { forSeconds } : {}) };
  try {
    fleet.request(faultRequestSchema.parse(request), clock.nowMs());
  } catch (error) {
    // While no LB is a backup, `@backup` means nobody.
    if (!(error instanceof FaultRefused)) throw error;
  }
}

function inventoryOf(fleet: DemoFleet, habits: Habits): Inventory {
  const plans = fleet.clusters.map(({ plan }) => plan);
  const ports = new Map(
    plans.flatMap((plan) => plan.edges.map(({ name }) => [name, { snmp: 161, http: 80 }])),
  );
  const inventory = identifyInventory(inventoryFileSchema.parse(fleetInventory(plans, ports)), null);
  if (habits.page) return inventory;
  for (const cluster of inventory.clusters) for (const edge of cluster.edges) delete edge.http;
  return inventory;
}

/**
 * Who carries the users' traffic is all that an untouched edge's counters can tell: the last to become master, and when it
 * goes, another that is there.
 */
function carriers(changes: readonly RoleChange[]): RoleChange[] {
  const masters: string[] = [];
  let carrier: string | undefined;
  return changes.flatMap(({ timeMs, edge, role, reason }) => {
    const at = masters.indexOf(edge);
    if (at >= 0) masters.splice(at, 1);
    if (role === 'master') masters.push(edge);
    const next = role === 'master' ? edge : carrier === edge ? masters.toSorted()[0] : carrier;
    if (next === carrier) return [];
    // Traffic that falls back to a master that was there all along is neither a failover nor a failback.
    const told = reason === undefined || next !== edge ? {} : { reason };
    const lost =
      carrier === undefined
        ? []
        : [{ timeMs, edge: carrier, role: carrier === edge ? role : 'backup', ...told }];
    carrier = next;
    return [...lost, ...(next === undefined ? [] : [{ timeMs, edge: next, role: 'master', ...told }])];
  });
}
