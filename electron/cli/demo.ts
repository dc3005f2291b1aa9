import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { describeTruthEntry } from '../demo/control/descriptions';
import { defaultScript, parseScript, ScriptError, type ScriptStep } from '../demo/faults/script';
import { mostClusters, planFleet } from '../demo/fleet/plan';
import { RunningDemo } from '../demo/running-demo';
import { demoPasswords } from '../secrets/demo-passwords';

const usage = `heron demo: a fleet of made-up edges on this machine's loopback, with real SNMPv3 agents.

  --seed N           the same number gives the same fleet and script (default 1)
  --clusters N       1 to ${String(mostClusters)} (default 6); one standalone edge comes with them
  --dir DIR          where inventory.json and control-token go (default: a new temporary folder, removed at the end)
  --control-port N   port of the control API on 127.0.0.1 (default: any free one)
  --script WHAT      default, none, or a JSON file of faults
  --speed X          makes the script's waiting X times shorter; CARP keeps its own time (default 1)
  --seconds N        end after so long (default: on SIGINT or SIGTERM)
  --parent-stdin     end when standard input closes, so that it never outlives who started it
`;

const optionsSchema = z.object({
  seed: z.coerce.number().int().min(0).max(4_294_967_295).default(1),
  clusters: z.coerce.number().int().min(1).max(mostClusters).default(6),
  dir: z.string().min(1).optional(),
  'control-port': z.coerce.number().int().min(0).max(65_535).default(0),
  script: z.string().min(1).default('default'),
  speed: z.coerce.number().min(0.01).max(1000).default(1),
  seconds: z.coerce.number().positive().max(2_000_000).optional(),
  'parent-stdin': z.boolean().default(false),
  help: z.boolean().default(false),
});
type Options = z.infer<typeof optionsSchema>;

/** What a caller did wrong, to be said in one line. */
class UsageError extends Error {}

/**
 * `heron demo`: runs the demo fleet until it is told to end. Prints JSON lines: `demo-ready`, then `truth` for each fault
 * and role change. Resolves to the exit code: 0, 1 when it could not start, 2 for a wrong argument.
 */
export async function runDemo(args: string[]): Promise<number> {
  try {
    const options = parseOptions(args);
    if (options.help) {
      process.stdout.write(usage);
      return 0;
    }
    return await serve(options, await scriptOf(options));
  } catch (error) {
    const wrongUse = error instanceof UsageError || error instanceof ScriptError;
    const words = error instanceof Error ? error.message : String(error);
    process.stderr.write(wrongUse ? `heron demo: ${words}\n` : `heron demo could not start: ${words}\n`);
    return wrongUse ? 2 : 1;
  }
}

async function serve(options: Options, script: Iterable<ScriptStep>): Promise<number> {
  const ending = endOf(options);
  try {
    const demo = await RunningDemo.start({
      seed: options.seed,
      clusters: options.clusters,
      directory: options.dir,
      controlPort: options['control-port'],
      script,
      scriptSpeed: options.speed,
      passwords: {
        HERON_DEMO_AUTH: process.env['HERON_DEMO_AUTH'] ?? demoPasswords.HERON_DEMO_AUTH,
        HERON_DEMO_PRIV: process.env['HERON_DEMO_PRIV'] ?? demoPasswords.HERON_DEMO_PRIV,
      },
      onTruth: (entry) => print({ type: 'truth', ...describeTruthEntry(entry) }),
      onProblem: (words) => process.stderr.write(`heron demo: ${words}\n`),
    });
    print({
      type: 'demo-ready',
      time: new Date().toISOString(),
      directory: demo.directory,
      inventory: demo.inventoryPath,
      control: { url: demo.control.url, tokenFile: demo.tokenPath },
      seed: options.seed,
      clusters: options.clusters,
      edges: demo.listeners.ports.size,
    });
    await ending.ended;
    await demo.stop();
    return 0;
  } finally {
    ending.forget();
  }
}

function parseOptions(args: string[]): Options {
  try {
    const { values } = parseArgs({
      args,
      options: {
        seed: { type: 'string' },
        clusters: { type: 'string' },
        dir: { type: 'string' },
        'control-port': { type: 'string' },
        script: { type: 'string' },
        speed: { type: 'string' },
        seconds: { type: 'string' },
        'parent-stdin': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    });
    const parsed = optionsSchema.safeParse(values);
    if (parsed.success) return parsed.data;
    const issue = parsed.error.issues[0];
    throw new UsageError(
      `--${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'wrong'}. See heron demo --help.`,
    );
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${error instanceof Error ? error.message : String(error)} See heron demo --help.`);
  }
}

async function scriptOf(options: Options): Promise<Iterable<ScriptStep>> {
  if (options.script === 'none') return [];
  if (options.script === 'default') {
    const plans = planFleet(options.seed, options.clusters).filter((plan) => !plan.standalone);
    return defaultScript(
      options.seed,
      plans.map((plan) => plan.name),
    );
  }
  const text = await readFile(options.script, 'utf8').catch((error: unknown) => {
    throw new UsageError(`--script: ${error instanceof Error ? error.message : String(error)}`);
  });
  return parseScript(text);
}

/** Resolves at the first reason to end: a signal, the time, a closed input, nobody left who reads the output. */
function endOf(options: Options): { ended: Promise<void>; forget: () => void } {
  const undo: (() => void)[] = [];
  const ended = new Promise<void>((resolve) => {
    const end = (): void => resolve();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, end);
      undo.push(() => process.off(signal, end));
    }
    process.stdout.on('error', end);
    undo.push(() => process.stdout.off('error', end));
    if (options.seconds !== undefined) {
      const timer = setTimeout(end, options.seconds * 1000);
      undo.push(() => clearTimeout(timer));
    }
    if (options['parent-stdin']) {
      process.stdin.on('end', end).on('close', end).on('error', end).resume();
      undo.push(() => process.stdin.off('end', end).off('close', end).off('error', end).pause());
    }
  });
  return { ended, forget: () => undo.forEach((step) => step()) };
}

function print(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
