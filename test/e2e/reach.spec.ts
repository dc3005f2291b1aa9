import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exampleInventory, expect, test, type Heron } from './support/heron';

/** A server nobody may reach: it counts who tries. */
let stranger: Server;
let strangerUrl: string;
let visits: string[] = [];

test.beforeAll(async () => {
  stranger = createServer((request, response) => {
    visits.push(request.url ?? '');
    response.setHeader('Access-Control-Allow-Origin', '*');
    response.end('reached');
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
  strangerUrl = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
});
test.beforeEach(() => {
  visits = [];
});
test.afterAll(() => {
  stranger.close();
});

/** Does something in the page, waits until the main process has logged its refusal, and sees the page unmoved. */
async function isRefused(
  heron: Heron,
  action: (url: string) => void,
  url: string,
  words: RegExp,
): Promise<void> {
  const home = heron.page.url();
  const before = heron.log().length;
  await heron.page.evaluate(action, url);
  await expect.poll(() => heron.log().slice(before)).toMatch(words);
  expect(heron.page.url()).toBe(home);
  expect(heron.app.windows()).toHaveLength(1);
}

test('nothing is fetched from anywhere else', async ({ demo }) => {
  const outcomes = await demo.page.evaluate(async (url) => {
    const failed = (work: Promise<unknown>) =>
      work.then(
        () => 'reached',
        () => 'refused',
      );
    const element = (tag: 'img' | 'script' | 'link', set: (made: HTMLElement) => void) =>
      new Promise<string>((resolve) => {
        const made = document.createElement(tag);
        made.onload = () => resolve('reached');
        made.onerror = () => resolve('refused');
        try {
          set(made);
          document.head.append(made);
        } catch {
          resolve('refused');
        }
        setTimeout(() => made.remove(), 0);
      });
    return {
      fetch: await failed(fetch(`${url}/fetch`)),
      file: await failed(fetch('file:///etc/passwd')),
      image: await element('img', (made) => made.setAttribute('src', `${url}/image`)),
      script: await element('script', (made) => made.setAttribute('src', `${url}/script`)),
      style: await element('link', (made) => {
        made.setAttribute('rel', 'stylesheet');
        made.setAttribute('href', `${url}/style`);
      }),
      socket: await new Promise<string>((resolve) => {
        try {
          const socket = new WebSocket(url.replace('http', 'ws'));
          socket.onopen = () => resolve('reached');
          socket.onerror = () => resolve('refused');
        } catch {
          resolve('refused');
        }
      }),
      beacon: navigator.sendBeacon(`${url}/beacon`) && false,
    };
  }, strangerUrl);
  expect(outcomes).toEqual({
    fetch: 'refused',
    file: 'refused',
    image: 'refused',
    script: 'refused',
    style: 'refused',
    socket: 'refused',
    beacon: false,
  });
  expect(visits).toEqual([]);
});

test('not even the session itself reaches out when a policy is forgotten', async ({ demo }) => {
  const outcome = await demo.app.evaluate(
    ({ session }, url) =>
      session.defaultSession.fetch(url).then(
        () => 'reached',
        (fault: unknown) => String(fault),
      ),
    `${strangerUrl}/session`,
  );
  expect(outcome).toMatch(/ERR_BLOCKED_BY_CLIENT/);
  expect(visits).toEqual([]);
});

test('the page stays where it is', async ({ start }) => {
  // Of its own: Playwright waits for ever for a navigation that was refused.
  const heron = await start(['--inventory', exampleInventory]);
  await heron.page.waitForURL(/#\/clusters$/);
  const go = (url: string): void => location.assign(url);
  await isRefused(heron, go, `${strangerUrl}/away`, /navigation was refused: http:\/\/127/);
  await isRefused(heron, (url) => void open(url), `${strangerUrl}/popup`, /new window was refused/);
  await isRefused(heron, (url) => void open(url), 'heron-app://app/', /new window was refused/);
  const link = (url: string): void => {
    const made = document.createElement('a');
    made.href = url;
    made.target = '_blank';
    made.click();
  };
  await isRefused(heron, link, `${strangerUrl}/link`, /new window was refused/);
  expect(visits).toEqual([]);
});

test('a file or a data page cannot be opened in its place', async ({ start }) => {
  // Of its own: Playwright waits for ever for a navigation that was refused.
  const heron = await start(['--inventory', exampleInventory]);
  await heron.page.waitForURL(/#\/clusters$/);
  const home = heron.page.url();
  for (const url of ['file:///etc/passwd', 'data:text/html,<h1>away</h1>', 'heron-app://elsewhere/']) {
    await heron.page.evaluate((there) => location.assign(there), url);
    await heron.page.evaluate(() => document.readyState);
    expect(heron.page.url()).toBe(home);
  }
  expect(await heron.page.evaluate(() => document.title)).toMatch(/Heron/);
});

test('permissions and downloads are denied', async ({ start }) => {
  // Of its own: Playwright waits for ever for a navigation that was refused, and a download begins as one.
  const heron = await start(['--inventory', exampleInventory]);
  await heron.page.waitForURL(/#\/clusters$/);
  const asked = await heron.page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'given',
      (fault: Error) => fault.name,
    ),
    clipboard: await navigator.clipboard.readText().then(
      () => 'given',
      (fault: Error) => fault.name,
    ),
    place: await new Promise((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        (fault) => resolve(fault.code),
      ),
    ),
  }));
  expect(asked.notifications).toBe('denied');
  expect(asked.camera).toMatch(/NotAllowedError|NotFoundError/);
  expect(asked.clipboard).toBe('NotAllowedError');
  expect(asked.place).toBe(1);
  const before = heron.log().length;
  await heron.page.evaluate(() => {
    const made = document.createElement('a');
    made.href = URL.createObjectURL(new Blob(['x']));
    made.download = 'x.txt';
    made.click();
  });
  await expect.poll(() => heron.log().slice(before)).toMatch(/download was refused/);
});
