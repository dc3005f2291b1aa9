import { createHmac } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelSettingsSchema } from '../../../domain/alerts/delivery/channel-settings';
import { systemClock, type Clock } from '../../../monitor/base/clock';
import { Channels, type ChannelsOptions } from '../../../monitor/channels/channels';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import { startReceiver, type HttpReceiver } from '../../fixtures/channels/http-receiver';
import { madeNotice } from '../../fixtures/channels/notice';
import { FakeClock } from '../../fixtures/clock/fake-clock';

const secrets = environmentSecrets({
  HERON_KEY: 'key-of-the-webhook',
  HERON_TOKEN: 'token-1',
  HERON_MAIL: 'mail-password',
});

let receiver: HttpReceiver;
let folder: string;
const running: Channels[] = [];

beforeEach(async () => {
  receiver = await startReceiver();
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-channels-'));
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((channels) => channels.stop()));
  await receiver.close();
});

const outboxFile = () => path.join(folder, 'outbox.json');

function open(channel: object, more: Partial<ChannelsOptions> = {}): Channels {
  const channels = new Channels({
    settings: channelSettingsSchema.parse({ channels: [channel] }),
    secretsOf: () => secrets,
    clock: systemClock,
    random: () => 0.5,
    outboxFile: outboxFile(),
    isAllowedHost: () => true,
    alerts: () => null,
    monitor: () => null,
    ...more,
  });
  running.push(channels);
  return channels;
}

const webhook = (more: object = {}) => ({
  kind: 'webhook',
  name: 'ops',
  format: 'alertmanager-webhook',
  url: `${receiver.base}/hook`,
  ...more,
});

