import { randomUUID } from 'node:crypto';
import { app } from 'electron';
import { declareAppScheme } from './security/app-protocol';
import { sandboxEverything } from './security/lock-down';
import { filesOf, type PageFiles } from './security/page-files';
import { builtFiles } from './session/built-files';
import { HeronApp } from './heron-app';
import { guardAgainstGpu } from './window/gpu-fallback';
import type { PassedOn } from './second-instance';
import { storePassword } from './settings/store-password';
import { awaitStartAnswer } from './start-answer';
import { parseLaunchArguments, type LaunchArguments } from './launch-arguments';
import type { PollingDependencies } from '../monitor/start-monitor';

/**
 * V8 settings of the page's process: garbage is collected early, where V8's defaults let 100 MB of it accumulate. Halving
 * these values saves 35 MB more but makes frames a third slower (docs/adr/0011-v8-memory-settings.md).
 */
const pageHeapFlags = '--max-semi-space-size=8 --heap-growing-percent=60';

/**
 * Starts the app as the command line says. Must be called before Electron is ready.
 *
 * @param pageFiles the built page, but in development
 */
export function startApp(
  polling: PollingDependencies,
  pageFiles: PageFiles = filesOf(builtFiles.renderer),
): void {
  declareAppScheme();
  sandboxEverything(app);
  app.commandLine.appendSwitch('js-flags', pageHeapFlags);
  const launched = readArguments();
  if (launched === null) return app.exit(1);
  if (launched.userDataFolder !== null) app.setPath('userData', launched.userDataFolder);
  guardAgainstGpu(app.getPath('userData'), Date.now());
  if (launched.storePassword !== null)
    return void storePassword(launched.storePassword, launched.withoutKeychain);
  const { inventoryFile, openFile, link, demo, onlyAtStart } = launched;
  const answerId = randomUUID();
  const passedOn: PassedOn = { inventoryFile, openFile, link, demo, onlyAtStart, answerId };
  if (app.requestSingleInstanceLock({ ...passedOn }))
    new HeronApp(launched, polling, pageFiles).run().catch(exitWithError);
  else endAsSecondInstance(answerId).catch(exitWithError);
}

/** Prints what the running instance did with the arguments, and exits: 1 when it did nothing. */
async function endAsSecondInstance(answerId: string): Promise<void> {
  const print = (words: string): void => void process.stderr.write(`heron: ${words}\n`);
  const limits = { firstWithinMs: 30_000, lastWithinMs: 120_000 };
  const answer = await awaitStartAnswer(app.getPath('userData'), answerId, print, limits);
  print(answer?.words ?? 'Heron is already running and has not done this. Close it first.');
  app.exit(answer?.state === 'done' ? 0 : 1);
}

/** The command line's arguments; null after writing to standard error what is wrong with them. */
function readArguments(): LaunchArguments | null {
  try {
    return parseLaunchArguments(process.argv.slice(1), process.cwd());
  } catch (fault) {
    process.stderr.write(`heron: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    return null;
  }
}

/** Without this, an error before the window opens would leave a process running without a window. */
function exitWithError(fault: unknown): void {
  process.stderr.write(`heron: could not start: ${fault instanceof Error ? fault.message : String(fault)}\n`);
  app.exit(1);
}
