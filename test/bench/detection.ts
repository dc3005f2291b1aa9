import { writeFileSync } from 'node:fs';
import { runOnDemo } from './detection/demo-run';
import { isCheckingThread } from './detection/exhaustive/in-threads';
import { fieldResult } from './detection/field';
import { runInLab, whyNoLab } from './detection/lab-run';
import { readOptions, usage, type DetectionOptions } from './detection/options';
import { judgedPart, resultOf, type Parts } from './detection/parts';
import { defaultRules } from './detection/rules';
import { worlds, type Habits, type WorldName } from './detection/simulated/habits';
import { runSimulated } from './detection/simulated/simulated-run';

/** What the real lab is asked for where nothing else is said. */
const labSequences = 20;

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(usage);
  const say = options.json ? console.error : console.log;
  if (options.worlds.includes('field')) {
    const { result, story } = await fieldResult(options, say);
    tell(story.join('\n\n'), options, say);
    console.log(JSON.stringify(result));
    return;
  }
  const { seed, seconds, kinds, sequences, clusters, traps } = options;
  const watchArguments = ['--role-interval', String(options['role-interval'])];
  const asked = { seed, seconds, kinds, watchArguments };
  const parts: Parts = { simulated: [] };
  for (const world of simulatedWorlds(options)) {
    const roleIntervalMs = options['role-interval'] * 1000;
    const habits: Habits = worlds[world];
    say(`\nsimulated: ${world}`);
    const run = await runSimulated(
      { seed, sequences: options.simulated, clusters, kinds, roleIntervalMs },
      habits,
    );
    parts.simulated.push(judgedPart(run, say, { ...defaultRules, ...habits.rules }));
  }
  if (sequences > 0) {
    say('\ndemo fleet');
    parts.demo = judgedPart(await runOnDemo({ ...asked, traps, sequences, clusters }), say);
  }
  await inLab(options, parts, async (count, withTraps) => {
    say(`\nreal lab${withTraps ? ', with traps' : ''}`);
    const lab = { sequences: count, clusters: options['lab-clusters'], traps: withTraps };
    return judgedPart(await runInLab({ ...asked, ...lab }), say);
  });
  if (parts.labSkipped) say(`\nThe real lab was skipped: ${parts.labSkipped}`);
  const { demo, lab } = parts;
  const stories = [demo, ...parts.simulated, lab, parts.traps]
    .flatMap((part) => part?.story || [])
    .join('\n\n');
  tell(stories, options, say);
  console.log(JSON.stringify(resultOf(seed, parts)));
}

function tell(story: string, { story: file }: DetectionOptions, say: (words: string) => void): void {
  if (file) writeFileSync(file, `${story}\n`);
  else if (story) say(`\n${story}`);
}

/** The lab's parts; without an option for them only where this machine can have a lab, and it is said when it cannot. */
async function inLab(
  options: DetectionOptions,
  parts: Parts,
  run: (sequences: number, withTraps: boolean) => Promise<NonNullable<Parts['lab']>>,
): Promise<void> {
  const plain = options.lab ?? labSequences;
  const withTraps = options['lab-traps'] ?? plain;
  if (plain + withTraps === 0) return;
  const missing = await whyNoLab();
  if (missing !== null && (options.lab ?? options['lab-traps']) === undefined) {
    parts.labSkipped = missing;
    return;
  }
  if (plain > 0) parts.lab = await run(plain, false);
  if (withTraps > 0) parts.traps = await run(withTraps, true);
}

function simulatedWorlds(options: DetectionOptions): WorldName[] {
  if (options.simulated === 0) return [];
  const all = Object.keys(worlds) as WorldName[];
  const unknown = options.worlds.filter((name) => !(all as string[]).includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no world ${unknown.join(', ')}; there is ${all.join(', ')}.`);
  return options.worlds.length === 0 ? all : all.filter((name) => options.worlds.includes(name));
}

if (!isCheckingThread()) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  });
}
