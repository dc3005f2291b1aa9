import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { runOnDemo, type RunFacts, type RunResult } from './detection/demo-run';
import { figuresOf, tableOf, type Figures } from './detection/figures';
import { runInLab } from './detection/lab-run';
import { readOptions, usage, type DetectionOptions } from './detection/options';
import { defaultRules, type JudgeRules } from './detection/rules';
import { judgeEvidence, type Judged } from './detection/run';
import { worlds, type Habits, type WorldName } from './detection/simulated/habits';
import { runSimulated } from './detection/simulated/simulated-run';
import { isTrouble, storyOf } from './detection/story';

/** One part of the benchmark, judged. */
interface Part {
  figures: Figures;
  kinds: Record<string, Figures>;
  facts: RunFacts & { seconds: number; load: number };
  story: string;
}

interface Parts {
  demo?: Part;
  lab?: Part;
  simulated: Part[];
}

function simulatedWorlds(options: DetectionOptions): WorldName[] {
  if (options.simulated === 0) return [];
  const all = Object.keys(worlds) as WorldName[];
  const unknown = options.worlds.filter((name) => !(all as string[]).includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no world ${unknown.join(', ')}; there is ${all.join(', ')}.`);
  return options.worlds.length === 0 ? all : all.filter((name) => options.worlds.includes(name));
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(usage);
  const say = options.json ? console.error : console.log;
  const watchArguments = ['--role-interval', String(options['role-interval'])];
  const { seed, seconds, kinds, traps } = options;
  const asked = { seed, seconds, kinds, traps, watchArguments };
  const parts: Parts = { simulated: [] };
  if (options.sequences > 0) {
    const { sequences, clusters } = options;
    parts.demo = judged(await runOnDemo({ ...asked, sequences, clusters }), say);
  }
  for (const world of simulatedWorlds(options)) {
    const { simulated: sequences, clusters } = options;
    const roleIntervalMs = options['role-interval'] * 1000;
    const habits: Habits = worlds[world];
    say(`\nsimulated: ${world}`);
    const run = await runSimulated({ seed, sequences, clusters, kinds, roleIntervalMs }, habits);
    parts.simulated.push(judged(run, say, { ...defaultRules, ...habits.rules }));
  }
  if (options.lab > 0) {
    const [sequences, clusters] = [options.lab, options['lab-clusters']];
    parts.lab = judged(await runInLab({ ...asked, sequences, clusters }), say);
  }
  const stories = [parts.demo, ...parts.simulated, parts.lab]
    .flatMap((part) => part?.story || [])
    .join('\n\n');
  if (options.story) writeFileSync(options.story, `${stories}\n`);
  else if (stories) say(`\n${stories}`);
  console.log(JSON.stringify(result(options, parts)));
}

function judged(run: RunResult, say: (words: string) => void, rules: JudgeRules = defaultRules): Part {
  const verdicts = judgeEvidence(run.evidence, rules);
  const played = run.evidence.flatMap((one) => one.played);
  const names = [...new Set(played.map(({ sequence }) => sequence.name))].sort();
  const runsOf = new Map(
    names.map((name) => [name, played.filter(({ sequence }) => sequence.name === name).length]),
  );
  say(tableOf(verdicts, runsOf));
  const ofKind = (name: string): Judged[] => verdicts.filter((one) => one.played?.sequence.name === name);
  return {
    figures: figuresOf(verdicts, played.length),
    kinds: Object.fromEntries([...runsOf].map(([name, runs]) => [name, figuresOf(ofKind(name), runs)])),
    facts: {
      ...run.facts,
      seconds: Math.round(
        Math.max(0, ...played.map(({ toMs }) => toMs)) / 1000 -
          Math.min(...played.map(({ fromMs }) => fromMs)) / 1000,
      ),
      load: Math.round((os.loadavg()[1] ?? 0) * 10) / 10,
    },
    story: verdicts
      .filter(isTrouble)
      .map((one) => storyOf(one, run.lines))
      .join('\n\n'),
  };
}

/** One flat object: the demo's figures by their own names, the lab's with `lab` before them, then p95 for each kind. */
function result({ seed, traps }: DetectionOptions, { demo, lab, simulated }: Parts): object {
  const flat = (part: Part | undefined): [string, unknown][] =>
    part ? Object.entries({ ...part.figures, ...part.facts }) : [];
  const p95 = (prefix: string, part: Part | undefined): [string, unknown][] =>
    Object.entries(part?.kinds ?? {}).map(([name, { p95Ms }]) => [`${prefix}P95Ms.${name}`, p95Ms]);
  return Object.fromEntries([
    ...flat(demo),
    ...flat(lab).map(([name, value]): [string, unknown] => [
      `lab${name.charAt(0).toUpperCase()}${name.slice(1)}`,
      value,
    ]),
    ...summed(simulated),
    ['seed', seed],
    ['traps', traps],
    ...p95('demo', demo),
    ...p95('lab', lab),
  ]);
}

/** What all simulated worlds come to together. */
function summed(parts: readonly Part[]): [string, number][] {
  if (parts.length === 0) return [];
  const counts = ['runs', 'moves', 'missed', 'invented', 'bracketMisses', 'gapMisses', 'kindMisses'] as const;
  return counts.map((name) => [
    `simulated${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    parts.reduce((sum, { figures }) => sum + figures[name], 0),
  ]);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
