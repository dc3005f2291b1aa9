import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './support/heron';

/** A server that nothing in Heron may reach: what it was asked for. */
let server: Server;
const asked: string[] = [];
let url = '';
test.beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('<p>planted</p>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
test.afterAll(() => void server.close());

const attempts: { what: string; logged: RegExp; attempt: (url: string) => unknown; outcome?: unknown }[] = [
  {
    what: 'be a foreign page',
    logged: /A navigation was refused: http:/,
    attempt: (url) => void (location.href = url),
  },
  {
    what: 'open a window',
    logged: /A new window was refused: http:/,
    attempt: (url) => void window.open(url),
  },
  {
    what: 'know where the computer is',
    logged: /A permission was refused: geolocation/,
    attempt: () =>
      new Promise<unknown>((resolve) =>
        navigator.geolocation.getCurrentPosition(resolve, ({ code }) => resolve(code)),
      ),
    // GeolocationPositionError.PERMISSION_DENIED: with the permission it would be another error or a position.
    outcome: 1,
  },
];

for (const { what, logged, attempt, outcome } of attempts) {
  test(`the page cannot ${what}, and stays`, async ({ demo }) => {
    const before = demo.page.url();
    const seen = await demo.page.evaluate(attempt, url);
    if (outcome !== undefined) expect(seen).toBe(outcome);
    await expect.poll(() => demo.log()).toMatch(logged);
    expect(demo.page.url()).toBe(before);
    expect(demo.app.windows()).toHaveLength(1);
    expect(asked).toEqual([]);
  });
}

test('a frame and a webview in the page load nothing', async ({ demo }) => {
  const violated = await demo.page.evaluate(async (url) => {
    const directive = new Promise<string>((resolve) =>
      document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective), {
        once: true,
      }),
    );
    for (const name of ['webview', 'iframe']) {
      const element = document.createElement(name);
      element.setAttribute('src', url);
      document.body.append(element);
    }
    return directive;
  }, url);
  expect(violated).toBe('frame-src');
  const contents = await demo.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((one) => one.getType()),
  );
  expect(contents).toEqual(['window']);
  expect(asked).toEqual([]);
});

test('a session created later may reach nothing either', async ({ demo }) => {
  const outcome = await demo.app.evaluate(
    async ({ session }, url) =>
      session
        .fromPartition('planted')
        .fetch(url)
        .then(
          () => 'fetched',
          (fault: unknown) => String(fault),
        ),
    url,
  );
  expect(outcome).toContain('ERR_BLOCKED_BY_CLIENT');
  expect(asked).toEqual([]);
});
