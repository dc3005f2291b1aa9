import { protocol } from 'electron';
import { appScheme } from './content-policy';
import { pageResponse, type PageFiles } from './page-files';

/** Gives the scheme its own origin, like https. Must run before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: appScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** Pages made by the main process, by path such as `/stopped.html`. */
export type MadePages = Map<string, { html: string; headers: Record<string, string> }>;

/** Serves the files of the page, and `madePages`, under the app's scheme; everything else is 404. */
export function serveApp(files: PageFiles, madePages: MadePages): void {
  protocol.handle(appScheme, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return pageResponse(405, 'text/plain', 'GET only');
    const made = madePages.get(new URL(request.url).pathname);
    if (made !== undefined) {
      return new Response(made.html, {
        headers: { ...made.headers, 'Content-Type': 'text/html; charset=utf-8' },
      });
    }
    return files.fetch(request.url);
  });
}
