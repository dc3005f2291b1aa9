import { blindnessOf } from '../../../domain/fleet/judge-blindness';
import type { Blindness } from '../../../domain/model/blindness';
import type { Snapshot } from '../../../domain/model/snapshot';
import { blindSteps } from '../../../domain/words/blind-steps';
import { blindConsequence, blindTitle } from '../../../domain/words/blindness';
import { clockTime, shortMoment, type TimeZoneChoice } from '../../../domain/words/clock';
import { stopwatch } from '../../../domain/words/duration';
import { verdictOf } from '../../../domain/words/verdict';
import type { WallSubject } from './wall-subject';
import { withUnits } from './wall-words';

/** What Heron says of itself, and the clusters that are unknown because of it. */
export interface OwnSubjects {
  banners: WallSubject[];
  explained: ReadonlySet<string>;
}

/** Ids of Heron's own tiles begin with what no name of a cluster may contain. */
const ownPrefix = '\n';

/** Whether a tile is Heron's own, which has nothing to open. */
export function isOwn(id: string): boolean {
  return id.startsWith(ownPrefix);
}

/**
 * Heron's own state where it keeps clusters from being known: no readings arrive, the first ones are awaited, or it is blind to all
 * or some of them. Each with its common cause and what to do first.
 */
export function ownSubjects(
  snapshot: Snapshot,
  stalled: boolean,
  atMs: number,
  zone: TimeZoneChoice,
): OwnSubjects {
  const unknown = snapshot.clusters.filter(({ health }) => health === 'unknown').map(({ id }) => id);
  const verdict = verdictOf(snapshot, stalled);
  const blind = blindnessOf(snapshot);
  if (stalled || (blind.length === 0 && verdict.clusterId === null && verdict.health === 'unknown')) {
    const { title, consequence, address, after, sinceMs } = verdict;
    const banner = ownSubject(0, title, `${consequence}${address ?? ''}${after}`, sinceMs, atMs, zone);
    return { banners: [banner], explained: new Set(unknown) };
  }
  return {
    banners: blind.map((one, index) =>
      ownSubject(
        index,
        blindTitle(one, (ms) => clockTime(ms, zone)),
        blindReason(one, snapshot),
        one.sinceMs,
        atMs,
        zone,
      ),
    ),
    explained: new Set(blind.flatMap(({ clusterIds }) => clusterIds)),
  };
}

/** What it means for users, why, and what to do first. */
function blindReason(blind: Blindness, { clusters, monitor }: Snapshot): string {
  const { fact, detail } = blindConsequence(blind, clusters);
  const [step] = blindSteps(blind, monitor.host);
  return [fact, detail, step?.fact ?? ''].filter((text) => text !== '').join(' ');
}

function ownSubject(
  index: number,
  name: string,
  reason: string,
  sinceMs: number | null,
  atMs: number,
  zone: TimeZoneChoice,
): WallSubject {
  return {
    id: `${ownPrefix}${index}`,
    health: 'unknown',
    name,
    site: '',
    word: '',
    state: '',
    reason: withUnits(reason),
    tag: '',
    timer: sinceMs === null ? '' : stopwatch(atMs - sinceMs),
    since: sinceMs === null ? '' : shortMoment(sinceMs, atMs, zone),
    lb: '',
    lbAge: '',
    spare: '',
    mark: '',
    isOutage: false,
  };
}
