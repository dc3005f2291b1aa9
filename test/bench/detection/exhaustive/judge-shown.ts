import type { ActiveLb } from '../../../../domain/model/snapshot';
import { lbNames, type Watched } from './watch-triple';

/** So many unanswered polls in a row, and a role is not known any more. */
const silentPolls = 3;
/** So long after its last report as master an LB may still belong to a split brain. */
const yieldedMs = 4_000;

/**
 * What is wrong with the states that were shown, by the answers alone: an edge that answers is never down, and the active LB is never
 * fresher than what its LB answered last. Null: nothing.
 */
export function wrongStates({ polls, shown }: Watched): string | null {
  const last = lbNames.map(() => 'unread');
  const silent = lbNames.map(() => 0);
  const readMs = lbNames.map(() => -Infinity);
  for (const [at, { lb, answer, toMs }] of polls.entries()) {
    const { edges, activeLb } = shown[at]!;
    if (answer === 'silent') silent[lb]! += 1;
    else [last[lb], silent[lb]] = [answer, 0];
    for (const [of, health] of edges.entries()) {
      if (health === 'down' && silent[of] === 0)
        return `${toMs}: ${lbNames[of]} answers and is shown as down`;
    }
    if (answer === 'master') readMs[lb] = toMs;
    const wrong = wrongActiveLb(activeLb, last, silent) ?? wrongSplit(activeLb, readMs, toMs);
    if (wrong) return `${toMs}: ${wrong}`;
  }
  return null;
}

/** One that yields belongs to a split brain until the others have answered: nobody may have taken over its half. */
function wrongSplit(activeLb: ActiveLb, readMs: readonly number[], nowMs: number): string | null {
  if (activeLb.kind !== 'several') return null;
  const old = activeLb.edgeIds.find((name) => nowMs - (readMs[lbNames.indexOf(name)] ?? 0) > yieldedMs);
  return old === undefined ? null : `${old} belongs to a split brain, and was last read as master long ago`;
}

function wrongActiveLb(
  activeLb: ActiveLb,
  last: readonly string[],
  silent: readonly number[],
): string | null {
  if (activeLb.kind === 'one') {
    const name = activeLb.edgeId;
    const lb = lbNames.indexOf(name);
    if (last[lb] !== 'master') return `${name} is shown as active, and answered ${last[lb]}`;
    if ((silent[lb] ?? 0) >= silentPolls) return `${name} is shown as active, and is silent`;
  }
  if (activeLb.kind !== 'none') return null;
  if (last.includes('master')) return 'none is shown as active, and one answered MASTER';
  return silent.some((count) => count >= silentPolls) ? 'none is shown as active, and one is silent' : null;
}
