import { readFile } from 'node:fs/promises';
import { findAsset } from './asset-path';
import { pageHeaders } from './content-policy';

/** Where the files of the page come from. */
export interface PageFiles {
  /** Answers a GET request of the page for one of its files. */
  fetch(url: string): Promise<Response>;
  /** Origins that the page may reach besides its own. Empty but in development. */
  readonly reachableOrigins: readonly string[];
}

/** The built page: files of one folder, 404 for everything else. */
export function filesOf(folder: string): PageFiles {
  return {
    reachableOrigins: [],
    async fetch(url) {
      const asset = findAsset(folder, url);
      if (asset === null) return pageResponse(404, 'text/plain', 'Not found');
      try {
        return pageResponse(200, asset.mimeType, new Uint8Array(await readFile(asset.file)));
      } catch (fault) {
        if (isMissing(fault)) return pageResponse(404, 'text/plain', 'Not found');
        throw fault;
      }
    },
  };
}

/** A response with the page's security headers. */
export function pageResponse(
  status: number,
  mimeType: string,
  body: string | Uint8Array<ArrayBuffer>,
): Response {
  return new Response(body, { status, headers: { ...pageHeaders, 'Content-Type': mimeType } });
}

function isMissing(fault: unknown): boolean {
  const code = fault instanceof Error && 'code' in fault ? fault.code : null;
  return code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR';
}
