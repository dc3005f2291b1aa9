import type { HistoryReadable } from '../../db/client/history';

/** The history that is shown: the opened file's, else the one that is being written, which can be sealed and signed up to now. */
export type ShownHistory = () => Promise<{
  file: string;
  history: HistoryReadable;
  prove: (() => Promise<void>) | null;
}>;
