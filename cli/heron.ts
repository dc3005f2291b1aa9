import { exitCode, UsageError } from './common/command-line';
import { heronVersion } from './common/version';

const usage = `heron: watches Virtual Service Edge clusters without a window.

  heron watch --inventory FILE   poll the edges, print what happens as JSON lines
  heron demo                     run a fleet of made-up edges to watch
  heron backup --out FILE        copy a history, also while it is written, and check the copy
  heron audit verify FILE        prove that a history or incident file was not altered
  heron audit report FILE        availability and failovers as CSV, JSON or HTML
  heron audit open FILE          say what a file is, and show it in Heron's window
  heron audit anchor FILE        write where a history stands, to be kept elsewhere
  heron audit new-key KEYFILE    put a new signing key in use
  heron extract --out FILE       cut an incident file out of a history, with its proof
  heron inventory check FILE     say what is wrong with an inventory file
  heron inventory schema         print the JSON Schema of inventory files
  heron help                     this
  heron --version                the version

heron COMMAND --help says more about one command.
`;

/** Each command's code is loaded only when it is asked for. */
const commands: Record<string, (args: string[]) => Promise<number>> = {
  watch: async (args) => (await import('./watch/watch')).runWatch(args),
  demo: async (args) => (await import('./demo')).runDemo(args),
  backup: async (args) => (await import('./backup')).runBackup(args),
  audit: async (args) => (await import('./audit/audit')).runAudit(args),
  extract: async (args) => (await import('./extract')).runExtract(args),
  inventory: async (args) => (await import('./inventory')).runInventory(args),
};

async function run([name, ...args]: string[]): Promise<number> {
  if (name === '--version' || name === '-V') {
    process.stdout.write(`${heronVersion()}\n`);
    return exitCode.done;
  }
  if (name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(usage);
    return exitCode.done;
  }
  const command = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
  if (command) return command(args);
  throw new UsageError(
    name === undefined ? 'Which command?' : `There is no command ${JSON.stringify(name)}.`,
  );
}

/** Wrong use is one line, with what to do. Anything else that escapes is our own fault: told with its stack. */
async function main(args: string[]): Promise<number> {
  try {
    return await run(args);
  } catch (fault) {
    if (!(fault instanceof UsageError)) throw fault;
    const command = args[0] !== undefined && Object.hasOwn(commands, args[0]) ? `${args[0]} --help` : 'help';
    process.stderr.write(`heron: ${fault.message} See: heron ${command}\n`);
    return exitCode.wrongUse;
  }
}

process.exitCode = await main(process.argv.slice(2));
