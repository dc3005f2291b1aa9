import { anchorKey, anchorText } from '../../db/chain/anchor';
import { runFileTask } from '../../db/client/run-file-task';
import { systemClock } from '../../monitor/base/clock';
import { log } from '../../monitor/log/log';
import type { RequestName } from '../../domain/contract/contract';
import type { KnownKeysStore } from '../../monitor/proof/known-keys';
import type { OpenedFiles } from '../../monitor/usecases/opened-files';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import type { CurrentHistoryOf } from '../../monitor/usecases/current-history';
import type { AppWindow } from '../window/app-window';
import { chooseFileToSave } from '../window/dialogs';
import { workersFor } from './file-workers';
import { writeChosen } from './write-chosen';

interface ProofServices {
  window: AppWindow;
  files: Pick<OpenedFiles, 'verifyAgain'>;
  keys: KnownKeysStore;
}

type ProofRequest = Extract<RequestName, `proof.${string}`>;

/** Handlers for the proof of the current history, which is read in a worker of its own, and for the trusted keys. */
export function proofHandlers(
  { window, files, keys }: ProofServices,
  currentHistory: CurrentHistoryOf,
): Pick<RequestHandlers, ProofRequest> {
  return {
    'proof.keys': () => keys.list(),
    'proof.trust': async (key) => {
      const known = keys.trust(key);
      await files.verifyAgain();
      return known;
    },
    'proof.distrust': async ({ fingerprint }) => {
      const known = keys.distrust(fingerprint);
      await files.verifyAgain();
      return known;
    },
    'proof.standing': async () => {
      const current = await currentHistory();
      return runFileTask(workersFor(current), { task: 'standing', file: current.file }).result;
    },
    'proof.exportAnchor': async () => {
      const current = await currentHistory();
      const { file, prove } = current;
      const nowMs = Math.round(systemClock.nowMs());
      const out = await chooseFileToSave(window.current, {
        title: 'Export an anchor',
        defaultPath: `heron-anchor-${new Date(nowMs).toISOString().slice(0, 10)}.json`,
        filters: [{ name: 'Heron anchor', extensions: ['json'] }],
      });
      if (out === null) return null;
      // When the history cannot be sealed now, the anchor covers what is sealed already.
      await prove?.().catch((fault: unknown) =>
        log.warn('The history was not sealed before the anchor was exported:', fault),
      );
      const anchor = await runFileTask(workersFor(current), { task: 'anchor', file, nowMs }).result;
      await writeChosen(out, anchorText(anchor), 'The anchor', [file]);
      const { ledger, events } = anchor;
      return { file: out, ledgerId: ledger.id, eventId: events.id, signedBy: anchorKey(anchor) };
    },
  };
}
