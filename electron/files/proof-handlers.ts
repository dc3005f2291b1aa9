import path from 'node:path';
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { dialog, type BrowserWindow } from 'electron';
import { anchorKey, anchorText } from '../../db/chain/anchor';
import { runFileTask } from '../../db/client/run-file-task';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import { RequestRefused } from '../../domain/contract/request-refused';
import { systemClock } from '../../monitor/base/clock';
import { log } from '../../monitor/log/log';
import { builtFiles } from '../session/built-files';
import type { ShownHistory } from '../../monitor/usecases/current-history';

export type ProofHandlers = Pick<RequestHandlers, 'proof.standing' | 'proof.exportAnchor'>;

const workersUrl = pathToFileURL(`${builtFiles.workers}${path.sep}`);

/** The handlers of what proves the history that is shown. Each opens the file in a thread of its own. */
export function proofHandlers(shown: ShownHistory, currentWindow: () => BrowserWindow | null): ProofHandlers {
  return {
    'proof.standing': async () => {
      const { file } = await shown();
      return runFileTask(workersUrl, { task: 'standing', file }).result;
    },
    'proof.exportAnchor': async () => {
      const { file, prove } = await shown();
      const nowMs = Math.round(systemClock.nowMs());
      const asked = {
        title: 'Export an anchor',
        defaultPath: `heron-anchor-${new Date(nowMs).toISOString().slice(0, 10)}.json`,
        filters: [{ name: 'Heron anchor', extensions: ['json'] }],
      };
      const window = currentWindow();
      const { filePath } = await (window
        ? dialog.showSaveDialog(window, asked)
        : dialog.showSaveDialog(asked));
      if (!filePath) return null;
      // A disk that refuses a seal now does not keep anybody from an anchor of what is sealed.
      await prove?.().catch((fault: unknown) =>
        log.warn('The history was not sealed before the anchor:', fault),
      );
      const anchor = await runFileTask(workersUrl, { task: 'anchor', file, nowMs }).result;
      const out = path.resolve(filePath);
      await writeFile(out, anchorText(anchor), 'utf8').catch((fault: unknown) => {
        throw new RequestRefused({
          what: `The anchor was not written: ${fault instanceof Error ? fault.message : String(fault)}`,
          where: out,
          todo: 'Choose a folder you may write to, best on another disk.',
        });
      });
      const { ledger, events } = anchor;
      return { file: out, ledgerId: ledger.id, eventId: events.id, signedBy: anchorKey(anchor) };
    },
  };
}
