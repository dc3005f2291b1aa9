import { log, startCommandLog } from '../monitor/log/log';
import { exitCode, UsageError } from './common/command-line';
import { heronVersion } from './common/version';
import { print, printError } from './common/print';
import { printableLine } from './common/printable';

const usage = `heron: monitors Virtual Service Edge clusters without a window.

  heron watch --inventory FILE   poll the edges and print what happens as JSON lines
  heron wall                     all clusters on one screen of the terminal: a demo fleet, your edges, a history
  heron doctor EDGE|FILE         ask an edge everything, step by step: what works, what does not, what to do
  heron demo                     run a simulated fleet to monitor
  heron backup --out FILE        copy a history, also while it is written, and check the copy
  heron audit verify FILE        prove that a history or incident file was not altered
  heron audit report FILE        availability and failovers as CSV, JSON or HTML
  heron audit query FILE WHAT    answer one question, such as the active LB at a moment
  heron audit trust              list the keys that you trust, or add one
  heron audit open FILE          describe a file, and show it in Heron's window
  heron audit anchor FILE        export the head of a history, to be stored elsewhere
  heron audit new-key KEYFILE    create a new signing key
  heron extract --out FILE       make an incident file from a history, with its proof
  heron support                  print versions, settings, findings and log lines for a support case
  heron inventory check FILE     validate an inventory file
  heron inventory schema         print the JSON Schema of inventory files
  heron help                     print this text
  heron --version                print the version

heron COMMAND --help describes one command. HERON_LOG=error|warn|info|debug sets how much is logged to standard error.
`;

/** The code of a command is loaded only when it runs. */
const commands: Record<string, (args: string[]) => Promise<number>> = {
  watch: async (args) => (await import('./watch/watch')).runWatch(args),
  wall: async (args) => (await import('./wall/wall')).runWall(args),
  doctor: async (args) => (await import('./doctor/doctor')).runDoctor(args),
  demo: async (args) => (await import('./demo')).runDemo(args),
  backup: async (args) => (await import('./backup')).runBackup(args),
  audit: async (args) => (await import('./audit/audit')).runAudit(args),
  extract: async (args) => (await import('./extract')).runExtract(args),
  support: async (args) => (await import('./support/support')).runSupport(args),
  inventory: async (args) => (await import('./inventory')).runInventory(args),
};

async function run([name, ...args]: string[]): Promise<number> {
  if (name === '--version' || name === '-V') {
    print(`${heronVersion()}\n`);
    return exitCode.done;
  }
  if (name === 'help' || name === '--help' || name === '-h') {
    print(usage);
    return exitCode.done;
  }
  const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
  if (command) return command(args);
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