describe('channels that deliver alerts', () => {
  it('sign a webhook, and send the same notice under one key', async () => {
    const channels = open(
      webhook({ signature: { env: 'HERON_KEY' }, auth: { kind: 'bearer', token: { env: 'HERON_TOKEN' } } }),
    );
    channels.take(madeNotice());
    await vi.waitFor(
      () => expect(channels.statuses()[0]).toMatchObject({ state: 'working', waiting: 0 }),
      10_000,
    );
    const [first] = receiver.received;
    const [, seconds, code] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(first?.headers['heron-signature'])) ?? [];
    expect(code).toBe(
      createHmac('sha256', 'key-of-the-webhook').update(`${seconds}.${first?.body}`).digest('hex'),
    );
    expect(first?.headers).toMatchObject({ authorization: 'Bearer token-1', 'idempotency-key': 'ops/g1-1' });
    expect(JSON.parse(first?.body ?? '')).toMatchObject({ version: '4', groupKey: 'g1' });
  });

  it('go on after a restart with what was not delivered, in a file without secrets', async () => {
    receiver.answer = (response) => response.writeHead(503).end();
    const first = open(webhook({ signature: { env: 'HERON_KEY' } }));
    first.take(madeNotice());
    await vi.waitFor(
      () => expect(first.statuses()[0]).toMatchObject({ state: 'retrying', tries: 1 }),
      10_000,
    );
    await first.stop();
    expect(statSync(outboxFile()).mode & 0o777).toBe(0o600);
    expect(readFileSync(outboxFile(), 'utf8')).not.toContain('key-of-the-webhook');
    receiver.answer = (response) => response.writeHead(200).end();
    const clock = new FakeClock(Date.now());
    const second = open(webhook(), { clock });
    await clock.pass(20_000);
    await vi.waitFor(
      () => expect(second.statuses()[0]).toMatchObject({ state: 'working', waiting: 0 }),
      10_000,
    );
    expect(receiver.received.map(({ headers }) => headers['idempotency-key'])).toEqual([
      'ops/g1-1',
      'ops/g1-1',
    ]);
  });

  it('give up after a day of 500, list the notice, and send it again when asked', async () => {
    receiver.answer = (response) => response.writeHead(500).end();
    const clock = new FakeClock();
    const channels = open(webhook(), { clock });
    channels.take(madeNotice());
    await vi.waitFor(
      async () => {
        await clock.pass(600_000);
        expect(channels.undelivered()).toHaveLength(1);
      },
      { timeout: 30_000, interval: 5 },
    );
    expect(receiver.received.length).toBeGreaterThan(20);
    expect(channels.undelivered()[0]).toMatchObject({ channel: 'ops', noticeId: 'g1-1' });
    expect(channels.statuses()[0]?.lastFailure?.words).toMatch(/answers HTTP 500/);
    receiver.answer = (response) => response.writeHead(200).end();
    expect(channels.sendAgain('ops', 'g1-1')).toBe(true);
    await clock.pass(2_000);
    await vi.waitFor(() => expect(channels.statuses()[0]).toMatchObject({ failed: 0, waiting: 0 }), 10_000);
  });

  it('are not delayed by a wall clock that is set back', async () => {
    receiver.answer = (response) => response.writeHead(503).end();
    const fake = new FakeClock();
    let stepMs = 0;
    const clock: Clock = {
      nowMs: () => fake.nowMs() + stepMs,
      monotonicMs: () => fake.monotonicMs(),
      after: (delayMs, callback) => fake.after(delayMs, callback),
    };
    const channels = open(webhook(), { clock });
    channels.take(madeNotice());
    await fake.pass(10);
    await vi.waitFor(() => expect(channels.statuses()[0]?.tries).toBe(1), 10_000);
    receiver.answer = (response) => response.writeHead(200).end();
    stepMs = -24 * 3_600_000;
    await fake.pass(20_000);
    await vi.waitFor(() => expect(channels.statuses()[0]?.waiting).toBe(0), 10_000);
  });

  it('move a file aside that is no outbox of theirs', async () => {
    writeFileSync(outboxFile(), '{"waiting": 1}');
    const channels = open(webhook());
    channels.take(madeNotice());
    await vi.waitFor(() => expect(channels.statuses()[0]?.state).toBe('working'), 10_000);
    expect(readFileSync(`${outboxFile()}.damaged`, 'utf8')).toBe('{"waiting": 1}');
  });

  it('deliver the present state where an earlier one still waits', async () => {
    receiver.answer = (response) => response.writeHead(503).end();
    const clock = new FakeClock();
    const channels = open(webhook(), { clock });
    channels.take(madeNotice());
    await clock.pass(10);
    await vi.waitFor(() => expect(channels.statuses()[0]?.tries).toBe(1), 10_000);
    receiver.answer = (response) => response.writeHead(200).end();
    channels.take(madeNotice({ id: 'g1-2', kind: 'cleared' }));
    await clock.pass(60_000);
    await vi.waitFor(() => expect(channels.statuses()[0]?.waiting).toBe(0), 10_000);
    expect(receiver.received.map(({ headers }) => headers['idempotency-key'])).toEqual([
      'ops/g1-1',
      'ops/g1-2',
    ]);
  });

  it.each([
    [
      'a redirect',
      (response: ServerResponse) => response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end(),
      /redirects/,
    ],
    ['401', (response: ServerResponse) => response.writeHead(401).end('key-of-the-webhook'), /HTTP 401/],
  ])('refuse %s at once and for good', async (_, wrong, words) => {
    receiver.answer = wrong;
    const channels = open(webhook());
    channels.take(madeNotice());
    await vi.waitFor(() => expect(channels.undelivered()[0]?.words).toMatch(words), 10_000);
    expect(receiver.received).toHaveLength(1);
    expect(JSON.stringify(channels.statuses())).not.toContain('key-of-the-webhook');
  });

  it('read no endless answer', async () => {
    receiver.answer = (response) => {
      response.writeHead(200);
      const part = Buffer.alloc(1024 * 1024);
      const write = (): void => {
        while (!response.destroyed && response.write(part));
        response.once('drain', write);
      };
      write();
    };
    const channels = open(webhook());
    channels.take(madeNotice());
    await vi.waitFor(() => expect(channels.statuses()[0]).toMatchObject({ state: 'working' }), 12_000);
  });

  it('give up a receiver that never answers, for this time, and try again', async () => {
    receiver.answer = () => undefined;
    const channels = open(webhook());
    channels.take(madeNotice());
    await vi.waitFor(
      () => expect(channels.statuses()[0]).toMatchObject({ state: 'retrying', tries: 1 }),
      20_000,
    );
    expect(channels.statuses()[0]?.lastFailure?.words).toMatch(/does not answer within 10 s/);
  }, 30_000);

  const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
  if (!hasOpenssl) process.stderr.write('NOT RUN: the test of a self-signed certificate needs openssl\n');
  it.runIf(hasOpenssl)('send nothing to a server whose certificate is not trusted', async () => {
    const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
    const args = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=hook -keyout ${key} -out ${cert}`;
    expect(spawnSync('openssl', args.split(' ')).status).toBe(0);
    let requests = 0;
    const tls = createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, response) => {
      requests += 1;
      response.end();
    });
    await new Promise<void>((resolve) => tls.listen(0, '127.0.0.1', resolve));
    try {
      const { port } = tls.address() as AddressInfo;
      const channels = open(webhook({ url: `https://127.0.0.1:${port}/hook` }));
      await expect(channels.test('ops')).rejects.toThrow(/certificate|TLS/i);
      expect(requests).toBe(0);
    } finally {
      await new Promise((resolve) => tls.close(resolve));
    }
  });

  it('deliver although what waits cannot be stored, as on a full disk', async () => {
    const channels = open(webhook(), { outboxFile: path.join(folder, 'missing', 'outbox.json') });
    channels.take(madeNotice());
    await vi.waitFor(
      () => expect(channels.statuses()[0]).toMatchObject({ state: 'working', waiting: 0 }),
      10_000,
    );
    expect(receiver.received).toHaveLength(1);
  });

  it('go on with an unchanged channel while another one is replaced', async () => {
    receiver.answer = (response) => response.writeHead(503).end();
    const channels = open(webhook());
    channels.take(madeNotice());
    await vi.waitFor(() => expect(channels.statuses()[0]?.tries).toBe(1), 10_000);
    const both = [webhook(), webhook({ name: 'second' })];
    channels.replace(channelSettingsSchema.parse({ channels: both }));
    expect(channels.statuses().map(({ name, waiting }) => [name, waiting])).toEqual([
      ['ops', 1],
      ['second', 0],
    ]);
    receiver.answer = (response) => response.writeHead(200).end();
    channels.take(madeNotice({ id: 'g2-1', groupId: 'g2' }));
    await vi.waitFor(
      () => expect(channels.statuses()).toMatchObject([{ waiting: 0 }, { waiting: 0 }]),
      15_000,
    );
  }, 20_000);

  it('send nothing to a host that the policy of the computer forbids', async () => {
    const channels = open(webhook(), { isAllowedHost: () => false });
    await expect(channels.test('ops')).rejects.toThrow(/policy of this computer/);
    expect(receiver.received).toEqual([]);
  });

  it('report a sign of life only while polling goes on', async () => {
    const clock = new FakeClock();
    let state: 'ok' | 'stalled' = 'ok';
    const deadMan = { kind: 'dead-man', name: 'alive', url: `${receiver.base}/alive`, intervalMs: 10_000 };
    const channels = open(deadMan, { clock, monitor: () => ({ state, edgesPolled: 4, edgesAnswered: 4 }) });
    await clock.pass(10);
    await vi.waitFor(() => expect(channels.statuses()[0]?.state).toBe('working'), 10_000);
    expect(JSON.parse(receiver.received[0]?.body ?? '')).toMatchObject({
      type: 'heron-alive',
      state: 'ok',
      edgesAnswered: 4,
    });
    state = 'stalled';
    await vi.waitFor(async () => {
      await clock.pass(10_000);
      expect(channels.statuses()[0]?.lastFailure?.words).toMatch(/polling has stalled/);
    }, 10_000);
    expect(receiver.received).toHaveLength(1);
  });
});

