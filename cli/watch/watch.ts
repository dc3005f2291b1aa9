import { allEdges, identifyInventory } from '../../domain/inventory/inventory';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { problemInWords, type InventoryProblem } from '../../domain/inventory/inventory-problem';
import type { HeronEvent } from '../../domain/model/event';
import { HistoryError } from '../../db/model/history-error';
import { readInventory } from '../../monitor/inventory/read-inventory';
import { systemClock } from '../../monitor/base/clock';
import { demoPasswords } from '../../monitor/secrets/demo-passwords';
import { environmentSecrets } from '../../monitor/secrets/environment-secrets';
import { startMonitor, systemPolling, type Monitor } from '../../monitor/start-monitor';
import { TrapPortError } from '../../monitor/traps/trap-receiver';
import { exitCode } from '../common/command-line';
import { awaitEnding, type Ending } from '../common/ending';
import { lineOutput } from '../common/line-output';
import { missingPasswords } from '../common/missing-passwords';
import { plural } from '../common/plural';
import { heronVersion } from '../common/version';
import { openRunHistory, type RunHistory } from './watch-history';
import { readWatchOptions, watchUsage, type WatchOptions } from './watch-options';
import { WatchPrinter } from './watch-printer';
import { WatchTraps, trapLine } from './watch-traps';

const mostProblemsShown = 5;

/**
 * `heron watch`: the monitor without a window. Standard output is JSON lines only, `start` first and `summary` last;
 * everything for people goes to standard error. Resolves to the exit code: 0, or 1 when nothing could be started.
 *
 * @throws UsageError
 */
export async function runWatch(args: string[]): Promise<number> {
  const options = readWatchOptions(args);
  if (options.help) {
    process.stdout.write(watchUsage);
    return exitCode.done;
  }
  const check = await readInventory(options.inventoryFile);
  if (!check.ok) {
    complainOfInventory(options.inventoryFile, check.problems);
    return exitCode.problem;
  }
  const output = lineOutput(process.stdout, complain);
  const ending = awaitEnding(output.abandoned);
  try {
    const run = await openRunHistory(options.historyFile, options.proof, heronVersion());
    try {
      await watch(check.file, options, run, ending, new WatchPrinter(output));
    } finally {
      await run.close();
    }
    return exitCode.done;
  } catch (fault) {
    if (!(fault instanceof HistoryError || fault instanceof TrapPortError)) throw fault;
    complain(`${fault.message} Nothing was started.`);
    return exitCode.problem;
  } finally {
    ending.forget();
  }
}

async function watch(
  file: InventoryFile,
  options: WatchOptions,
  { history, words }: RunHistory,
  ending: Ending,
  printer: WatchPrinter,
): Promise<void> {
  const progress = options.quiet ? () => undefined : complain;
  const version = heronVersion();
  const inventory = identifyInventory(file, await history.inventory());
  const startedAtMs = systemClock.nowMs();
  await history.putInventory(inventory, startedAtMs);
  const secrets = environmentSecrets(process.env, demoPasswords);
  for (const missing of await missingPasswords(inventory.credentials, secrets)) complain(missing);
  const { trapPort, healthIntervalMs, roleIntervalMs } = options;
  const traps =
    trapPort === null
      ? null
      : new WatchTraps({
          port: trapPort,
          secrets,
          inform: progress,
          complain,
          onEvidence: (evidence) => printer.printLine(trapLine(evidence, inventory)),
        });
  let running: Monitor | null = null;
  const monitor = await startMonitor(inventory, {
    polling: { ...systemPolling, healthIntervalMs, roleIntervalMs },
    history,
    secrets,
    traps,
    version,
    onEvent: (event) => printer.print(event, running && readingFor(event, running)),
  });
  running = monitor;
  const edges = allEdges(inventory).length;
  const clusters = inventory.clusters.length;
  reportTroubles(monitor, complain);
  reportHistoryFile(monitor, progress, complain);
  reportProof(monitor, complain);
  progress(`Watching ${plural(edges, 'edge')} in ${plural(clusters, 'cluster')}. ${words}`);
  ending.after(options.seconds);
  const reason = await ending.reason;
  progress(endWords[reason]);
  const snapshot = monitor.snapshot();
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
}

const endWords = {
  signal: 'Told to end.',
  time: 'The time is over.',
  'nobody-reads': 'Nobody reads the output any more.',
};

/** A role poll alone is not worth showing: it holds nothing but the role. */
function readingFor(event: HeronEvent, monitor: Monitor) {
  const reading = event.type === 'edge-state' ? monitor.lastReading(event.edgeId) : null;
  return reading?.kind === 'health' ? reading : null;
}

/** Reports once when Heron itself is in trouble, and when it has recovered. */
function reportTroubles(monitor: Monitor, say: (words: string) => void): void {
  let last = '';
  monitor.onChange(({ monitor: status }) => {
    const historyFails = status.history.state === 'failing';
    const trouble = historyFails || ['partly-blind', 'blind', 'stalled'].includes(status.state);
    const state = trouble ? (historyFails ? 'history' : status.state) : '';
    if (state !== last) say(historyFails ? status.history.words : status.words);
    last = state;
  });
}

/** Reports each change in the history file's condition once: a check is progress, damage is a complaint. */
function reportHistoryFile(
  monitor: Monitor,
  say: (words: string) => void,
  complain: (words: string) => void,
): void {
  let lastMs = 0;
  monitor.onChange(({ monitor: { history } }) => {
    if (history.care === null || history.care.sinceMs === lastMs) return;
    lastMs = history.care.sinceMs;
    const calm = history.care.state === 'checking' || history.care.state === 'sound';
    (calm ? say : complain)(history.care.words);
  });
}

/** Reports once when the history can no longer be signed or anchored, and when it can again. */
function reportProof(monitor: Monitor, say: (words: string) => void): void {
  let failed = false;
  monitor.onChange(({ monitor: { history } }) => {
    const fails = history.proof?.state === 'failing';
    if (history.proof && fails !== failed) say(history.proof.words);
    failed = fails;
  });
}

function complainOfInventory(file: string, problems: readonly InventoryProblem[]): void {
  for (const problem of problems.slice(0, mostProblemsShown)) complain(problemInWords(file, problem));
  const more = problems.length - mostProblemsShown;
  if (more > 0) complain(`… and ${more} more. heron inventory check ${file} lists them all.`);
}

function complain(words: string): void {
  process.stderr.write(`heron watch: ${words}\n`);
}
