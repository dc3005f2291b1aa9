import path from 'node:path';
import { writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { app, dialog, type BrowserWindow } from 'electron';
import type { TimeRange } from '../../domain/model/history';
import { reportHtml } from '../../domain/report/report-html';
import { runFileTask } from '../../db/client/run-file-task';
import { RequestRefused } from '../../domain/contract/request-refused';
import { systemClock } from '../../monitor/base/clock';
import { reportOf } from '../../monitor/usecases/write-report';
import type { MadePages } from '../security/app-protocol';
import { log } from '../../monitor/log/log';
import { builtFiles } from '../session/built-files';
import type { FileHandlers } from './file-requests';
import type { OpenedFiles } from '../../monitor/usecases/opened-files';
import { printPage } from './print-page';
import { proofHandlers } from './proof-handlers';
import type { ShownHistory } from '../../monitor/usecases/current-history';

const workersUrl = pathToFileURL(`${builtFiles.workers}${path.sep}`);
const openKinds = [
  { name: 'Incident files and histories', extensions: ['heron', 'sqlite'] },
  { name: 'All files', extensions: ['*'] },
];

/** Asks which file to open, and opens it. Answers whether one was. */
export async function askAndOpen(files: OpenedFiles, window: BrowserWindow | null): Promise<boolean> {
  const chosen = await chooseFile(window);
  return chosen !== null && files.open(chosen);
}

async function chooseFile(window: BrowserWindow | null): Promise<string | null> {
  const asked = {
    title: 'Open a history or incident file',
    filters: openKinds,
    properties: ['openFile' as const],
  };
  const { filePaths } = await (window ? dialog.showOpenDialog(window, asked) : dialog.showOpenDialog(asked));
  return filePaths[0] ?? null;
}

/** The handlers of opened files, incident files and reports. */
export function fileHandlers(
  files: OpenedFiles,
  shown: ShownHistory,
  currentWindow: () => BrowserWindow | null,
  pages: MadePages,
): FileHandlers {
  return {
    ...proofHandlers(shown, currentWindow),
    'file.status': () => files.status(),
    'file.open': ({ file }) => (file === null ? askAndOpen(files, currentWindow()) : files.open(file)),
    'file.close': () => files.close(),
    'incident.save': async ({ range, clusterIds, redact }) => {
      const { file, prove } = await shown();
      const out = await askWhere(currentWindow(), 'Save the incident file', range, 'heron', 'Incident file');
      if (out === null) return null;
      // A disk that refuses a seal now does not keep anybody from handing on what there is: the file says what is not sealed.
      await prove?.().catch((fault: unknown) =>
        log.warn('The history was not sealed before the cut:', fault),
      );
      return runFileTask(workersUrl, {
        task: 'extract',
        file,
        out,
        range,
        clusterIds,
        redact,
        nowMs: Math.round(systemClock.nowMs()),
        version: app.getVersion(),
      }).result;
    },
    'incident.report': async ({ range, clusterIds, redact, kind }) => {
      const { file, history } = await shown();
      const out = await askWhere(currentWindow(), 'Save the report', range, kind, kind.toUpperCase());
      if (out === null) return null;
      const nowMs = Math.round(systemClock.nowMs());
      const asked = { file, range, clusterIds, redact, nowMs, version: app.getVersion(), workersUrl };
      const html = reportHtml(await reportOf(asked, history));
      await write(out, kind === 'html' ? html : await printPage(html, pages));
      return out;
    },
  };
}

async function askWhere(
  window: BrowserWindow | null,
  title: string,
  { fromMs }: TimeRange,
  extension: string,
  name: string,
): Promise<string | null> {
  const stamp = new Date(fromMs).toISOString().slice(0, 16).replaceAll(':', '');
  const asked = {
    title,
    defaultPath: `heron-${stamp}Z.${extension}`,
    filters: [{ name, extensions: [extension] }],
  };
  const { filePath } = await (window ? dialog.showSaveDialog(window, asked) : dialog.showSaveDialog(asked));
  return filePath ? path.resolve(filePath) : null;
}

async function write(file: string, content: string | Buffer): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (error) {
    throw new RequestRefused({
      what: `The report was not written: ${error instanceof Error ? error.message : String(error)}`,
      where: file,
      todo: 'Choose a folder you may write to, with room on its disk.',
    });
  }
}
