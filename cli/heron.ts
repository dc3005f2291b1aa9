import { log, startCommandLog } from '../monitor/log/log';
import { exitCode, UsageError } from './common/command-line';
import { heronVersion } from './common/version';
import { commands } from './commands';
import { print, printError } from './common/print';
import { printableLine } from './common/printable';
import { overview } from './reference/overview';

async function run([name, ...args]: string[]): Promise<number> {
  if (name === '--version' || name === '-V') {
    print(`${heronVersion()}\n`);
    return exitCode.done;
  }
  if (name === 'help' || name === '--help' || name === '-h') {
    print(overview(commands));
    return exitCode.done;
  }
  const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
  if (command) return command.run(args);
  throw new UsageError(
    name === undefined ? 'Which command?' : `There is no command ${JSON.stringify(name)}.`,
  );
}

/** Wrong use prints one line. Any other error is a fault in Heron, and ends the process with its stack. */
async function main(args: string[]): Promise<number> {
  startCommandLog(process.env);
  log.debug(
    `heron ${heronVersion()}, Node ${process.versions.node}, ${process.platform}: ${args[0] ?? 'no command'}`,
  );
  try {
    return await run(args);
  } catch (fault) {
    if (!(fault instanceof UsageError)) throw fault;
    const command = args[0] !== undefined && Object.hasOwn(commands, args[0]) ? `${args[0]} --help` : 'help';
    printError(`heron: ${printableLine(fault.message)} See: heron ${command}\n`);
    return exitCode.wrongUse;
  }
}

process.exitCode = await main(process.argv.slice(2));
