import { app } from 'electron';
import type { RequestName } from '../../domain/contract/contract';
import type { HistoryReadable } from '../../db/client/history';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import { listIncidents } from '../../monitor/usecases/list-incidents';
import { pastRequests } from '../../monitor/usecases/past-requests';
import type { OpenedFiles } from '../../monitor/usecases/opened-files';

/** Requests about opened files, incident files, reports, and what proves the history that is shown. */
export type FileRequests = Extract<RequestName, `file.${string}` | `incident.${string}` | `proof.${string}`>;
export type FileHandlers = Pick<RequestHandlers, FileRequests>;

/** All handlers: those of a file while one is open, else those of what is watched. */
export function withOpenedFile(
  live: Omit<RequestHandlers, FileRequests>,
  own: FileHandlers,
  files: OpenedFiles,
): RequestHandlers {
  const ofFile = fileReads(files);
  const all = { ...live, ...own } as Record<RequestName, (args: never) => unknown>;
  const names = Object.keys(all) as RequestName[];
  const chosen = names.map((name) => {
    const read = ofFile[name as keyof typeof ofFile] as ((args: never) => unknown) | undefined;
    const handler = (args: never): unknown => {
      if (files.opened === null) return all[name](args);
      return (read ?? all[name])(args);
    };
    return [name, handler] as const;
  });
  return Object.fromEntries(chosen) as unknown as RequestHandlers;
}

/** Everything a view asks, answered by the file. */
function fileReads(files: OpenedFiles) {
  const history = (): Promise<HistoryReadable> =>
    files.history ? Promise.resolve(files.history) : Promise.reject(new RangeError('No file is open.'));
  return {
    'snapshot.get': () => files.snapshot(),
    'incidents.list': async (args) => listIncidents(await history(), args, files.opened?.lastMs ?? 0),
    ...pastRequests(history),
    'app.about': () => ({
      version: app.getVersion(),
      mode: 'audit' as const,
      source: files.opened?.file ?? '',
      electron: process.versions['electron'] ?? '',
      historyFile: files.opened?.file ?? '',
      user: '',
    }),
  } satisfies Partial<RequestHandlers>;
}
