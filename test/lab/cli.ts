import { parseArgs } from 'node:util';
import path from 'node:path';
import { z } from 'zod';
import { faultKinds, faultWords } from './fault-kinds';
import { openLab, startLab, type Lab } from './real-lab';
import { labOptionsSchema } from './options';
import { disownLab, isStale, readRecords, type LabRecord } from './record';
import { missingForLab } from './requirements';
import { labStatus, statusInWords } from './status';
import { removeLab, removeStaleLabs } from './teardown';

const usage = `The real lab: CARP clusters of network namespaces on this machine. Needs root.

  node test/lab/lab.mjs up [--edges N] [--clusters M] [--dir DIR] [--traffic REQUESTS_PER_SECOND] [--traps]
                           [--trap-port PORT] [--advbase SECONDS] [--advskew-step N] [--no-preempt] [--carp-cache SECONDS]
  node test/lab/lab.mjs status [--json]
  node test/lab/lab.mjs fault KIND [--edge NAME|@master|@backup] [--seconds N]
  node test/lab/lab.mjs restore [--edge NAME]
  node test/lab/lab.mjs truth [--failovers [--cluster NAME]]
  node test/lab/lab.mjs down [--all | --stale]

With several labs up, --lab ID says which one. --stale: only labs whose process has died. Faults:
${Object.entries(faultWords)
  .map(([kind, words]) => `  ${kind.padEnd(16)}${words}`)
  .join('\n')}`;

type Flags = ReturnType<typeof parseFlags>['values'];

/** Runs one command of the lab and returns its exit code. */
export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseFlags(args);
  const [command, ...rest] = positionals;
  if (values.help || command === undefined) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const run = commands[command];
  if (!run) throw new Error(`No command "${command}".\n\n${usage}`);
  const missing = await missingForLab();
  if (missing !== null) throw new Error(missing);
  await run(values, rest);
  return 0;
}

const commands: Record<string, (flags: Flags, rest: string[]) => Promise<void>> = {
  up,
  down,
  status,
  fault,
  restore,
  truth,
};

function parseFlags(args: string[]) {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean' } as const;
  const numbers = { edges: text, clusters: text, advbase: text, 'advskew-step': text, 'carp-cache': text };
  const more = { traffic: text, 'trap-port': text, seconds: text, lab: text };
  const names = { dir: text, edge: text, cluster: text };
  const switches = {
    traps: yes,
    'no-preempt': yes,
    json: yes,
    failovers: yes,
    all: yes,
    stale: yes,
    help: yes,
  };
  return parseArgs({ args, allowPositionals: true, options: { ...numbers, ...more, ...names, ...switches } });
}

/** A whole number given on the command line; undefined when it was not given. */
function numberOf(flags: Flags, name: keyof Flags): number | undefined {
  const text = flags[name];
  if (text === undefined) return undefined;
  if (typeof text !== 'string' || !/^\d{1,6}$/.test(text)) throw new Error(`--${name} wants a whole number.`);
  return Number(text);
}

async function up(flags: Flags): Promise<void> {
  const options = labOptionsSchema.safeParse({
    clusters: numberOf(flags, 'clusters'),
    edges: numberOf(flags, 'edges'),
    advbaseSeconds: numberOf(flags, 'advbase'),
    advskewStep: numberOf(flags, 'advskew-step'),
    carpCacheSeconds: numberOf(flags, 'carp-cache'),
    trafficPerSecond: numberOf(flags, 'traffic'),
    trapPort: numberOf(flags, 'trap-port') ?? (flags.traps ? 162 : null),
    preempt: !flags['no-preempt'],
  });
  if (!options.success) throw new Error(z.prettifyError(options.error));
  const { lab, record } = await startLab(
    options.data,
    flags.dir === undefined ? null : path.resolve(flags.dir),
  );
  disownLab(record);
  console.error(statusInWords(lab.plan, await labStatus(lab.plan)));
  console.error(
    `\nInventory: ${lab.inventoryFile}\nIts credential needs (also in ${record.folder}/lab.env):`,
  );
  for (const [name, value] of Object.entries(lab.environment)) console.log(`export ${name}=${value}`);
}

async function down(flags: Flags): Promise<void> {
  const stale = await removeStaleLabs();
  if (stale.length > 0) console.error(`Removed stale: lab ${stale.join(', ')}.`);
  if (flags.stale) return;
  // A lab of a running test is that test's own to take down.
  const free = readRecords().filter(({ owner }) => flags.all || flags.lab !== undefined || owner === null);
  const chosen = flags.all || free.length === 0 ? free : [chooseRecord(flags, free)];
  for (const { id } of chosen) {
    await removeLab(id);
    console.error(`Lab ${id} is down.`);
  }
  if (chosen.length === 0 && stale.length === 0) console.error('No lab is up.');
}

async function status(flags: Flags): Promise<void> {
  const { plan } = chooseLab(flags);
  const clusters = await labStatus(plan);
  console.log(flags.json ? JSON.stringify(clusters) : statusInWords(plan, clusters));
}

async function fault(flags: Flags, [word]: string[]): Promise<void> {
  const kind = z.enum(faultKinds).safeParse(word);
  if (!kind.success) throw new Error(`fault wants one of ${faultKinds.join(', ')}.`);
  const edge = await chooseLab(flags).fault(kind.data, flags.edge, numberOf(flags, 'seconds'));
  console.error(`${kind.data}${edge === null ? '' : ` on ${edge}`}: ${faultWords[kind.data]}.`);
}

async function restore(flags: Flags): Promise<void> {
  await chooseLab(flags).restore(flags.edge);
  console.error('Restored.');
}

async function truth(flags: Flags): Promise<void> {
  const lab = chooseLab(flags);
  if (flags.failovers) console.log(JSON.stringify(lab.history(flags.cluster), null, 2));
  else for (const line of lab.truth()) console.log(JSON.stringify(line));
}

function chooseLab(flags: Flags): Lab {
  return openLab(chooseRecord(flags));
}

function chooseRecord(flags: Flags, all = readRecords()): LabRecord {
  const wanted = numberOf(flags, 'lab');
  const records = all.filter((record) => (wanted === undefined ? !isStale(record) : record.id === wanted));
  const [record] = records;
  if (record && records.length === 1) return record;
  if (!record) throw new Error(wanted === undefined ? 'No lab is up.' : `No lab ${wanted} is up.`);
  throw new Error(`Several labs are up: say --lab ${records.map(({ id }) => id).join(' or --lab ')}.`);
}
