import { problemInWords, type InventoryProblem } from '../../domain/inventory/inventory-problem';
import { RequestRefused } from '../../domain/contract/request-refused';
import { HistoryError } from '../../db/model/history-error';
import { readInventory } from '../../monitor/inventory/read-inventory';
import { TrapPortError } from '../../monitor/traps/trap-receiver';
import { exitCode } from '../common/command-line';
import { awaitEnding, type EndReason } from '../common/ending';
import { lineOutput } from '../common/line-output';
import { heronVersion } from '../common/version';
import { openRunHistory } from './watch-history';
import { readWatchOptions, watchUsage } from './watch-options';
import { WatchPrinter } from './watch-printer';
import { watch } from './watch-run';
import { print, printError } from '../common/print';

const mostProblemsShown = 5;

/**
 * `heron watch`: the monitor without a window. Standard output is JSON lines only, `start` first and `summary` last;
 * messages go to standard error. Resolves to the exit code: 0, or 1 when nothing could be started or an
 * error in Heron ended it.
 *
 * @throws UsageError
 */
export async function runWatch(args: string[]): Promise<number> {
  const options = readWatchOptions(args);
  if (options.help) {
    print(watchUsage);
    return exitCode.done;
  }
  const check = await readInventory(options.inventoryFile);
  if (!check.ok) {
    complainAboutInventory(options.inventoryFile, check.problems);
    return exitCode.problem;
  }
  const output = lineOutput(process.stdout, complain);
  const ending = awaitEnding(output.closed);
  try {
    const run = await openRunHistory(options.historyFile, options.proof, heronVersion());
    const progress = options.quiet ? () => undefined : complain;
    let reason: EndReason;
    try {
      reason = await watch(check.file, options, run, ending, new WatchPrinter(output), {
        progress,
        complain,
      });
    } finally {
      await run.close();
    }
    progress(run.closedWords);
    return reason === 'fault' ? exitCode.problem : exitCode.done;
  } catch (fault) {
    if (!(fault instanceof HistoryError || fault instanceof TrapPortError || fault instanceof RequestRefused))
      throw fault;
    complain(`${fault.message} Nothing was started.`);
    return exitCode.problem;
  } finally {
    ending.dispose();
  }
}

function complainAboutInventory(file: string, problems: readonly InventoryProblem[]): void {
  for (const problem of problems.slice(0, mostProblemsShown)) complain(problemInWords(file, problem));
  const more = problems.length - mostProblemsShown;
  if (more > 0) complain(`… and ${more} more. heron inventory check ${file} lists them all.`);
}

function complain(words: string): void {
  printError(`heron watch: ${words}\n`);
}
