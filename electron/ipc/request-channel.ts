import { ipcMain, type BrowserWindow } from 'electron';
import { requestChannel, type RequestReply } from '../../domain/contract/ipc-json';
import { log } from '../../monitor/log/log';
import { answerRequest, type AnswerOptions } from '../../monitor/usecases/answer-request';
import { appOrigin } from '../security/content-policy';
import { senderRefusal } from '../security/request-sender';

/** Answers the requests of the contract that the main frame of `currentWindow()` sends; others are refused and logged. */
export function serveRequests(
  currentWindow: () => BrowserWindow | null,
  options: Omit<AnswerOptions, 'onFault' | 'onHandled'>,
): void {
  const logging: Pick<AnswerOptions, 'onFault' | 'onHandled'> = {
    onFault: (name, fault) => log.error(`The request ${name} failed:`, fault),
    onHandled: (name, durationMs) => log.debug(`Request ${name} took ${durationMs.toFixed(1)} ms.`),
  };
  ipcMain.handle(requestChannel, async (event, text: unknown): Promise<RequestReply<unknown>> => {
    const refusal = senderRefusal(event, currentWindow()?.webContents.id ?? null, appOrigin);
    if (refusal !== null) {
      log.warn(`A request was refused. ${refusal}`);
      return {
        ok: false,
        failure: { what: refusal, where: requestChannel, todo: 'Send it from Heron’s own window.' },
      };
    }
    return answerRequest(text, { ...options, ...logging });
  });
}
