import { type Health, isProblem } from '../../../domain/model/health';
import type { WallMemory } from './wall-memory';
import type { WallSubject } from './wall-subject';

/** What the wall has to show: clusters, worst first; outages that are over; and a banner that explains what is unknown. */
export interface WallContent {
  clusters: readonly WallSubject[];
  memory: readonly WallMemory[];
  banner: WallSubject | null;
}

/** The content by how it is drawn. */
export interface WallGroups {
  banner: readonly WallSubject[];
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

/** Divides the content. Below a banner, unknown clusters are no problems of their own. */
export function groupsOf({ clusters, memory, banner }: WallContent): WallGroups {
  const isShownAsProblem = ({ health }: WallSubject): boolean =>
    isProblem(health) && !(banner !== null && health === 'unknown');
  const problems = clusters.filter(isShownAsProblem);
  const first = problems.filter(({ health }) => cutOff.has(health)).slice(0, mostLarge);
  return {
    banner: banner === null ? [] : [banner],
    first,
    second: problems.filter((one) => !first.includes(one)),
    quiet: clusters.filter((one) => !isShownAsProblem(one)),
    memory,
  };
}
