import type { RequestName } from '../../domain/contract/contract';
import type { KnownKeysStore } from '../../monitor/proof/known-keys';
import type { RequestHandlers } from '../../monitor/usecases/answer-request';
import type { CurrentHistoryOf } from '../../monitor/usecases/current-history';
import type { OpenedFiles } from '../../monitor/usecases/opened-files';
import type { MadePages } from '../security/app-protocol';
import type { AppWindow } from '../window/app-window';
import { incidentHandlers } from './incident-handlers';
import { chooseAndOpen } from './opened-files';

type FileRequest = Extract<RequestName, `file.${string}` | `incident.${string}`>;

/** What the handlers of files use. */
export interface FileServices {
  files: OpenedFiles;
  window: AppWindow;
  pages: MadePages;
  keys: KnownKeysStore;
}

/** The handlers of opened files, incident files and reports. */
export function fileHandlers(
  services: FileServices,
  currentHistory: CurrentHistoryOf,
): Pick<RequestHandlers, FileRequest> {
  const { files, window } = services;
  return {
    'file.status': () => files.status(),
    'file.open': ({ file }) => (file === null ? chooseAndOpen(files, window.current) : files.open(file)),
    'file.close': () => files.close(),
    ...incidentHandlers(services, currentHistory),
  };
}
