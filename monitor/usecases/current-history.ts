import type { HistoryReadable } from '../../db/client/history';
import type { Snapshot } from '../../domain/model/snapshot';
import type { MonitorMode } from './history-files';
import type { MonitorSession } from './monitor-session';
import type { OpenedFiles } from './opened-files';

/** The history that the window shows: of the file that is open, else the one being recorded. */
export interface CurrentHistory {
  mode: MonitorMode | 'audit';
  /** Where the inventory came from, in words for the user; of an open file, its path. */
  source: string;
  file: string;
  history: HistoryReadable;
  /** The latest states. */
  snapshot(): Snapshot | Promise<Snapshot>;
  /** UTC now; of an open file, its last known moment. */
  nowMs(): number;
  /** Seals and signs everything up to now; null when the history is read-only. Rejects with a HistoryError. */
  prove: (() => Promise<void>) | null;
}

export type CurrentHistoryOf = () => Promise<CurrentHistory>;

/** The current history of each call, so that all requests are answered alike in both modes. Rejects with RequestRefused when there is none. */
export function currentHistoryOf(
  files: Pick<OpenedFiles, 'opened' | 'history' | 'snapshot'>,
  session: Pick<MonitorSession, 'current'>,
  clock: { nowMs(): number },
): CurrentHistoryOf {
  return async () => {
    const { opened, history } = files;
    if (opened !== null && history !== null)
      return {
        mode: 'audit',
        source: opened.file,
        file: opened.file,
        history,
        snapshot: () => files.snapshot(),
        nowMs: () => opened.lastMs,
        prove: null,
      };
    const { mode, source, historyFile, history: recorded, monitor } = await session.current();
    return {
      mode,
      source,
      file: historyFile,
      history: recorded,
      snapshot: () => monitor.snapshot(),
      nowMs: () => clock.nowMs(),
      prove: () => recorded.prove(),
    };
  };
}
