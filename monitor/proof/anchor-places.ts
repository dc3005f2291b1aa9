import { existsSync, lstatSync, readFileSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { request } from 'undici';
import { anchorText, parseAnchor, type Anchor } from '../../db/chain/anchor';
import { outputTarget } from '../../db/file/output-target';
import { HistoryError } from '../../db/model/history-error';
import type { AnchorPlace } from '../../db/client/anchor-publisher';
import { writeFileDurably } from '../base/write-file';

const postTimeoutMs = 5_000;
/** An anchor has about 600 bytes. */
const mostAnchorBytes = 65_536;

/**
 * Stores the latest anchor in a file, completely or not at all, and replaces only an anchor of the same history. It proves something
 * where others hold it: on a share, or a USB stick.
 */
export function anchorFile(file: string): AnchorPlace {
  const absolute = path.resolve(file);
  return {
    where: absolute,
    put: async (anchor) => {
      const stored = await storedAnchor(absolute);
      if (stored !== null && stored.historyId !== anchor.historyId)
        throw new Error(
          `the anchor of another history is in ${absolute}. Choose another file, or move it away.`,
        );
      const target = stored === null ? absolute : await realpath(absolute);
      await writeFileDurably(target, anchorText(anchor), { replace: stored !== null });
    },
  };
}

/**
 * Throws a HistoryError when an anchor file holds something else than an anchor, or has the name of one of the files `inUse` or of what
 * lies next to a history.
 */
export function refuseOtherThanAnchor(file: string, inUse: readonly string[]): void {
  const absolute = path.resolve(file);
  if (lstatSync(absolute, { throwIfNoEntry: false }) === undefined) {
    // A folder that is not there now, such as a drive that is not mounted, may be there later.
    if (existsSync(path.dirname(absolute))) outputTarget(absolute, { replace: false, inUse });
    return;
  }
  outputTarget(absolute, { replace: true, inUse });
  try {
    parseAnchor(readFileSync(absolute, 'utf8'));
  } catch (fault) {
    throw new HistoryError({
      code: 'not-writable',
      what: `The file for the anchor is there and is not an anchor: ${fault instanceof Error ? fault.message : String(fault)}.`,
      where: absolute,
      todo: 'Choose another file. Nothing was written.',
    });
  }
}

/** The anchor that a file holds; null when there is no file. @throws Error when it holds something else, which must stay */
export async function storedAnchor(file: string): Promise<Anchor | null> {
  const status = await stat(file).catch((fault: unknown) => {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    throw fault;
  });
  if (status === null) return null;
  const other = `${file} is there and is not an anchor`;
  if (!status.isFile() || status.size > mostAnchorBytes) throw new Error(`${other}. Choose another file.`);
  try {
    return parseAnchor(await readFile(file, 'utf8'));
  } catch (fault) {
    const why = fault instanceof Error ? fault.message : String(fault);
    throw new Error(`${other}: ${why}. Choose another file.`, { cause: fault });
  }
}

/**
 * Posts each anchor as JSON. The server's certificate is verified. Any status from 200 to 299 means that it is stored; redirects
 * are not followed. The place is named without user, password and query of the URL.
 */
export function anchorUrl(url: URL): AnchorPlace {
  const target = new URL(url);
  target.username = '';
  target.password = '';
  return {
    where: `${url.origin}${url.pathname}`,
    put: async (anchor) => {
      const { statusCode, body } = await request(target, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization(url) },
        body: anchorText(anchor),
        headersTimeout: postTimeoutMs,
        bodyTimeout: postTimeoutMs,
        signal: AbortSignal.timeout(postTimeoutMs),
      });
      await body.dump();
      if (statusCode < 200 || statusCode > 299) throw new Error(`the server answered ${statusCode}.`);
    },
  };
}

/** Parses the URL of an anchor place. @throws Error that states what is wrong with it */
export function parseAnchorUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) throw new Error('is not a URL');
  const loopback = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))
    throw new Error('must be https: (http: only for this machine itself)');
  return url;
}

function authorization(url: URL): Record<string, string> {
  if (url.username === '') return {};
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}
