import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesOfDevServer } from '../../../../electron/development/dev-server-files';
import { pageHeaders } from '../../../../electron/security/content-policy';

const server = createServer((request, response) => {
  response.setHeader('content-type', 'text/javascript').end(request.url);
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const policyOf = (headers: Headers): string[] => (headers.get('content-security-policy') ?? '').split('; ');

describe('the page’s files in development', () => {
  it('come from Vite’s server, path and query included', async () => {
    const response = await filesOfDevServer(origin).fetch('heron-app://app/shell/App.vue?t=5');
    expect(await response.text()).toBe('/shell/App.vue?t=5');
    expect(response.headers.get('content-type')).toBe('text/javascript');
  });

  it('have the policy of the built page but for styles and the server’s socket', async () => {
    const files = filesOfDevServer(origin);
    const socket = origin.replace('http:', 'ws:');
    const development = policyOf((await files.fetch('heron-app://app/')).headers);
    const built = policyOf(new Headers(pageHeaders));
    expect(development.filter((directive) => !built.includes(directive))).toEqual([
      "style-src 'self' 'unsafe-inline'",
      `connect-src 'self' ${socket}`,
    ]);
    expect(files.reachableOrigins).toEqual([socket]);
  });

  it.each(['', 'http://example.org:5173', 'https://127.0.0.1:1', 'http://127.0.0.1.example.org'])(
    'are refused from "%s"',
    (elsewhere) => {
      expect(() => filesOfDevServer(elsewhere)).toThrow(/HERON_DEV_SERVER.*npm run dev/);
    },
  );
});
