import { app } from 'electron';
import { declareAppScheme } from './app-protocol';
import { HeronApp } from './heron-app';
import { parseLaunchArguments, type LaunchArguments } from './launch-arguments';
import { keepPassword } from './keep-password';

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

declareAppScheme();
const launched = launch();
if (launched === null) {
  app.exit(1);
} else {
  if (launched.userDataFolder !== null) app.setPath('userData', launched.userDataFolder);
  if (launched.storePassword !== null) void keepPassword(launched.storePassword, launched.withoutKeychain);
  else {
    const { inventoryFile, openFile, link } = launched;
    if (app.requestSingleInstanceLock({ inventoryFile, openFile, link }))
      new HeronApp(launched).run().catch(giveUp);
    else app.exit(0);
  }
}
