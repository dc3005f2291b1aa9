import path from 'node:path';
import type { HistoryReadable } from '../../db/client/history';
import { systemClock } from '../../monitor/base/clock';
import { log } from '../../monitor/log/log';
import { FollowedHistory } from '../../monitor/usecases/followed-history';
import { openReadOnly } from './file-source';
import type { WallSource } from './wall-source';

/**
 * The history that a service (`heron watch --db FILE`, or the app) is writing, read once a second. When it is no longer written, every
 * state is unknown. Rejects with a HistoryError when it cannot be opened.
 */
export async function serviceSource(file: string): Promise<WallSource> {
  const listeners = new Set<() => void>();
  const history = await openReadOnly(file);
  const followed = await FollowedHistory.start(
    {
      file,
      open: openReadOnly,
      clock: systemClock,
      onRefresh: () => {
        for (const listener of listeners) listener();
      },
      onFault: ({ message }) => log.info(`The history could not be read: ${message}`),
    },
    history,
  ).catch(async (fault: unknown) => {
    await history.close();
    throw fault;
  });
  return {
    label: path.basename(file),
    get history(): HistoryReadable {
      return followed.history;
    },
    latest: () => {
      const { snapshot, atMs } = followed.end;
      const nowMs = Math.max(systemClock.nowMs(), atMs);
      return { snapshot, nowMs, time: 'live', isStalled: followed.isStalled };
    },
    onChange: (listener) => listeners.add(listener),
    acknowledge: null,
    acknowledgeRefusal:
      'Read-only: written by another Heron. Acknowledge in its window; heron watch takes no acknowledgements.',
    close: () => followed.close(),
  };
}
