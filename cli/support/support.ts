import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { openHistoryReadOnly } from '../../db/open-history';
import { identifyInventory, type Inventory } from '../../domain/inventory/inventory';
import { problemInWords } from '../../domain/inventory/inventory-problem';
import { systemClock } from '../../monitor/base/clock';
import { FileExistsError, writeFileDurably } from '../../monitor/base/write-file';
import { readInventory } from '../../monitor/inventory/read-inventory';
import { logSlowQuery } from '../../monitor/log/log';
import { recordedFacts, type RecordedFacts } from '../../monitor/support/recorded-facts';
import { supportBundle, supportText } from '../../monitor/support/support-bundle';
import { appHistoryFile } from '../common/app-history';
import { exitCode, readArguments } from '../common/command-line';
import { fileProcesses } from '../common/file-processes';
import { print, printError } from '../common/print';
import { heronVersion } from '../common/version';

export const supportUsage = `heron support: what a support case needs, as JSON: versions, settings, inventory, history, findings and the last log lines.

  heron support                prints it: read it before you send it
      --out FILE               saves it as a new file that only you can read
      --redact                 pseudonyms for all names and addresses; words that may be names are left out
      --inventory FILE         the inventory (default: the one in the history)
      --db FILE                the history (default: the app's own on this machine)

It never contains a password, a community, or the value of an environment variable. docs/support.md describes it.
`;

const name = z.string().min(1, 'needs the name of a file');
const schema = z.object({
  help: z.boolean().default(false),
  redact: z.boolean().default(false),
  out: name.optional(),
  inventory: name.optional(),
  db: name.optional(),
  positionals: z.array(z.string()).max(0, 'Everything for heron support is an option'),
});

/** `heron support`. Resolves to the exit code: 0, or 1 when the file was not written. @throws UsageError */
export async function runSupport(args: string[]): Promise<number> {
  const given = readArguments(
    args,
    {
      help: { type: 'boolean', short: 'h' },
      redact: { type: 'boolean' },
      out: { type: 'string' },
      inventory: { type: 'string' },
      db: { type: 'string' },
    },
    schema,
  );
  if (given.help) {
    print(supportUsage);
    return exitCode.done;
  }
  const own = appHistoryFile();
  const bundle = await supportBundle(
    {
      environment: process.env,
      folder: path.dirname(own),
      version: heronVersion(),
      recorded: await factsIn(historyOf(given.db, own)),
      live: null,
      ...(await inventoryIn(given.inventory)),
      nowMs: systemClock.nowMs(),
    },
    given.redact,
  );
  const text = supportText(bundle);
  if (given.out !== undefined) return save(path.resolve(given.out), text);
  print(text);
  return exitCode.done;
}

/** The named history, else the app's own, else that of the demo fleet where only that exists. */
function historyOf(named: string | undefined, own: string): string {
  if (named !== undefined) return path.resolve(named);
  const demo = path.join(path.dirname(own), 'demo-history.sqlite');
  return !existsSync(own) && existsSync(demo) ? demo : own;
}

/** Another program writes the history, or did: its facts are read in a process of their own. */
function factsIn(file: string): Promise<RecordedFacts> {
  return recordedFacts(file, async (read) => {
    const history = await openHistoryReadOnly({
      ...{ file, workers: fileProcesses, readers: 1, onSlowQuery: logSlowQuery },
    });
    try {
      return await read(history);
    } finally {
      await history.close();
    }
  });
}

async function inventoryIn(
  file: string | undefined,
): Promise<{ inventory: Inventory | null; problems: string[] }> {
  if (file === undefined) return { inventory: null, problems: [] };
  const result = await readInventory(file);
  if (result.ok) return { inventory: identifyInventory(result.file, null), problems: [] };
  return { inventory: null, problems: result.problems.map((problem) => problemInWords(file, problem)) };
}

async function save(file: string, text: string): Promise<number> {
  try {
    await writeFileDurably(file, text, { replace: false });
  } catch (fault) {
    if (!(fault instanceof FileExistsError) && !(fault instanceof Error && 'code' in fault)) throw fault;
    printError(`heron support: ${fault.message}\n`);
    return exitCode.problem;
  }
  print(`${file}: ${text.length} characters. Read it before you send it.\n`);
  return exitCode.done;
}
