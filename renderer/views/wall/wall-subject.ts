import type { Health } from '../../../domain/model/health';

/** The texts of one cluster on the wall. An empty text is not shown. */
export interface WallSubject {
  id: string;
  health: Health;
  name: string;
  site: string;
  /** State word; and the same with the count of edges where it is degraded. */
  word: string;
  state: string;
  /** Why it is in this state; never dropped from a problem. */
  reason: string;
  /** Unacknowledged, or who acknowledged it. */
  tag: string;
  /** How long the state has lasted. */
  timer: string;
  since: string;
  lb: string;
  lbAge: string;
  spare: string;
  /** How long ago a failover or an outage was, within the last hour. */
  mark: string;
  isOutage: boolean;
}

export function isSameSubject(one: WallSubject, other: WallSubject): boolean {
  return (Object.keys(one) as (keyof WallSubject)[]).every((field) => one[field] === other[field]);
}
