import { app } from 'electron';
import { declareAppScheme } from './security/app-protocol';
import { HeronApp } from './heron-app';
import { keepPassword } from './settings/store-password';
import { parseLaunchArguments, type LaunchArguments } from './launch-arguments';
import type { PollingDependencies } from '../monitor/start-monitor';

/**
 * For the page's process: what a notice of a thousand rows leaves behind is collected soon. V8's own choice is to let 100 MB of it
 * gather first. Half of these figures save 35 MB more, and cost a third more time for a frame (docs/benchmarks.md).
 */
const pageHeapFlags = '--max-semi-space-size=8 --heap-growing-percent=60';

/** Starts what the command line asks for. To be called before Electron is ready. */
export function startApp(polling: PollingDependencies): void {
  declareAppScheme();
  app.commandLine.appendSwitch('js-flags', pageHeapFlags);
  const launched = launch();
  if (launched === null) return app.exit(1);
  if (launched.userDataFolder !== null) app.setPath('userData', launched.userDataFolder);
  if (launched.storePassword !== null)
    return void keepPassword(launched.storePassword, launched.withoutKeychain);
  const { inventoryFile, openFile, link } = launched;
  if (app.requestSingleInstanceLock({ inventoryFile, openFile, link }))
    new HeronApp(launched, polling).run().catch(giveUp);
  else app.exit(0);
}

/** What the command line asks for; null when it asks wrongly, which was then said. */
function launch(): LaunchArguments | null {
  try {
    return parseLaunchArguments(process.argv.slice(1), process.cwd());
  } catch (fault) {
    process.stderr.write(`heron: ${fault instanceof Error ? fault.message : String(fault)}\n`);
    return null;
  }
}

/** Without this, a fault before the window is there would leave a program that nobody sees. */
function giveUp(fault: unknown): void {
  process.stderr.write(`heron: could not start: ${fault instanceof Error ? fault.message : String(fault)}\n`);
  app.exit(1);
}
