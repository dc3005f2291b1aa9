import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { findAsset } from './asset-path';
import { appScheme, pageHeaders } from './content-policy';

/** Gives the scheme an origin of its own, as https has. Must run before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: appScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** A page made by the main process, by its path such as `/stopped.html`. */
export type MadePages = Map<string, { html: string; headers: Record<string, string> }>;

/** Serves the renderer's files, and `madePages`, under the app's scheme; everything else is 404. */
export function serveApp(rendererFolder: string, madePages: MadePages): void {
  protocol.handle(appScheme, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'text/plain', 'GET only');
    const made = madePages.get(new URL(request.url).pathname);
    if (made !== undefined) {
      return new Response(made.html, {
        headers: { ...made.headers, 'Content-Type': 'text/html; charset=utf-8' },
      });
    }
    const asset = findAsset(rendererFolder, request.url);
    if (asset === null) return answer(404, 'text/plain', 'Not found');
    try {
      return answer(200, asset.mimeType, new Uint8Array(await readFile(asset.file)));
    } catch (fault) {
      if (isMissing(fault)) return answer(404, 'text/plain', 'Not found');
      throw fault;
    }
  });
}

function answer(status: number, mimeType: string, body: string | Uint8Array<ArrayBuffer>): Response {
  return new Response(body, { status, headers: { ...pageHeaders, 'Content-Type': mimeType } });
}

function isMissing(fault: unknown): boolean {
  const code = fault instanceof Error && 'code' in fault ? fault.code : null;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR';
}
