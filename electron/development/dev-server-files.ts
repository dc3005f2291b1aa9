import { pageHeaders } from '../security/content-policy';
import type { PageFiles } from '../security/page-files';

/**
 * The page from Vite's development server, still under the app's own origin. Vite puts styles into the page as elements and
 * tells it of changes over a WebSocket, which the policy of the built page allows neither.
 *
 * @param origin such as `http://127.0.0.1:5173`
 * @throws Error when it is not an origin on this machine
 */
export function filesOfDevServer(origin: string): PageFiles {
  const server = URL.canParse(origin) ? new URL(origin) : null;
  if (server?.protocol !== 'http:' || server.hostname !== '127.0.0.1') {
    throw new Error(
      `HERON_DEV_SERVER is "${origin}". It must be an http address on 127.0.0.1: use npm run dev.`,
    );
  }
  const socket = `ws://${server.host}`;
  return {
    reachableOrigins: [socket],
    async fetch(url) {
      const { pathname, search } = new URL(url);
      const response = await fetch(`${server.origin}${pathname}${search}`, { headers: { accept: '*/*' } });
      const headers = {
        ...developmentHeaders(socket),
        'Content-Type': response.headers.get('content-type') ?? 'application/octet-stream',
      };
      return new Response(await response.arrayBuffer(), { status: response.status, headers });
    },
  };
}

function developmentHeaders(socket: string): Record<string, string> {
  const policy = (pageHeaders['Content-Security-Policy'] ?? '')
    .replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")
    .replace("connect-src 'self'", `connect-src 'self' ${socket}`);
  return { ...pageHeaders, 'Content-Security-Policy': policy };
}
