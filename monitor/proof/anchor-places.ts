import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { request } from 'undici';
import { anchorText } from '../../db/chain/anchor';
import type { AnchorPlace } from '../../db/client/anchor-publisher';

const postTimeoutMs = 5_000;

/** Stores the latest anchor in a file, completely or not at all. It proves something where others hold it: on a share, or a USB stick. */
export function anchorFile(file: string): AnchorPlace {
  const absolute = path.resolve(file);
  return {
    where: absolute,
    put: async (anchor) => {
      await writeFile(`${absolute}.new`, anchorText(anchor));
      await rename(`${absolute}.new`, absolute);
    },
  };
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
