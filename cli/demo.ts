import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { describeTruthEntry } from '../demo/control/descriptions';
import { defaultScript, parseScript, ScriptError, type ScriptStep } from '../demo/script/script';
import { maxClusters, planFleet } from '../demo/fleet/plan';
import { RunningDemo } from '../demo/running-demo';
import { demoPasswords } from '../monitor/secrets/demo-passwords';
import { exitCode, readArguments, UsageError } from './common/command-line';
import { awaitEnding } from './common/ending';
import { lineOutput, type LineOutput } from './common/line-output';
import { print, printError } from './common/print';

export const demoUsage = `heron demo: a simulated fleet on this machine's loopback, with real SNMPv3 agents.

  --seed N           the same number gives the same fleet and script (default 1)
  --clusters N       1 to ${String(maxClusters)} (default 6); one standalone edge comes with them
  --dir DIR          folder for inventory.json and control-token (default: a new temporary one, removed at the end)
  --control-port N   port of the control API on 127.0.0.1 (default: any free one)
  --trap-port N      the edges send SNMP traps to this UDP port of 127.0.0.1 (default: none)
  --untouched        the edges do not report their CARP role, like edges that are not set up for it
  --script WHAT      default, none, or a JSON file of faults
  --speed X          divide the waits of the script by X; CARP timers are not changed (default 1)
  --seconds N        end after N seconds (default: on SIGINT or SIGTERM)
  --parent-stdin     end when standard input closes, so that the demo never outlives its parent
`;

const optionsSchema = z.strictObject({
  seed: z.coerce.number().int().min(0).max(4_294_967_295).default(1),
  clusters: z.coerce.number().int().min(1).max(maxClusters).default(6),
  dir: z.string().min(1).optional(),
  'control-port': z.coerce.number().int().min(0).max(65_535).default(0),
  'trap-port': z.coerce.number().int().min(1).max(65_535).optional(),
  untouched: z.boolean().default(false),
  script: z.string().min(1).default('default'),
  speed: z.coerce.number().min(0.01).max(1000).default(1),
  seconds: z.coerce.number().positive().max(2_000_000).nullable().default(null),
  'parent-stdin': z.boolean().default(false),
  help: z.boolean().default(false),
  positionals: z.array(z.string()).max(0, 'takes options only'),
});
type Options = z.infer<typeof optionsSchema>;

const text = { type: 'string' } as const;
const yes = { type: 'boolean' } as const;
const optionKinds = {
  seed: text,
  clusters: text,
  dir: text,
  'control-port': text,
  'trap-port': text,
  untouched: yes,
  script: text,
  speed: text,
  seconds: text,
  'parent-stdin': yes,
  help: yes,
};

/**
 * `heron demo`: runs the demo fleet until a signal or the given time. Prints JSON lines: `demo-ready`, then `truth` for each fault
 * and role change. Resolves to the exit code.
 *
 * @throws UsageError for a wrong argument or script.
 */
export async function runDemo(args: string[]): Promise<number> {
  const options = readArguments(args, optionKinds, optionsSchema);
  if (options.help) {
    print(demoUsage);
    return exitCode.done;
  }
  const script = await scriptOf(options);
  const output = lineOutput(process.stdout);
  const input = options['parent-stdin'] ? closingOf(process.stdin) : undefined;
  const ending = awaitEnding(Promise.race([output.closed, ...(input ? [input.closed] : [])]));
  try {
    const demo = await start(options, script, output);
    if (!demo) return exitCode.problem;
    ending.after(options.seconds);
    await ending.reason;
    await demo.stop();
    if (ending.fault === null) return exitCode.done;
    printError(`heron demo: Ended because of an error in Heron itself: ${ending.fault}.\n`);
    return exitCode.problem;
  } finally {
    ending.dispose();
    input?.forget();
  }
}

/** Undefined when the fleet could not start; standard error has the reason. */
async function start(
  options: Options,
  script: Iterable<ScriptStep>,
  output: LineOutput,
): Promise<RunningDemo | undefined> {
  const { seed, clusters } = options;
  try {
    const demo = await RunningDemo.start({
      seed,
      clusters,
      directory: options.dir,
      controlPort: options['control-port'],
      trapPort: options['trap-port'],
      script,
      scriptSpeed: options.speed,
      untouched: options.untouched,
      passwords: {
        HERON_DEMO_AUTH: process.env['HERON_DEMO_AUTH'] ?? demoPasswords.HERON_DEMO_AUTH,
        HERON_DEMO_PRIV: process.env['HERON_DEMO_PRIV'] ?? demoPasswords.HERON_DEMO_PRIV,
      },
      onTruth: (entry) => output.print({ type: 'truth', ...describeTruthEntry(entry) }),
      onProblem: (words) => printError(`heron demo: ${words}\n`),
    });
    output.print({
      type: 'demo-ready',
      time: new Date().toISOString(),
      directory: demo.directory,
      inventory: demo.inventoryPath,
      control: { url: demo.control.url, tokenFile: demo.tokenPath },
      seed,
      clusters,
      edges: demo.listeners.ports.size,
    });
    return demo;
  } catch (error) {
    printError(`heron demo could not start: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

async function scriptOf(options: Options): Promise<Iterable<ScriptStep>> {
  if (options.script === 'none') return [];
  if (options.script === 'default') {
    const plans = planFleet(options.seed, options.clusters).filter((plan) => !plan.standalone);
    return defaultScript(
      options.seed,
      plans.map((plan) => ({ name: plan.name, edges: plan.edges.length })),
    );
  }
  try {
    return parseScript(await readFile(options.script, 'utf8'));
  } catch (error) {
    if (error instanceof ScriptError) throw new UsageError(`${options.script}: ${error.message}`);
    throw new UsageError(`--script ${error instanceof Error ? error.message : String(error)}.`);
  }
}

/** `closed` resolves when the stream has ended, because the process at its other end closed it or exited. */
function closingOf(stream: NodeJS.ReadStream): { closed: Promise<void>; forget: () => void } {
  let close: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (close = resolve));
  const events = ['end', 'close', 'error'] as const;
  for (const event of events) stream.on(event, close);
  stream.resume();
  return {
    closed,
    forget() {
      for (const event of events) stream.off(event, close);
      stream.pause();
    },
  };
}
