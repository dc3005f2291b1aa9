import { ipcMain, type BrowserWindow } from 'electron';
import { jsonText } from '../../domain/contract/ipc-json';
import { answerRequest, requestNames, type RequestHandlers } from '../../monitor/usecases/answer-request';
import { whyNotAnswered } from '../security/request-sender';
import { appOrigin } from '../security/content-policy';
import { log } from '../../monitor/log/log';

/** Answers every request of the contract, from the main frame of `currentWindow()` only. */
export function answerRequests(
  handlers: RequestHandlers,
  currentWindow: () => BrowserWindow | null,
  checkResults: boolean,
): void {
  const options = {
    checkResults,
    onFault: (name: string, fault: unknown) => log.error(`The request ${name} failed:`, fault),
  };
  for (const name of requestNames) {
    ipcMain.handle(name, async (event, args: unknown) => {
      const refusal = whyNotAnswered(event, currentWindow()?.webContents.id ?? null, appOrigin);
      if (refusal !== null) {
        log.warn(`The request ${name} was refused. ${refusal}`);
        return {
          ok: false,
          failure: { what: refusal, where: name, todo: 'Ask from Heron’s own window.' },
        };
      }
      const outcome = await answerRequest(handlers, name, args, options);
      return outcome.ok ? { ok: true, text: jsonText(outcome.value) } : outcome;
    });
  }
}
