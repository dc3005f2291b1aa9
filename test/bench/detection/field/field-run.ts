import { defaultRules } from '../rules';
import { judgeEvidence } from '../run';
import { worlds } from '../simulated/habits';
import { runSimulated } from '../simulated/simulated-run';
import { isTrouble, storyOf } from '../story';
import { figuresOf } from '../figures';
import { AgentFaults } from './agent-faults';
import { fieldKinds, fieldSequence } from './field-sequences';
import { judgeCauses } from './judge-causes';
import { AnswerLog, falseStates } from './judge-states';

/** What the worlds of the field come to. */
export interface FieldFigures {
  runs: number;
  moves: number;
  missed: number;
  invented: number;
  falseStates: number;
  bracketMisses: number;
  gapMisses: number;
  causes: number;
  causeRightPercent: number;
  causesFirmer: number;
}

/** An edge may be hidden for some seconds at any time: what was true then is reported when it is seen again. */
const rules = {
  ...defaultRules,
  mustSeeMs: 12_000,
  deadlineMs: 16_000,
  splitMarginMs: 12_000,
  noActiveMarginMs: 14_000,
};

/** Runs sequences that mix faults of the network, of agents and of the CARP group, in virtual time; `story`: what was not right. */
export async function runField(
  { seed, sequences, clusters, roleIntervalMs }: { seed: number; sequences: number; clusters: number; roleIntervalMs: number },
  kinds: readonly string[] = [],
): Promise<{ figures: FieldFigures; story: string[] }> {
  const agents = new AgentFaults();
  const answers = new AnswerLog();
  const run = await runSimulated(
    { seed, sequences, clusters, roleIntervalMs, kinds: kinds.length > 0 ? kinds : fieldKinds },
    worlds.plain,
    { agents, sequence: fieldSequence, onReading: (edge, reading) => answers.add(edge, reading) },
  );
  const judged = judgeEvidence(run.evidence, rules);
  const played = run.evidence.flatMap((one) => one.played);
  const { runs, moves, missed, invented, bracketMisses, gapMisses } = figuresOf(judged, played.length);
  const states = falseStates(run.lines, answers, run.untilMs);
  const causes = judgeCauses(run.lines, run.truth, agents);
  const right = causes.filter((cause) => cause.right).length;
  const wrong = judged.filter(
    (one) => isTrouble(one) && (one.verdict.outcome !== 'right' || one.verdict.bracketMiss !== null || one.verdict.gapMiss !== null),
  );
  return {
    figures: {
      runs,
      moves,
      missed,
      invented,
      falseStates: states.length,
      bracketMisses,
      gapMisses,
      causes: causes.length,
      causeRightPercent: causes.length === 0 ? 100 : Math.floor((1000 * right) / causes.length) / 10,
      causesFirmer: causes.filter(({ firmer }) => firmer).length,
    },
    story: [
      ...wrong.map((one) => storyOf(one, run.lines)),
      ...states,
      ...causes.filter((cause) => !cause.right).map(({ words }) => words),
    ],
  };
}
