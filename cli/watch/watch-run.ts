import { allEdges, identifyInventory } from '../../domain/inventory/inventory';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import type { HeronEvent } from '../../domain/model/event';
import { systemClock } from '../../monitor/base/clock';
import { startMonitor, systemPolling, type Monitor } from '../../monitor/start-monitor';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';
import type { Ending, EndReason } from '../common/ending';
import { readChannelFile } from '../../monitor/channels/channel-file';
import { commandSecrets } from '../common/command-secrets';
import { missingPasswords } from '../common/missing-passwords';
import { plural } from '../common/plural';
import { heronVersion } from '../common/version';
import { reportStatus, type Messages } from './report-status';
import type { RunHistory } from './watch-history';
import type { WatchOptions } from './watch-options';
import { MonitorMetrics } from '../../monitor/metrics/monitor-metrics';
import { deliverAlerts } from './watch-channels';
import { offerMetrics } from './watch-metrics';
import { vendorFollower } from './watch-vendor';
import type { WatchPrinter } from './watch-printer';
import { WatchTraps, trapLine } from './watch-traps';

/** Monitors the inventory until the ending, prints events and the summary, and resolves to why it ended. Rejects with a TrapPortError or HistoryError. */
export async function watch(
  file: InventoryFile,
  options: WatchOptions,
  run: RunHistory,
  ending: Ending,
  printer: WatchPrinter,
  messages: Messages,
): Promise<EndReason> {
  let running: Monitor | null = null;
  const secrets = commandSecrets(options.allowedVariables);
  const metrics = new MonitorMetrics(heronVersion(), () => running);
  const server = options.metrics && (await offerMetrics(options.metrics, metrics, secrets));
  if (server) messages.progress(`Metrics are offered at http://${server.where}/metrics.`);
  const onEvent = (event: HeronEvent): void => {
    metrics.add(event);
    printer.print(event, running && readingFor(event, running));
  };
  const onStart = (monitor: Monitor): void => void (running = monitor);
  try {
    return await monitorUntilEnd(file, options, run, ending, {
      printer,
      messages,
      secrets,
      onEvent,
      onStart,
    });
  } finally {
    await server?.stop();
  }
}

interface RunParts {
  printer: WatchPrinter;
  messages: Messages;
  secrets: SecretResolver;
  onEvent(event: HeronEvent): void;
  onStart(monitor: Monitor): void;
}

async function monitorUntilEnd(
  file: InventoryFile,
  options: WatchOptions,
  { history, words }: RunHistory,
  ending: Ending,
  { printer, messages: { progress, complain }, secrets, onEvent, onStart }: RunParts,
): Promise<EndReason> {
  const settings = options.alertsFile === null ? null : readChannelFile(options.alertsFile);
  const followVendor = vendorFollower(options);
  const inventory = identifyInventory(file, await history.inventory());
  const startedAtMs = systemClock.nowMs();
  await history.putInventory(inventory, startedAtMs);
  for (const missing of await missingPasswords(inventory, secrets)) complain(missing);
  const { trapPort, healthIntervalMs, roleIntervalMs } = options;
  const traps =
    trapPort === null
      ? null
      : new WatchTraps({
          port: trapPort,
          secrets,
          progress,
          complain,
          onEvidence: (evidence) => printer.printLine(trapLine(evidence, inventory)),
        });
  const monitor = await startMonitor(inventory, {
    polling: { ...systemPolling, healthIntervalMs, roleIntervalMs },
    history,
    secrets,
    traps,
    version: heronVersion(),
    ...(settings?.escalateMs === undefined ? {} : { generalEscalateMs: () => settings.escalateMs ?? 0 }),
    onEvent,
  });
  onStart(monitor);
  const [edges, clusters] = [allEdges(inventory).length, inventory.clusters.length];
  const channels = settings && deliverAlerts(settings, monitor, secrets, options.historyFile);
  const vendor = await followVendor({ monitor, history, secrets, complain });
  reportStatus(monitor, { progress, complain });
  progress(`Monitoring ${plural(edges, 'edge')} in ${plural(clusters, 'cluster')}. ${words}`);
  ending.after(options.seconds);
  const reason = await ending.reason;
  if (ending.fault === null) progress(endWords[reason]);
  else {
    complain(`Ended because of an error in Heron itself: ${ending.fault}. Please report it.`);
    monitor.recordFault(ending.fault, true);
  }
  const snapshot = monitor.snapshot();
  await Promise.all([vendor?.stop(), channels?.stop()]);
  await monitor.stop();
  printer.printSummary({
    startedAtMs,
    nowMs: systemClock.nowMs(),
    clusters,
    edges,
    ...monitor.counts(),
    snapshot,
    traps: traps?.counts() ?? null,
  });
  return ending.fault === null ? reason : 'fault';
}

const endWords: Record<EndReason, string> = {
  fault: 'Ended because of an error in Heron itself.',
  signal: 'Ended by a signal.',
  time: 'The time is over.',
  'output-closed': 'The output was closed by its reader.',
};

/** Role polls are left out: they contain nothing but the role. */
function readingFor(event: HeronEvent, monitor: Monitor) {
  const reading = event.type === 'edge-state' ? monitor.lastReading(event.edgeId) : null;
  return reading?.kind === 'health' ? reading : null;
}
