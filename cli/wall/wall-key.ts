import type { WallData, WallUi } from './wall-state';

/** A key as Node's readline decodes it. `text`: the character it types, if any. */
export interface Key {
  name: string;
  text: string;
  ctrl: boolean;
}

/** What a key asks the session to do. `travel` to null: now, or the end of the file. */
export type Effect =
  | { kind: 'quit' }
  | { kind: 'suspend' }
  | { kind: 'redraw' }
  | { kind: 'travel'; atMs: number | null }
  | { kind: 'acknowledge'; clusterId: string; words: string };

/** What a key needs to know of the screen. */
export interface KeyContext {
  data: WallData;
  /** The latest time that is known, which "14:02" and "-5m" are before; UTC milliseconds. */
  latestMs: number;
  /** Columns of the grid of the others. */
  gridColumns: number;
  /** Lines that Page Up and Page Down move by. */
  pageLines: number;
  /** The largest useful `scroll`. */
  mostScroll: number;
  /** Why nothing can be acknowledged here; null: it can. */
  acknowledgeRefusal: string | null;
}

/** The choices after a key, and what is to be done. */
export interface KeyResult {
  ui: WallUi;
  effect: Effect | null;
}
