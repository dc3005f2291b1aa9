import type { HistoryReadable } from '../../db/client/history';
import type { Snapshot } from '../../domain/model/snapshot';
import type { ShownTime } from './wall-state';

/** The latest states, and how they are to be read. */
export interface Latest {
  snapshot: Snapshot;
  /** UTC milliseconds: the clock while it is live, else the last moment that is known. */
  nowMs: number;
  time: Exclude<ShownTime, 'past'>;
  /** No readings arrive any more: the states are those of the last ones. */
  isStalled: boolean;
}

/** Where the wall gets what it shows: a monitor of its own, the history of a service, or a file. */
export interface WallSource {
  /** For the header: "Demo fleet", or a file. */
  readonly label: string;
  readonly history: Pick<HistoryReadable, 'snapshotAt' | 'events' | 'spans'>;
  latest(): Latest;
  /** Called when there is something new to show. */
  onChange(listener: () => void): void;
  /** Acknowledges what is wrong with a cluster; false: there was nothing. Null: not possible here. */
  readonly acknowledge: ((clusterId: string, words: string) => boolean) | null;
  /** Why nothing can be acknowledged here; null where it can. */
  readonly acknowledgeRefusal: string | null;
  close(): Promise<void>;
}
