import { app } from 'electron';
import { runFileTask } from '../../db/client/run-file-task';
import type { RequestName } from '../../domain/contract/contract';
import type { TimeRange } from '../../domain/model/history';
import { reportHtml } from '../../domain/report/report-html';
import { systemClock } from '../../monitor/base/clock';
import { log } from '../../monitor/log/log';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import type { CurrentHistoryOf } from '../../monitor/usecases/current-history';
import type { OpenedFiles } from '../../monitor/usecases/opened-files';
import { reportOf } from '../../monitor/usecases/write-report';
import type { MadePages } from '../security/app-protocol';
import type { AppWindow } from '../window/app-window';
import { chooseFileToSave } from '../window/dialogs';
import { chooseAndOpen, workersUrl } from './opened-files';
import { printPage } from './print-page';
import { writeChosen } from './write-chosen';

type FileRequest = Extract<RequestName, `file.${string}` | `incident.${string}`>;

/** The handlers of opened files, incident files and reports. */
export function fileHandlers(
  files: OpenedFiles,
  currentHistory: CurrentHistoryOf,
  window: AppWindow,
  pages: MadePages,
): Pick<RequestHandlers, FileRequest> {
  return {
    'file.status': () => files.status(),
    'file.open': ({ file }) => (file === null ? chooseAndOpen(files, window.current) : files.open(file)),
    'file.close': () => files.close(),
    'incident.save': async ({ range, clusterIds, redact }) => {
      const { file, prove } = await currentHistory();
      const out = await chooseFileToSave(window.current, {
        title: 'Save the incident file',
        defaultPath: fileName(range, 'heron'),
        filters: [{ name: 'Incident file', extensions: ['heron'] }],
      });
      if (out === null) return null;
      // When the history cannot be sealed now, the incident file itself says what is not sealed.
      await prove?.().catch((fault: unknown) =>
        log.warn('The history was not sealed before the incident file was made:', fault),
      );
      const nowMs = Math.round(systemClock.nowMs());
      const task = { task: 'extract' as const, file, out, range, clusterIds, redact, nowMs };
      return runFileTask(workersUrl, { ...task, version: app.getVersion() }).result;
    },
    'incident.report': async ({ range, clusterIds, redact, kind }) => {
      const { file, history } = await currentHistory();
      const out = await chooseFileToSave(window.current, {
        title: 'Save the report',
        defaultPath: fileName(range, kind),
        filters: [{ name: kind.toUpperCase(), extensions: [kind] }],
      });
      if (out === null) return null;
      const nowMs = Math.round(systemClock.nowMs());
      const scope = { file, range, clusterIds, redact, nowMs, version: app.getVersion(), workersUrl };
      const html = reportHtml(await reportOf(scope, history));
      await writeChosen(out, kind === 'html' ? html : await printPage(html, pages), 'The report');
      return out;
    },
  };
}

/** Named by the beginning of the range, UTC. */
function fileName({ fromMs }: TimeRange, extension: string): string {
  const stamp = new Date(fromMs).toISOString().slice(0, 16).replaceAll(':', '');
  return `heron-${stamp}Z.${extension}`;
}
