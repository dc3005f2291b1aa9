import { writeFileSync } from 'node:fs';
import os from 'node:os';
import { runOnDemo, type RunFacts, type RunResult } from './detection/demo-run';
import { figuresOf, tableOf, type Figures } from './detection/figures';
import { runInLab } from './detection/lab-run';
import { readOptions, usage, type DetectionOptions } from './detection/options';
import { defaultRules } from './detection/rules';
import { judgeEvidence, type Judged } from './detection/run';
import { isTrouble, storyOf } from './detection/story';

/** One part of the benchmark, judged. */
interface Part {
  figures: Figures;
  kinds: Record<string, Figures>;
  facts: RunFacts & { seconds: number; load: number };
  story: string;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) return void process.stdout.write(usage);
  const say = options.json ? console.error : console.log;
  const watchArguments = ['--role-interval', String(options['role-interval'])];
  const { seed, seconds, kinds, traps } = options;
  const asked = { seed, seconds, kinds, traps, watchArguments };
  const parts: { demo?: Part; lab?: Part } = {};
  if (options.sequences > 0) {
    const { sequences, clusters } = options;
    parts.demo = judged(await runOnDemo({ ...asked, sequences, clusters }), say);
  }
  if (options.lab > 0) {
    const [sequences, clusters] = [options.lab, options['lab-clusters']];
    parts.lab = judged(await runInLab({ ...asked, sequences, clusters }), say);
  }
  const stories = [parts.demo, parts.lab].flatMap((part) => part?.story || []).join('\n\n');
  if (options.story) writeFileSync(options.story, `${stories}\n`);
  else if (stories) say(`\n${stories}`);
  console.log(JSON.stringify(result(options, parts)));
}

function judged(run: RunResult, say: (words: string) => void): Part {
  const verdicts = judgeEvidence(run.evidence, defaultRules);
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
function result({ seed, traps }: DetectionOptions, { demo, lab }: { demo?: Part; lab?: Part }): object {
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
    ['seed', seed],
    ['traps', traps],
    ...p95('demo', demo),
    ...p95('lab', lab),
  ]);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
