import type { HeronEvent } from '../../../../domain/model/event';
import { stepMs } from './half-step-worlds';
import type { Wrong } from './judge-world';
import { stepOf, stepsBefore, type TrueSteps } from './true-steps';
import { firstStepMs, lbNames, type Watched } from './watch-triple';

/** A bracket is wider by so much than the readings, because agents may lag. */
const agentLagMs = 400;

type Move = Extract<HeronEvent, { type: 'failover' | 'failback' }>;

/** What is wrong with a reported change of the active LB. `at`: the index of the poll that led to it. */
export function judgeMove(move: Move, at: number, watched: Watched, truth: TrueSteps): Wrong | null {
  const from = lbNames.indexOf(move.fromEdgeId);
  const to = lbNames.indexOf(move.toEdgeId);
  const name = `${move.type} ${move.fromEdgeId} to ${move.toEdgeId}`;
  const nowMs = watched.polls[at]!.toMs;
  const since = answersSinceMaster(watched, from, at);
  const cause = causeProblem(move, since);
  if (cause) return { fault: 'cause', words: `${name}: ${cause}` };
  const fromMs = move.bracket.lastOldMs - firstStepMs;
  const toMs = move.bracket.firstNewMs - firstStepMs;
  const wasMaster = truth.stepsWith(-stepsBefore, stepOf(nowMs), (masters) => masters.includes(from)) > 0;
  const isMaster = truth.stepsWith(stepOf(fromMs), stepOf(nowMs), (masters) => masters.includes(to)) > 0;
  if (!wasMaster || !isMaster) return { fault: 'invented', words: name };
  const isUnknown = move.oldRoleAfter === 'unknown';
  const lost = truth.losses(from, -Infinity, nowMs);
  // An LB that is silent may still be master: the event says that its role is unknown.
  if (isUnknown && lost.length === 0) return since.length >= 2 ? null : { fault: 'invented', words: name };
  if (lost.length === 0) return { fault: 'invented', words: `${name}: it is still master` };
  if (!isUnknown && !wasAlone(watched, truth, { from, to, fromMs, at }))
    return { fault: 'invented', words: `${name}: it was never master without the old one` };
  const losses = truth.losses(from, fromMs, toMs);
  if (losses.length === 0) return { fault: 'bracket', words: `${name}: the loss was not in it` };
  const rises = truth.rises(to, fromMs, toMs);
  const steadily = answeredMaster(watched, to, fromMs, at);
  if (rises.length === 0 && !steadily) return { fault: 'bracket', words: `${name}: the rise was not in it` };
  const gaps = losses.flatMap((lossMs) =>
    steadily ? [0] : rises.map((riseMs) => gapOf(truth, lossMs, riseMs)),
  );
  const { atLeast, atMost } = move.gapMs;
  if (gaps.some((gapMs) => gapMs >= atLeast - 1 && gapMs <= atMost + 1)) return null;
  return { fault: 'bracket', words: `${name}: gap ${gaps.join(' or ')}, not ${atLeast} to ${atMost}` };
}

/** For how long no LB at all was master between a loss and a rise. */
function gapOf(truth: TrueSteps, lossMs: number, riseMs: number): number {
  if (riseMs <= lossMs) return 0;
  return stepMs * truth.stepsWith(stepOf(lossMs), stepOf(riseMs) - 1, (masters) => masters.length === 0);
}

/** What an LB answered since it was last read as master. */
function answersSinceMaster({ polls }: Watched, lb: number, at: number): string[] {
  const own = polls.slice(0, at + 1).filter((poll) => poll.lb === lb);
  return own.slice(own.findLastIndex(({ answer }) => answer === 'master') + 1).map(({ answer }) => answer);
}

/** Whether an LB was read as master before a time and in every answer since: changes between two polls cannot be seen. */
function answeredMaster({ polls }: Watched, lb: number, fromMs: number, at: number): boolean {
  const answered = polls.slice(0, at + 1).filter((poll) => poll.lb === lb && poll.answer !== 'silent');
  const since = answered.findLastIndex((poll) => poll.fromMs <= fromMs + agentLagMs);
  return answered.slice(Math.max(0, since)).every(({ answer }) => answer === 'master');
}

/** A cause is no firmer than what the old LB answered since it was master. */
function causeProblem({ cause, oldRoleAfter }: Move, since: readonly string[]): string | null {
  const silent = since.length >= 2 && since.every((answer) => answer === 'silent');
  if (oldRoleAfter === 'unknown' && !silent) return `its role is given as unknown after ${since.join(', ')}`;
  if (oldRoleAfter !== 'unknown' && !since.includes(oldRoleAfter)) return `it never answered ${oldRoleAfter}`;
  switch (cause.kind) {
    case 'lb-stopped':
      return since.includes('init') ? null : 'lb-stopped without INIT';
    case 'preemption':
      return since.includes('backup') && !since.includes('init') ? null : 'preemption without BACKUP';
    case 'edge-unreachable':
      return silent ? null : 'unreachable, and it answered';
    case 'unknown':
      return null;
    default:
      return `${cause.kind} without evidence`;
  }
}

/**
 * Whether the new LB was master at a time at which the old one was not: truly, or as far as answers can show it. One that steps down to
 * BACKUP has received the advertisement of another one.
 */
function wasAlone(
  { polls }: Watched,
  truth: TrueSteps,
  { from, to, fromMs, at }: { from: number; to: number; fromMs: number; at: number },
): boolean {
  const answered = polls.slice(0, at + 1).filter(({ answer }) => answer !== 'silent');
  const ofOld = answered.filter(({ lb }) => lb === from);
  const lost = ofOld[ofOld.findLastIndex(({ answer }) => answer === 'master') + 1];
  const held = polls.slice(0, at + 1).findLast(({ lb }) => lb === to);
  const heldAfter = lost !== undefined && held?.answer === 'master' && held.toMs >= lost.fromMs;
  const yielded = ofOld.at(-1)?.answer === 'backup' && held?.answer === 'master';
  if (heldAfter || yielded) return true;
  for (let step = stepOf(fromMs); step <= stepOf(polls[at]!.toMs); step++)
    if (truth.isMaster(to, step) && !truth.isMaster(from, step)) return true;
  return false;
}
