import { printableLine } from '../monitor/base/printable';
import { log, startCommandLog } from '../monitor/log/log';
import { exitCode, UsageError } from './common/command-line';
import { heronVersion } from './common/version';
import { commands } from './commands';
import type { Command } from './common/command-table';
import { print, printError } from './common/print';
import { overview } from './reference/overview';

async function run([name, ...args]: string[]): Promise<number> {
  if (name === '--version' || name === '-V') {
    print(`${heronVersion()}\n`);
    return exitCode.done;
  }
  if (name === 'help' || name === '--help' || name === '-h') {
    const [about] = args;
    print(about === undefined ? overview(commands) : await commandNamed(about).usage());
    return exitCode.done;
  }
  if (name === undefined) throw new UsageError('Which command?');
  return commandNamed(name).run(args);
}

/** @throws UsageError when there is none */
function commandNamed(name: string): Command {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) return command;
  throw new UsageError(`There is no command ${JSON.stringify(name)}.`);
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
