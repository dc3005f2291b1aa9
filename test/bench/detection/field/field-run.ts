import type { ClusterPlan } from '../../../../demo/fleet/plan';
import { trueHistory, type RoleChange } from '../../../lab/true-history';
import { defaultRules } from '../rules';
import type { RunResult } from '../demo-run';
import { judgeEvidence, type Judged } from '../run';
import { worlds } from '../simulated/habits';
import { runSimulated } from '../simulated/simulated-run';
import { isTrouble, storyOf } from '../story';
import { figuresOf } from '../figures';
import { AgentFaults } from './agent-faults';
import { fieldKinds, fieldSequence } from './field-sequences';
import { hiding, judgeCauses } from './judge-causes';
import { AnswerLog, falseStates } from './judge-states';

/** What the worlds of the field come to. */
export interface FieldFigures {
  runs: number;
  moves: number;
  missed: number;
  invented: number;
  falseStates: number;
  /**
   * Reported while the old LB's agent was silent, where in truth both went on as masters; and the way back. And times without an active LB
   * in which the agents of some LB answered for less than they take to be certain.
   */
  undecidable: number;
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

/** An agent that was silent within so long before a move was reported hid the old LB. */
const silentMs = 6_000;
/** These hide the role of an LB, and it is read again so long after them at the latest. */
const hidesRole: ReadonlySet<string> = new Set([...hiding, 'role-absent', 'role-unanswered', 'cached']);
const recoveredMs = 1_500;

/** In every fourth cluster all LBs have the same priority. */
function equalPriorities(plan: ClusterPlan, place: number): ClusterPlan {
  if (place % 4 !== 3) return plan;
  return { ...plan, edges: plan.edges.map((edge) => ({ ...edge, advskew: 100 })) };
}

/** Backups of one priority rise at the same instant and yield at once, all but one: they are one take-over. */
const electionMs = 50;

function withoutRivals(changes: readonly RoleChange[]): RoleChange[] {
  const brief = new Set<RoleChange>();
  for (const [at, rise] of changes.entries()) {
    if (rise.role !== 'master') continue;
    const end = changes.slice(at + 1).find(({ edge }) => edge === rise.edge);
    const isRival = changes.some(
      ({ role, edge, timeMs }) => role === 'master' && edge !== rise.edge && timeMs === rise.timeMs,
    );
    if (!isRival || !end || end.timeMs - rise.timeMs > electionMs) continue;
    brief.add(rise).add(end);
  }
  return changes.filter((one) => !brief.has(one));
}

/** Runs sequences that mix faults of the network, of agents and of the CARP group, in virtual time; `story`: what was not right. */
export async function runField(
  {
    seed,
    sequences,
    clusters,
    roleIntervalMs,
  }: { seed: number; sequences: number; clusters: number; roleIntervalMs: number },
  kinds: readonly string[] = [],
): Promise<{ figures: FieldFigures; story: string[] }> {
  const agents = new AgentFaults();
  const answers = new AnswerLog();
  const run = await runSimulated(
    { seed, sequences, clusters, roleIntervalMs, kinds: kinds.length > 0 ? kinds : fieldKinds },
    worlds.plain,
    {
      ...{ agents, sequence: fieldSequence, changePlan: equalPriorities },
      onReading: (edge, reading) => answers.add(edge, reading),
    },
  );
  const evidence = run.evidence.map((one) => ({
    ...one,
    truth: { ...one.truth, changes: withoutRivals(one.truth.changes) },
  }));
  // Flapping counts every loss of the role, those of rivals included.
  const all = [
    ...judgeEvidence(evidence, rules).filter(({ verdict }) => verdict.kind !== 'flapping'),
    ...judgeEvidence(run.evidence, rules).filter(({ verdict }) => verdict.kind === 'flapping'),
  ];
  const undecidable = new Set([...undecidableMoves(all, run.lines, agents), ...hiddenNoActives(all, agents)]);
  const judged = all.filter((one) => !undecidable.has(one));
  const played = run.evidence.flatMap((one) => one.played);
  const { runs, moves, missed, invented, bracketMisses, gapMisses } = figuresOf(judged, played.length);
  const states = falseStates(run.lines, answers, run.untilMs);
  const causes = judgeCauses(run.lines, run.truth, agents);
  const right = causes.filter((cause) => cause.right).length;
  const wrong = judged.filter(
    (one) =>
      isTrouble(one) &&
      (one.verdict.outcome !== 'right' || one.verdict.bracketMiss !== null || one.verdict.gapMiss !== null),
  );
  return {
    figures: {
      runs,
      moves,
      missed,
      invented,
      undecidable: undecidable.size,
      falseStates: states.length,
      bracketMisses,
      gapMisses,
      causes: causes.length,
      causeRightPercent: causes.length === 0 ? 100 : Math.floor((1000 * right) / causes.length) / 10,
      causesFirmer: causes.filter(({ firmer }) => firmer).length,
    },
    story: [
      ...wrong.map((one) => storyOf(one, run.lines)),
      ...[...undecidable].map((one) => `undecidable: ${storyOf(one, run.lines)}`),
      ...states,
      ...causes.filter((cause) => !cause.right).map(({ words }) => words),
    ],
  };
}

/**
 * Moves that no poll could tell from a split brain: the old LB's agent was silent, or lost its source of roles, for its own reasons
 * while the group split. What follows from them in the same cluster, until the sequence is over, is left out, too.
 */
function undecidableMoves(
  judged: readonly Judged[],
  lines: RunResult['lines'],
  agents: AgentFaults,
): Set<Judged> {
  const found = new Set<Judged>();
  for (const one of judged) {
    const { verdict, evidence, played } = one;
    if (verdict.outcome !== 'invented') continue;
    const follows = [...found].some((other) => other.evidence === evidence && other.played === played);
    const printed = lines.find(
      ({ atMs, line }) =>
        line['type'] === 'failover' && line['cluster'] === evidence.cluster && atMs === verdict.atMs,
    );
    const from = String(printed?.line['from']);
    const hidden =
      printed?.line['oldRoleAfter'] === 'unknown' &&
      played?.sequence.steps.some(({ kind }) => kind === 'split') &&
      agents
        .of(evidence.cluster, from, verdict.atMs - silentMs, verdict.atMs)
        .some(({ kind }) => hiding.has(kind) || kind === 'role-absent');
    const counted =
      verdict.kind === 'flapping' && [...found].some((other) => other.evidence.cluster === evidence.cluster);
    if (hidden || counted || (follows && verdict.kind === 'move')) found.add(one);
  }
  return found;
}

/** Times without an active LB of which too little could be read, because the role of some LB was hidden. */
function hiddenNoActives(judged: readonly Judged[], agents: AgentFaults): Judged[] {
  const leastMs = defaultRules.takeOverMs + defaultRules.noActiveMarginMs;
  return judged.filter(({ verdict, evidence }) => {
    if (verdict.kind !== 'no-active-lb' || verdict.outcome !== 'missed') return false;
    const gap = trueHistory(evidence.truth.changes, evidence.truth.untilMs, 0).gaps.find(
      ({ fromMs }) => fromMs === verdict.atMs,
    );
    const toMs = gap?.toMs ?? evidence.truth.untilMs;
    const hidden = agents.all
      .filter(({ cluster, kind }) => cluster === evidence.cluster && hidesRole.has(kind))
      .filter((fault) => fault.toMs > verdict.atMs && fault.fromMs < toMs)
      .map(
        (fault) => [Math.max(fault.fromMs, verdict.atMs), Math.min(fault.toMs + recoveredMs, toMs)] as const,
      )
      .sort(([a], [b]) => a - b);
    let readMs = 0;
    let atMs = verdict.atMs;
    for (const [fromMs, endMs] of [...hidden, [toMs, toMs] as const]) {
      readMs += Math.max(0, fromMs - atMs);
      atMs = Math.max(atMs, endMs);
    }
    return readMs < leastMs;
  });
}
