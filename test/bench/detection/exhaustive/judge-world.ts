import type { HeronEvent } from '../../../../domain/model/event';
import { pollsPerLb, stepMs, steps, type TrueTriple } from './half-step-worlds';
import { judgeMove } from './judge-move';
import { stepOf, stepsBefore, TrueSteps } from './true-steps';
import { firstStepMs, lbNames, type Watched } from './watch-triple';

/** The only master for so many steps, with every poll answered, is seen to be: it is read twice. */
const mustSeeSteps = 4;
/** What is left of a split brain and of a time without an active LB when changes between two polls are taken away. */
const leastSplitSteps = 4;
const leastNoActiveSteps = 6;

export type Fault = 'missed' | 'invented' | 'state' | 'bracket' | 'cause';
export interface Wrong {
  fault: Fault;
  words: string;
}

/** What is wrong with what was shown and reported of a world, by what was true of it. */
export function wrongIn(watched: Watched, world: TrueTriple): Wrong | null {
  const truth = new TrueSteps(world);
  return wrongShown(watched, truth) ?? wrongEvents(watched, truth) ?? unseen(watched, truth);
}

/** That no LB is active was true at an instant since one was last read as master; that several are, for seconds. */
function wrongShown({ polls, shown }: Watched, truth: TrueSteps): Wrong | null {
  let lastMasterMs = -Infinity;
  let kindBefore = '';
  for (const [at, { fromMs, toMs, answer }] of polls.entries()) {
    if (answer === 'master') lastMasterMs = fromMs;
    const activeLb = shown[at]!.activeLb;
    if (activeLb.kind !== kindBefore) {
      kindBefore = activeLb.kind;
      const now = stepOf(toMs);
      if (activeLb.kind === 'none' && truth.stepsWith(stepOf(lastMasterMs), now, (m) => m.length === 0) === 0)
        return { fault: 'state', words: `${toMs}: none is shown as active, and there was always one` };
      if (activeLb.kind === 'several' && overlap(truth, activeLb.edgeIds, now) < leastSplitSteps)
        return { fault: 'state', words: `${toMs}: several are shown as active, and were not for long` };
    }
  }
  return null;
}

function overlap(truth: TrueSteps, names: readonly string[], now: number): number {
  const lbs = names.map((name) => lbNames.indexOf(name));
  return truth.stepsWith(-stepsBefore, now, (masters) => lbs.filter((lb) => masters.includes(lb)).length > 1);
}

function wrongEvents(watched: Watched, truth: TrueSteps): Wrong | null {
  let active: string | null = null;
  let at = 0;
  const follow = (until: number): Wrong | null => {
    for (; at < until; at++) {
      const { activeLb } = watched.shown[at]!;
      if (activeLb.kind !== 'one' || activeLb.edgeId === active) continue;
      if (active !== null)
        return { fault: 'missed', words: `${active} became ${activeLb.edgeId} without an event` };
      active = activeLb.edgeId;
    }
    return null;
  };
  for (const one of watched.told) {
    const lost = follow(one.at);
    if (lost) return lost;
    const { event } = one;
    if (event.type === 'failover' || event.type === 'failback') {
      // The first active LB may be named and lost by the same poll.
      active ??= event.fromEdgeId;
      if (event.fromEdgeId !== active)
        return { fault: 'invented', words: `${event.fromEdgeId} was not active, ${active} was` };
      active = event.toEdgeId;
      const wrong = judgeMove(event, one.at, watched, truth);
      if (wrong) return wrong;
    } else {
      const wrong = wrongEvent(event, one.at, watched, truth);
      if (wrong) return wrong;
    }
  }
  return follow(watched.shown.length);
}

function wrongEvent(event: HeronEvent, at: number, { polls }: Watched, truth: TrueSteps): Wrong | null {
  const now = stepOf(polls[at]!.toMs);
  if (event.type === 'flapping') return { fault: 'invented', words: 'flapping' };
  if (!('bracket' in event) || event.bracket === null) return null;
  const fromMs = event.bracket.lastOldMs - firstStepMs;
  const toMs = event.bracket.firstNewMs - firstStepMs;
  switch (event.type) {
    case 'no-active-lb': {
      if (truth.stepsWith(stepOf(fromMs), now, (masters) => masters.length === 0) < leastNoActiveSteps)
        return { fault: 'invented', words: 'no active LB' };
      const ever = polls.slice(0, at).some(({ answer }) => answer === 'master');
      const began = [0, 1, 2].some((lb) => truth.losses(lb, fromMs, toMs).length > 0);
      return ever && !began ? { fault: 'bracket', words: 'no LB lost the role in it' } : null;
    }
    case 'split-brain': {
      const lbs = event.edgeNames.map((name) => lbNames.indexOf(name));
      if (overlap(truth, event.edgeNames, now) < leastSplitSteps)
        return { fault: 'invented', words: `split brain of ${event.edgeNames.join(', ')}` };
      const began = lbs.some((lb) => truth.rises(lb, fromMs, toMs).length > 0 || truth.isMaster(lb, -1));
      return began ? null : { fault: 'bracket', words: 'no LB rose in it' };
    }
    case 'lb-role': {
      if (event.from === 'unknown' || event.to === 'unknown') return null;
      const lb = lbNames.indexOf(event.edgeId);
      return truth.wentFrom(lb, event.from, event.to, fromMs, toMs)
        ? null
        : { fault: 'bracket', words: `${event.edgeId} did not go from ${event.from} to ${event.to} in it` };
    }
    default:
      return null;
  }
}

/** What had to be seen and was not: the only master of a time in which every poll was answered, and that of the end. */
function unseen({ polls, shown }: Watched, truth: TrueSteps): Wrong | null {
  const end = steps + 2 * (pollsPerLb - 1);
  for (let first = -stepsBefore; first < end;) {
    const [only, ...others] = truth.masters(first);
    let next = first + 1;
    while (next < end && sameMasters(truth, first, next)) next++;
    const sole = only !== undefined && others.length === 0;
    if (sole && next - first >= mustSeeSteps) {
      const wrong = unseenIn(polls, shown, only, first * stepMs, next * stepMs);
      if (wrong) return wrong;
    }
    first = next;
  }
  return null;
}

function sameMasters(truth: TrueSteps, one: number, other: number): boolean {
  return [0, 1, 2].every((lb) => truth.isMaster(lb, one) === truth.isMaster(lb, other));
}

function unseenIn(
  polls: Watched['polls'],
  shown: Watched['shown'],
  only: number,
  fromMs: number,
  toMs: number,
): Wrong | null {
  let last = -1;
  for (const [at, poll] of polls.entries()) {
    if (poll.fromMs < fromMs || poll.fromMs >= toMs) continue;
    if (poll.answer === 'silent') return null;
    last = at;
  }
  const activeLb = shown[last]?.activeLb;
  if (!activeLb || (activeLb.kind === 'one' && activeLb.edgeId === lbNames[only])) return null;
  return {
    fault: 'missed',
    words: `${lbNames[only]} was the only master from ${fromMs} to ${toMs}, shown is ${activeLb.kind}`,
  };
}
