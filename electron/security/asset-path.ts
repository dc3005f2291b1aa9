import path from 'node:path';
import { appOrigin } from './content-policy';
import { originOf } from './request-sender';

const mimeTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export interface Asset {
  file: string;
  mimeType: string;
}

/**
 * The file that a URL of the page means; null for another host, a path that leaves `folder` (also when encoded), or a kind
 * of file that the page does not use.
 */
export function findAsset(folder: string, url: string): Asset | null {
  if (originOf(url) !== appOrigin) return null;
  const name = decoded(new URL(url).pathname);
  if (name === null || /[\\\0]/.test(name)) return null;
  const relative = name === '/' ? 'index.html' : name.slice(1);
  const file = path.resolve(folder, relative);
  if (!file.startsWith(path.resolve(folder) + path.sep)) return null;
  const mimeType = mimeTypes[path.extname(file).toLowerCase()];
  return mimeType === undefined ? null : { file, mimeType };
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch (malformed) {
    if (malformed instanceof URIError) return null;
    throw malformed;
  }
}
