import type { Bracket, FailoverEvent, RecordedEvent } from '../../domain/model/event';
import type { Span } from '../../domain/model/history';
import type { Snapshot } from '../../domain/model/snapshot';
import type { TimeZoneChoice } from '../../domain/words/clock';
import type { Line } from './line';

/** Columns and rows of the terminal. */
export interface Size {
  columns: number;
  rows: number;
}

/** What is drawn, and in how many columns the others stand: keys move by them. */
export interface Screenful {
  lines: Line[];
  gridColumns: number;
}

/** What time is shown. `ended`: the last moment of a file, or of a history that is no longer written. */
export type ShownTime = 'live' | 'past' | 'ended';

/** A failover with the roles around it. */
export interface FailoverPicture {
  /** Row number of the event. */
  id: number;
  event: FailoverEvent;
  /** Roles of the cluster's edges. */
  roles: Span[];
  /** The two edges of the failover first. */
  edges: { id: string; name: string }[];
  /** Role changes of these edges within the picture: each happened somewhere in its bracket. */
  changes: { edgeId: string; bracket: Bracket }[];
  fromMs: number;
  toMs: number;
  /** False: the time after the failover has only begun. */
  isWhole: boolean;
}

/** What is known, as it is to be shown. */
export interface WallData {
  snapshot: Snapshot;
  /** UTC now; in the past, the time that is shown. */
  nowMs: number;
  time: ShownTime;
  /** Where the data comes from: "Demo fleet", or a file. */
  source: string;
  zone: TimeZoneChoice;
  /** Readings stopped arriving: every state is unknown. */
  isStalled: boolean;
  /** Nothing can be acknowledged here: the history is only read. */
  isReadOnly: boolean;
  /** The events of the page that is open, the latest first; null: being read. */
  events: readonly RecordedEvent[] | null;
  /** The failover of the page that is open; null: being read; 'none': there is none. */
  failover: FailoverPicture | 'none' | null;
}

export type Page =
  | { kind: 'wall' }
  | { kind: 'cluster'; clusterId: string }
  /** `clusterId` null: of all clusters. `selected`: row number of an event; null: the latest. */
  | { kind: 'events'; clusterId: string | null; selected: number | null }
  /** `eventId` null: the last failover of the cluster. */
  | { kind: 'failover'; clusterId: string; eventId: number | null }
  | { kind: 'help' };

/** A line that is being typed. */
export interface Prompt {
  kind: 'time' | 'find' | 'acknowledge';
  text: string;
  /** The cluster that is being acknowledged. */
  clusterId: string | null;
}

/** What the person at the keyboard chose. */
export interface WallUi {
  /** The page that is open is the last one; Esc goes back to the one before. Never empty. */
  pages: readonly Page[];
  /** The selected cluster or outage of the wall; null: the first. */
  selected: string | null;
  find: string;
  problemsOnly: boolean;
  prompt: Prompt | null;
  /** The answer to the last key, until the next one. */
  message: string | null;
  /** First line shown of a page that is longer than the screen. */
  scroll: number;
}

export const firstUi: WallUi = {
  pages: [{ kind: 'wall' }],
  selected: null,
  find: '',
  problemsOnly: false,
  prompt: null,
  message: null,
  scroll: 0,
};

export function openPage({ pages }: WallUi): Page {
  return pages.at(-1) ?? { kind: 'wall' };
}
