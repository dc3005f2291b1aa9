import { type Health, isProblem } from '../../../domain/model/health';
import type { WallMemory } from './wall-memory';
import type { WallSubject } from './wall-subject';

/** What the wall has to show: clusters, worst first; outages that are over; and what Heron itself does not see. */
export interface WallContent {
  clusters: readonly WallSubject[];
  memory: readonly WallMemory[];
  /** Above all clusters. */
  banners: readonly WallSubject[];
  /** Clusters that are unknown for a reason that a banner names: no problems of their own. */
  explained: ReadonlySet<string>;
}

/** The content by how it is drawn. */
export interface WallGroups {
  banners: readonly WallSubject[];
  /** The first four whose users are or may be cut off. */
  first: readonly WallSubject[];
  second: readonly WallSubject[];
  quiet: readonly WallSubject[];
  memory: readonly WallMemory[];
}

/** How many problems may be drawn large. */
export const mostLarge = 4;

/** States in which users are or may be cut off. */
const cutOff: ReadonlySet<Health> = new Set<Health>(['no-active-lb', 'split-brain', 'down']);

/** Divides the content. */
export function groupsOf({ clusters, memory, banners, explained }: WallContent): WallGroups {
  const isShownAsProblem = ({ id, health }: WallSubject): boolean => isProblem(health) && !explained.has(id);
  const problems = clusters.filter(isShownAsProblem);
  const first = problems.filter(({ health }) => cutOff.has(health)).slice(0, mostLarge);
  return {
    banners,
    first,
    second: problems.filter((one) => !first.includes(one)),
    quiet: clusters.filter((one) => !isShownAsProblem(one)),
    memory,
  };
}
