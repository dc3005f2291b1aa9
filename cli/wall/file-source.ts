import path from 'node:path';
import type { HistoryReadable } from '../../db/client/history';
import { openHistoryReadOnly } from '../../db/open-history';
import { logSlowQuery } from '../../monitor/log/log';
import { endOf } from '../../monitor/usecases/followed-history';
import { fileProcesses } from '../common/file-processes';
import type { WallSource } from './wall-source';

const refusal =
  'This is read-only. Acknowledge in the Heron that records it: its window, or heron wall --inventory FILE.';

/** A history or incident file at its last moment. It does not change. Rejects with a HistoryError. */
export async function fileSource(file: string): Promise<WallSource> {
  const history = await openReadOnly(file);
  try {
    const { atMs, snapshot } = await endOf(history, file);
    return {
      label: `${path.basename(file)}, not verified`,
      history,
      latest: () => ({ snapshot, nowMs: atMs, time: 'ended', isStalled: false }),
      onChange: () => undefined,
      acknowledge: null,
      acknowledgeRefusal: refusal,
      close: () => history.close(),
    };
  } catch (fault) {
    await history.close();
    throw fault;
  }
}

/** A history that is read only, in a process of its own. */
export function openReadOnly(file: string): Promise<HistoryReadable> {
  return openHistoryReadOnly({
    file: path.resolve(file),
    workers: fileProcesses,
    readers: 1,
    onSlowQuery: logSlowQuery,
  });
}
