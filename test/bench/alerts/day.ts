import { DemoFleet } from '../../../demo/fleet/demo-fleet';
import { faultRequestSchema, type FaultKind } from '../../../demo/faults/fault';
import { fleetInventory } from '../../../demo/listeners/demo-inventory';
import { randomFor } from '../../../demo/random/seed';
import { defaultScript } from '../../../demo/script/script';
import { identifyInventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import type { AlertNotice } from '../../../domain/model/alert';
import type { AlertRule } from '../../../domain/model/alert-rule';
import type { AlertEvent, HeronEvent } from '../../../domain/model/event';
import { isAlertEvent } from '../../../domain/model/event';
import { startPipeline } from '../../../monitor/pipeline/pipeline';
import { FakeHistory } from '../../fixtures/history/fake-history';
import { worlds } from '../detection/simulated/habits';
import { SimulatedSource } from '../detection/simulated/simulated-source';
import { VirtualClock } from '../detection/simulated/virtual-clock';

/** A fault of the day, and the rules that may notify a person of it; none: it needs nobody. */
interface DayFault {
  kind: FaultKind;
  edge?: '@master' | '@backup';
  seconds: number;
  needs: readonly AlertRule[];
}

const edgeGone: readonly AlertRule[] = ['edge-down', 'no-redundancy', 'unknown'];
const lbGone: readonly AlertRule[] = ['lb-stopped', 'no-redundancy', 'edge-down', 'unknown'];

/** What lasts needs a person; what repairs itself, is planned, or moves the role once does not. */
const kinds: readonly DayFault[] = [
  { kind: 'edge-dies', edge: '@backup', seconds: 300, needs: edgeGone },
  { kind: 'reboot', edge: '@backup', seconds: 20, needs: [] },
  { kind: 'lb-dies', edge: '@master', seconds: 300, needs: lbGone },
  { kind: 'split', seconds: 120, needs: ['split-brain'] },
  { kind: 'cpu-high', edge: '@backup', seconds: 600, needs: ['cpu'] },
  { kind: 'lb-dies', edge: '@master', seconds: 8, needs: [] },
  { kind: 'edge-dies', edge: '@master', seconds: 300, needs: edgeGone },
  { kind: 'proxy-dies', edge: '@backup', seconds: 300, needs: edgeGone },
  { kind: 'reboot', edge: '@master', seconds: 20, needs: [] },
  { kind: 'link-cut', edge: '@master', seconds: 300, needs: [...lbGone, ...edgeGone] },
];

export interface DayResult {
  hours: number;
  faults: number;
  /** Faults that need a person, and how many of them had a notification. */
  needed: number;
  notified: number;
  /** Notifications of at least `warning` that no fault needed, in words. */
  noise: string[];
  missed: string[];
  /** Symptoms that were listed under another alert, and those of them that no fault of their time and edge explains. */
  suppressed: number;
  wronglySuppressed: string[];
  /** Edges that a fault took out of a cluster of two, which no alert of lost redundancy names as its symptom. */
  unnamed: string[];
}

type PlayedFault = DayFault & { cluster: string; edgeName: string | null; fromMs: number; toMs: number };

/** A demo fleet in virtual time, and the alerts of a pipeline that monitors it. */
interface SimulatedAlerts {
  clock: VirtualClock;
  fleet: DemoFleet;
  events: AlertEvent[];
  notices: AlertNotice[];
  stop(): Promise<void>;
}

/** `edges`: at most so many of each cluster; `firstEdges`: of the first. */
async function simulate(
  seed: number,
  clusters: number,
  {
    edges,
    firstEdges = edges,
    healthIntervalMs,
    roleIntervalMs,
  }: { edges: number; firstEdges?: number; healthIntervalMs: number; roleIntervalMs: number },
): Promise<SimulatedAlerts> {
  const startMs = Date.UTC(2026, 10, 24);
  const clock = new VirtualClock(startMs);
  const fleet = new DemoFleet({
    ...{ seed, clusters, startMs },
    onTruth: () => undefined,
    changePlan: (plan, index) => ({ ...plan, edges: plan.edges.slice(0, index === 0 ? firstEdges : edges) }),
  });
  const random = randomFor(seed, 'alerts/day');
  const plans = fleet.clusters.map(({ plan }) => plan);
  const ports = new Map(
    plans.flatMap((plan) => plan.edges.map(({ name }) => [name, { snmp: 161, http: 80 }])),
  );
  const events: AlertEvent[] = [];
  const pipeline = await startPipeline({
    inventory: identifyInventory(inventoryFileSchema.parse(fleetInventory(plans, ports)), null),
    source: new SimulatedSource(fleet, clock, worlds.plain, random),
    history: new FakeHistory(() => clock.nowMs()),
    clock,
    healthIntervalMs,
    roleIntervalMs,
    version: 'simulated',
    random,
    onEvent: (event: HeronEvent) => isAlertEvent(event) && events.push(event),
  });
  const notices: AlertNotice[] = [];
  pipeline.alerts.onNotice((notice) => notices.push(notice));
  return {
    ...{ clock, fleet, events, notices },
    async stop() {
      const stopping = pipeline.stop();
      await clock.runUntil(stopping);
    },
  };
}

/** The rules that alert in the first minute of the demo fleet with its default script. */
export async function runFirstMinute(seed: number): Promise<{ rules: AlertRule[]; notices: AlertNotice[] }> {
  const { clock, fleet, events, notices, stop } = await simulate(seed, 6, {
    edges: 16,
    healthIntervalMs: 5_000,
    roleIntervalMs: 1_000,
  });
  const clusters = fleet.clusters
    .filter(({ plan }) => !plan.standalone)
    .map(({ plan }) => ({ name: plan.name, edges: plan.edges.length }));
  const playing = (async () => {
    let playedMs = 0;
    for (const { atSeconds, request } of defaultScript(seed, clusters)) {
      if (atSeconds > 60) break;
      await clock.wait(atSeconds * 1_000 - playedMs);
      playedMs = atSeconds * 1_000;
      fleet.request(request, clock.nowMs());
    }
    await clock.wait(60_000 - playedMs);
  })();
  await clock.runUntil(playing);
  await playing;
  await stop();
  return { rules: events.flatMap((event) => (event.type === 'alert' ? [event.rule] : [])), notices };
}

/** Hours of clusters of the demo fleet in virtual time, with one fault after another, each on the next cluster. */
export async function runDay(
  hours: number,
  faults: number,
  seed: number,
  clusters: number,
): Promise<DayResult> {
  const { clock, fleet, events, notices, stop } = await simulate(seed, clusters, {
    ...{ edges: 4, firstEdges: 2 },
    healthIntervalMs: 10_000,
    roleIntervalMs: 3_000,
  });
  const names = fleet.clusters.filter(({ plan }) => !plan.standalone).map(({ plan }) => plan.name);
  const everyMs = (hours * 3_600_000) / faults;
  const played: PlayedFault[] = [];
  const playing = (async () => {
    for (let index = 0; index < faults; index += 1) {
      await clock.wait(everyMs / 2);
      const fault = kinds[index % kinds.length];
      const cluster = names[index % names.length];
      if (fault && cluster) {
        const { kind, edge, seconds } = fault;
        const request = { kind, cluster, ...(edge ? { edge } : {}), forSeconds: seconds };
        const [begun] = fleet.request(faultRequestSchema.parse(request), clock.nowMs());
        const fromMs = clock.nowMs();
        const edgeName = begun?.edge ?? null;
        played.push({ ...fault, cluster, edgeName, fromMs, toMs: fromMs + seconds * 1_000 });
      }
      await clock.wait(everyMs / 2);
    }
  })();
  await clock.runUntil(playing);
  await playing;
  await stop();
  return judged(hours, played, events, notices);
}

function judged(
  hours: number,
  played: readonly PlayedFault[],
  events: readonly AlertEvent[],
  notices: readonly AlertNotice[],
): DayResult {
  const loud = notices.filter(
    ({ isLoud, severity, kind }) => isLoud && kind !== 'escalated' && severity !== 'info',
  );
  const explained = new Set<AlertNotice>();
  const missed: string[] = [];
  const needing = played.filter(({ needs }) => needs.length > 0);
  for (const { kind, cluster, fromMs, toMs, needs } of needing) {
    const its = loud.filter(
      ({ atMs, alerts }) =>
        atMs >= fromMs &&
        atMs <= toMs + 60_000 &&
        alerts.some(({ name, rule }) => name === cluster && needs.includes(rule)),
    );
    for (const notice of its) explained.add(notice);
    if (its.length === 0) missed.push(`${kind} of ${cluster} at ${new Date(fromMs).toISOString()}`);
  }
  return {
    hours,
    faults: played.length,
    needed: needing.length,
    notified: needing.length - missed.length,
    noise: loud
      .filter((notice) => !explained.has(notice))
      .map(({ title, atMs }) => `${title} at ${new Date(atMs).toISOString()}`),
    missed,
    ...judgedSymptoms(played, events),
  };
}

/** After the end of a fault its traces may last for this long: an edge has to start, and to be read again. */
const traceMs = 180_000;

function judgedSymptoms(
  played: readonly PlayedFault[],
  events: readonly AlertEvent[],
): Pick<DayResult, 'suppressed' | 'wronglySuppressed' | 'unnamed'> {
  const cleared = events.flatMap((event) => (event.type === 'alert-cleared' ? [event] : []));
  const named = cleared.flatMap(({ symptoms, openedMs, recordedAtMs }) =>
    symptoms.map((symptom) => ({ ...symptom, openedMs, endedMs: recordedAtMs })),
  );
  const explained = ({ clusterName, edgeName, sinceMs }: (typeof named)[number]): boolean =>
    played.some(
      (fault) =>
        fault.cluster === clusterName &&
        (edgeName === null || fault.edgeName === null || fault.edgeName === edgeName) &&
        sinceMs >= fault.fromMs - 5_000 &&
        sinceMs <= fault.toMs + traceMs,
    );
  const small = played.filter(({ cluster, kind }) => kind === 'edge-dies' && cluster === played[0]?.cluster);
  const unnamed = small.filter(
    ({ edgeName, fromMs, toMs }) =>
      !named.some((one) => one.edgeName === edgeName && one.openedMs >= fromMs && one.openedMs <= toMs),
  );
  return {
    suppressed: named.length,
    wronglySuppressed: named
      .filter((one) => !explained(one))
      .map(({ rule, clusterName, edgeName }) => `${rule} of ${edgeName ?? clusterName ?? 'Heron'}`),
    unnamed: unnamed.map(({ edgeName, fromMs }) => `${edgeName} at ${new Date(fromMs).toISOString()}`),
  };
}
