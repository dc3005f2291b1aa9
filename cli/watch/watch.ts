import { allEdges, identifyInventory, witnessOf } from '../../domain/inventory/inventory';
import type { InventoryFile } from '../../domain/inventory/inventory-file';
import { problemInWords, type InventoryProblem } from '../../domain/inventory/inventory-problem';
import type { HeronEvent } from '../../domain/model/event';
import { HistoryError } from '../../db/model/history-error';
import { readInventory } from '../../monitor/inventory/read-inventory';
import { systemClock } from '../../monitor/base/clock';
import { systemNetwork } from '../../monitor/host/host-network';
import { startPipeline, type Pipeline } from '../../monitor/pipeline/pipeline';
import { demoPasswords } from '../../monitor/secrets/demo-passwords';
import { environmentSecrets } from '../../monitor/secrets/environment-secrets';
import { EdgeReader } from '../../monitor/poll/edge-reader';
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
import { openWatchTraps, trapLine } from './watch-traps';

const mostProblemsShown = 5;

/**
 * `heron watch`: the pipeline without a window. Standard output is JSON lines only, `start` first and `summary` last;
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
  const source = new EdgeReader({
    credentialOf: (name) => inventory.credentials.find((credential) => credential.name === name),
    witnessOf: witnessOf(inventory),
    secrets,
  });
  for (const missing of await missingPasswords(inventory.credentials, secrets)) complain(missing);
  const { healthIntervalMs, roleIntervalMs } = options;
  let running: Pipeline | null = null;
  const traps = await openWatchTraps({
    port: options.trapPort,
    inventory,
    secrets,
    source,
    say: progress,
    complain,
    onEvidence(evidence) {
      printer.printLine(trapLine(evidence, inventory));
      running?.hint(evidence);
    },
  });
  const pipeline = await startPipeline({
    inventory,
    source,
    history,
    clock: systemClock,
    network: systemNetwork,
    healthIntervalMs,
    roleIntervalMs,
    version,
    random: Math.random,
    onEvent: (event) => printer.print(event, running && readingFor(event, running)),
  }).catch(async (fault: unknown) => {
    // An open trap port would keep the program alive after it has said why it does not watch.
    await traps?.close();
    await source.close();
    throw fault;
  });
  running = pipeline;
  const edges = allEdges(inventory).length;
  const clusters = inventory.clusters.length;
  tellOfTroubles(pipeline, complain);
  tellOfHistoryFile(pipeline, progress, complain);
  tellOfProof(pipeline, complain);
  progress(`Watching ${plural(edges, 'edge')} in ${plural(clusters, 'cluster')}. ${words}`);
  ending.after(options.seconds);
  const reason = await ending.reason;
  progress(endWords[reason]);
  const snapshot = pipeline.snapshot();
  await traps?.close();
  await pipeline.stop();
  await source.close();
  printer.printSummary({
    startedAtMs,
    nowMs: systemClock.nowMs(),
    clusters,
    edges,
    ...pipeline.counts(),
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
function readingFor(event: HeronEvent, pipeline: Pipeline) {
  const reading = event.type === 'edge-state' ? pipeline.lastReading(event.edgeId) : null;
  return reading?.kind === 'health' ? reading : null;
}

/** Says it once when Heron itself cannot work as it should, and when it can again. */
function tellOfTroubles(pipeline: Pipeline, say: (words: string) => void): void {
  let last = '';
  pipeline.onChange(({ monitor }) => {
    const historyFails = monitor.history.state === 'failing';
    const trouble = historyFails || ['partly-blind', 'blind', 'stalled'].includes(monitor.state);
    const state = trouble ? (historyFails ? 'history' : monitor.state) : '';
    if (state !== last) say(historyFails ? monitor.history.words : monitor.words);
    last = state;
  });
}

/** Says what becomes of the history file itself, once each: a check is progress, a damage is not. */
function tellOfHistoryFile(
  pipeline: Pipeline,
  say: (words: string) => void,
  complain: (words: string) => void,
): void {
  let lastMs = 0;
  pipeline.onChange(({ monitor: { history } }) => {
    if (history.care === null || history.care.sinceMs === lastMs) return;
    lastMs = history.care.sinceMs;
    const calm = history.care.state === 'checking' || history.care.state === 'sound';
    (calm ? say : complain)(history.care.words);
  });
}

/** Says it once when the history cannot be signed or anchored any more, and when it can again. */
function tellOfProof(pipeline: Pipeline, say: (words: string) => void): void {
  let failed = false;
  pipeline.onChange(({ monitor: { history } }) => {
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
