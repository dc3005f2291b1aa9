import type { History } from '../db/client/history';
import type { Inventory } from '../domain/inventory/inventory';
import type { HeronEvent } from '../domain/model/event';
import type { TrapEvidence } from '../domain/traps/evidence';
import type { AlertService } from './alerts/alert-service';
import { systemClock, type Clock } from './base/clock';
import { CurrentInventory } from './current-inventory';
import { keepHeapSmall } from './host/heap-growth';
import { systemNetwork, withNames, type HostNetwork } from './host/host-network';
import { AddressResolver } from './names/address-resolver';
import { startPipeline, type Pipeline } from './pipeline/pipeline';
import { EdgeReader, type EdgeReaderParts } from './poll/edge-reader';
import type { EdgeSource } from './poll/edge-source';
import { MetricsCollector } from './prometheus/metrics-collector';
import { InterceptedProbe } from './probe/intercepted-probe';
import { NetworkPathProbe } from './probe/network-path-probe';
import type { PathProbe } from './probe/path-probe';
import type { SecretResolver } from './secrets/secret-resolver';
import type { TrapListener } from './traps/trap-port';

/** What polls the edges, and how often. Benchmarks replace the network and the clock. */
export interface PollingDependencies {
  clock: Clock;
  network: HostNetwork;
  /** Probes the cluster IPs; null: they are left alone. */
  pathProbe: PathProbe | null;
  healthIntervalMs: number;
  roleIntervalMs: number;
  readerOf(parts: EdgeReaderParts): EdgeSource & Pick<EdgeReader, 'engineOf'>;
}

export const systemPolling: PollingDependencies = {
  clock: systemClock,
  network: systemNetwork,
  pathProbe: new InterceptedProbe(new NetworkPathProbe(systemNetwork), systemClock),
  healthIntervalMs: 5_000,
  roleIntervalMs: 1_000,
  readerOf: (parts) => new EdgeReader(parts),
};

export interface MonitorDependencies {
  polling: PollingDependencies;
  history: History;
  secrets: SecretResolver;
  /** Null: no traps are received. */
  traps: TrapListener | null;
  version: string;
  /** After how long a critical alert is escalated, milliseconds; 0: never; left out: the default. */
  generalEscalateMs?: () => number;
  /** Called for every event, including those that precede the first poll (`start`, findings in the configuration). */
  onEvent?: (event: HeronEvent) => void;
}

/** A running monitor: polling, traps and history of one inventory. */
export interface Monitor extends Omit<Pipeline, 'applyTrap' | 'onEvent'> {
  readonly alerts: AlertService;
  /** Discards the SNMP sessions with these edges, because their passwords changed. */
  resetSessions(edgeIds: readonly string[]): void;
  /** Stops receiving and polling, and waits for one attempt to write what is queued. The history stays open. */
  stop(): Promise<void>;
}

/**
 * Starts monitoring an inventory: the one composition of sources, traps, pipeline and history that the app and `heron watch` use.
 * When it rejects, everything it opened is closed again.
 *
 * @throws TrapPortError where the trap listener passes it on
 */
export async function startMonitor(
  inventory: Inventory,
  dependencies: MonitorDependencies,
): Promise<Monitor> {
  const { polling, history, secrets, traps, version, generalEscalateMs, onEvent } = dependencies;
  const { clock, network, pathProbe, healthIntervalMs, roleIntervalMs } = polling;
  keepHeapSmall();
  const current = new CurrentInventory(inventory);
  let pipeline: Pipeline | null = null;
  const names = new AddressResolver();
  const source = polling.readerOf({
    names,
    credentialOf: (name) => current.credentialOf(name),
    witnessOf: (clusterId) => current.witnessOf(clusterId),
    secrets,
  });
  const collector = new MetricsCollector(inventory, clock, secrets);
  const listen = async (): Promise<void> =>
    traps?.listen({
      inventory: current.inventory,
      engineOf: (edgeId) => source.engineOf(edgeId),
      names,
      onEvidence: (evidence: TrapEvidence) => pipeline?.applyTrap(evidence),
    });
  try {
    await listen();
    pipeline = await startPipeline({
      inventory,
      source,
      collector,
      history,
      clock,
      network: withNames(network, names),
      ...(pathProbe ? { pathProbe } : {}),
      healthIntervalMs,
      roleIntervalMs,
      ...{ version, generalEscalateMs },
      random: Math.random,
      ...(onEvent ? { onEvent } : {}),
    });
  } catch (fault) {
    // An open trap port would keep the process alive.
    await traps?.listen(null);
    await collector.stop();
    await source.close();
    throw fault;
  }
  return {
    ...requestsTo(pipeline),
    ...runningParts(pipeline, { current, source, collector, traps, listen }),
  };
}

interface MonitorParts {
  current: CurrentInventory;
  source: EdgeSource;
  collector: MetricsCollector;
  traps: TrapListener | null;
  listen: () => Promise<void>;
}

/** What ends or replaces what the monitor is made of. */
function runningParts(
  pipeline: Pipeline,
  { current, source, collector, traps, listen }: MonitorParts,
): Pick<Monitor, 'alerts' | 'applyInventory' | 'resetSessions' | 'stop'> {
  return {
    alerts: pipeline.alerts,
    async applyInventory(next) {
      current.replace(next);
      await pipeline.applyInventory(next);
      await listen();
    },
    resetSessions: (edgeIds) => edgeIds.forEach((edgeId) => source.forget(edgeId)),
    async stop() {
      await traps?.listen(null);
      await pipeline.stop();
      await collector.stop();
      await source.close();
    },
  };
}

function requestsTo(
  pipeline: Pipeline,
): Omit<Monitor, 'alerts' | 'applyInventory' | 'resetSessions' | 'stop'> {
  return {
    snapshot: () => pipeline.snapshot(),
    onChange: (listener) => pipeline.onChange(listener),
    counts: () => pipeline.counts(),
    pollAll: () => pipeline.pollAll(),
    acknowledge: (rowId, input) => pipeline.acknowledge(rowId, input),
    recordNote: (event) => pipeline.recordNote(event),
    maintenancePlan: () => pipeline.maintenancePlan(),
    decideMaintenance: (event) => pipeline.decideMaintenance(event),
    maintenanceAt: (rowId, edgeId, timeMs) => pipeline.maintenanceAt(rowId, edgeId, timeMs),
    endOfSource: (words) => pipeline.endOfSource(words),
    computerSleeps: (isSuspended) => pipeline.computerSleeps(isSuspended),
    recordFault: (words, ends) => pipeline.recordFault(words, ends),
    recordFinding: (finding) => pipeline.recordFinding(finding),
    edgeTrack: (edgeId) => pipeline.edgeTrack(edgeId),
    lastReading: (edgeId) => pipeline.lastReading(edgeId),
  };
}