/** Runs a real SMTP server without TLS, and a part of a test with a channel to it. */
async function withMailServer(
  options: SMTPServerOptions,
  run: (channel: object) => Promise<void>,
): Promise<void> {
  const smtp = new SMTPServer({ ...options, disabledCommands: ['STARTTLS'] });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  const { port } = smtp.server.address() as AddressInfo;
  try {
    const addresses = { from: 'heron@example.net', to: ['noc@example.net'] };
    await run({ kind: 'mail', name: 'noc', host: '127.0.0.1', port, security: 'none', ...addresses });
  } finally {
    await new Promise<void>((resolve) => smtp.close(() => resolve()));
  }
}

describe('mail', () => {
  it('reaches a real SMTP server, without a header that a name could add', async () => {
    const mails: { text: string; to: string[] }[] = [];
    const options: SMTPServerOptions = {
      authOptional: true,
      onData: (stream, session, done) => {
        let text = '';
        stream.on('data', (part: Buffer) => (text += part.toString('utf8')));
        stream.on('end', () => {
          mails.push({ text, to: session.envelope.rcptTo.map(({ address }) => address) });
          done();
        });
      },
    };
    await withMailServer(options, async (server) => {
      const channels = open(server);
      channels.take(madeNotice({ title: 'No active LB: a\r\nBcc: evil@example.net' }));
      await vi.waitFor(() => expect(mails).toHaveLength(1), 10_000);
      expect(mails[0]?.to).toEqual(['noc@example.net']);
      expect(mails[0]?.text).not.toMatch(/^Bcc:/im);
      expect(mails[0]?.text).toMatch(/^Auto-Submitted: auto-generated/im);
      expect(mails[0]?.text).toContain('Users of 10.21.16.10 are cut off.');
    });
  });

  /** A server that refuses these recipients with a status, and counts the mails it takes. */
  const refusing = (status: number, refuses: (address: string) => boolean, taken: string[][]) => ({
    authOptional: true,
    onRcptTo: ({ address }: { address: string }, _session: unknown, done: (fault?: Error) => void) =>
      done(refuses(address) ? Object.assign(new Error('no such user'), { responseCode: status }) : undefined),
    onData: (stream: NodeJS.ReadableStream, session: SMTPServerSession, done: () => void) => {
      taken.push(session.envelope.rcptTo.map(({ address }) => address));
      stream.resume().on('end', done);
    },
  });
  const both = { to: ['noc@example.net', 'gone@example.net'] };

  it('reaches the others where the server refuses one of several, once, and names who is left out', async () => {
    const taken: string[][] = [];
    const options = refusing(550, (address) => address.startsWith('gone'), taken);
    await withMailServer(options, async (server) => {
      const channels = open({ ...server, ...both });
      channels.take(madeNotice());
      await vi.waitFor(() => expect(channels.statuses()[0]?.state).toBe('failing'), 10_000);
      const words = /takes the mail, but not for gone@example\.net: 550 no such user/;
      expect(channels.statuses()[0]).toMatchObject({ waiting: 0, failed: 0 });
      expect(channels.statuses()[0]?.lastFailure?.words).toMatch(words);
      const [delivery] = channels.deliveries('g1');
      expect(delivery).toMatchObject({ state: 'delivered' });
      expect(delivery?.words).toMatch(words);
      await expect(channels.test('noc')).rejects.toThrow(words);
      expect(taken).toEqual(Array(2).fill(['noc@example.net']));
      await channels.stop();
      expect(open({ ...server, ...both }).deliveries('g1')[0]?.words).toMatch(words);
    });
  });

  it.each([true, false])(
    'tries again for one of several whom the server refuses for now, also after a restart: %s',
    async (restarts) => {
      const taken: string[][] = [];
      let isGrey = true;
      const options = refusing(450, (address) => isGrey && address.startsWith('gone'), taken);
      await withMailServer(options, async (server) => {
        const clock = new FakeClock();
        let channels = open({ ...server, ...both }, { clock });
        channels.take(madeNotice());
        await clock.pass(10);
        await vi.waitFor(() => expect(channels.statuses()[0]).toMatchObject({ state: 'retrying' }), 10_000);
        expect(channels.statuses()[0]?.lastFailure?.words).toMatch(/but not for gone@example\.net: 450/);
        if (restarts) {
          await channels.stop();
          channels = open({ ...server, ...both }, { clock });
        }
        isGrey = false;
        await clock.pass(60_000);
        await vi.waitFor(() => expect(channels.statuses()[0]).toMatchObject({ state: 'working' }), 10_000);
        expect(taken).toEqual([['noc@example.net'], ['gone@example.net']]);
        expect(channels.deliveries('g1')[0]).toMatchObject({ state: 'delivered', words: null });
      });
    },
  );

  it('counts as delivered, with whom it left out, what one of several never got', async () => {
    const taken: string[][] = [];
    const options = refusing(450, (address) => address.startsWith('gone'), taken);
    await withMailServer(options, async (server) => {
      const clock = new FakeClock();
      const channels = open({ ...server, ...both }, { clock });
      channels.take(madeNotice());
      await vi.waitFor(
        async () => {
          await clock.pass(60 * 60_000);
          expect(channels.statuses()[0]).toMatchObject({ waiting: 0, failed: 0 });
        },
        { timeout: 20_000, interval: 50 },
      );
      expect(channels.deliveries('g1')[0]?.words).toMatch(/450/);
      expect(taken).toEqual([['noc@example.net']]);
    });
  });

  it('gives up at once where the server refuses everybody for good, and lists the notice', async () => {
    const taken: string[][] = [];
    await withMailServer(
      refusing(550, () => true, taken),
      async (server) => {
        const channels = open({ ...server, ...both });
        channels.take(madeNotice());
        await vi.waitFor(() => expect(channels.undelivered()).toHaveLength(1), 10_000);
        expect(channels.undelivered()[0]?.words).toMatch(/answers: 550 no such user/);
        expect(taken).toEqual([]);
      },
    );
  });

  it('tries again where the server refuses everybody for now', async () => {
    const taken: string[][] = [];
    let isGrey = true;
    await withMailServer(
      refusing(450, () => isGrey, taken),
      async (server) => {
        const clock = new FakeClock();
        const channels = open({ ...server, ...both }, { clock });
        channels.take(madeNotice());
        await clock.pass(10);
        await vi.waitFor(() => expect(channels.statuses()[0]).toMatchObject({ state: 'retrying' }), 10_000);
        isGrey = false;
        await clock.pass(60_000);
        await vi.waitFor(() => expect(channels.statuses()[0]).toMatchObject({ state: 'working' }), 10_000);
        expect(taken).toEqual([both.to]);
      },
    );
  });

  it('names a refusal, and keeps the password to itself', async () => {
    const options: SMTPServerOptions = { onAuth: (_auth, _session, done) => done(new Error('no')) };
    await withMailServer(options, async (server) => {
      const channels = open({ ...server, user: 'u', password: { env: 'HERON_MAIL' } });
      const failure = await channels.test('noc').catch((fault: unknown) => fault);
      expect(String(failure)).toMatch(/refuses the user name or the password/);
      expect(JSON.stringify(channels.statuses())).not.toContain('mail-password');
    });
  });
});
