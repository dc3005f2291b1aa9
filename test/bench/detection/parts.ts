import os from 'node:os';
import type { RunFacts, RunResult } from './demo-run';
import { figuresOf, tableOf, type Figures } from './figures';
import { defaultRules, type JudgeRules } from './rules';
import { judgeEvidence, type Judged } from './run';
import { isTrouble, storyOf } from './story';

/** One part of the benchmark, judged. */
export interface Part {
  judged: Judged[];
  runs: number;
  figures: Figures;
  kinds: Record<string, Figures>;
  facts: RunFacts & { seconds: number; load: number };
  story: string;
}

/** All parts: the demo fleet, the real lab without and with traps, and each simulated world. */
export interface Parts {
  demo?: Part;
  lab?: Part;
  traps?: Part;
  simulated: Part[];
  /** Why there was no lab. */
  labSkipped?: string;
}

/** Judges a run and prints its table. */
export function judgedPart(
  run: RunResult,
  say: (words: string) => void,
  rules: JudgeRules = defaultRules,
): Part {
  const judged = judgeEvidence(run.evidence, rules);
  const played = run.evidence.flatMap((one) => one.played);
  const names = [...new Set(played.map(({ sequence }) => sequence.name))].sort();
  const runsOf = new Map(
    names.map((name) => [name, played.filter(({ sequence }) => sequence.name === name).length]),
  );
  say(tableOf(judged, runsOf));
  const ofKind = (name: string): Judged[] => judged.filter((one) => one.played?.sequence.name === name);
  return {
    judged,
    runs: played.length,
    figures: figuresOf(judged, played.length),
    kinds: Object.fromEntries([...runsOf].map(([name, runs]) => [name, figuresOf(ofKind(name), runs)])),
    facts: {
      ...run.facts,
      seconds: Math.round(
        Math.max(0, ...played.map(({ toMs }) => toMs)) / 1000 -
          Math.min(...played.map(({ fromMs }) => fromMs)) / 1000,
      ),
      load: Math.round((os.loadavg()[1] ?? 0) * 10) / 10,
    },
    story: judged
      .filter(isTrouble)
      .map((one) => storyOf(one, run.lines))
      .join('\n\n'),
  };
}

/** One flat object: the figures of everything that ran in real time, then each part's with its name before them. */
export function resultOf(seed: number, { demo, lab, traps, simulated, labSkipped }: Parts): object {
  const real = [demo, lab, traps].filter((part) => part !== undefined);
  const whole = figuresOf(
    real.flatMap(({ judged }) => judged),
    real.reduce((sum, { runs }) => sum + runs, 0),
  );
  const flat = (prefix: string, part: Part | undefined): [string, unknown][] =>
    part ? Object.entries({ ...part.figures, ...part.facts }).map(named(prefix)) : [];
  const p95 = (prefix: string, part: Part | undefined): [string, unknown][] =>
    Object.entries(part?.kinds ?? {}).map(([name, { p95Ms }]) => [`${prefix}P95Ms.${name}`, p95Ms]);
  return Object.fromEntries([
    ...Object.entries(whole),
    ...flat('demo', demo),
    ...flat('lab', lab),
    ...flat('traps', traps),
    ...summed(simulated),
    ...(labSkipped === undefined ? [] : [['labSkipped', labSkipped]]),
    ['seed', seed],
    ...p95('demo', demo),
    ...p95('lab', lab),
    ...p95('traps', traps),
  ] as [string, unknown][]);
}

/** What all simulated worlds come to together. */
function summed(parts: readonly Part[]): [string, unknown][] {
  if (parts.length === 0) return [];
  const counts = ['runs', 'moves', 'missed', 'invented', 'bracketMisses', 'gapMisses', 'kindMisses'] as const;
  return counts
    .map((name): [string, unknown] => [name, parts.reduce((sum, { figures }) => sum + figures[name], 0)])
    .map(named('simulated'));
}

function named(prefix: string) {
  return ([name, value]: [string, unknown]): [string, unknown] => [
    `${prefix}${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    value,
  ];
}
