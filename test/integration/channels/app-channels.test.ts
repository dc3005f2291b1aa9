import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { channelSchema, channelSettingsSchema } from '../../../domain/alerts/delivery/channel-settings';
import { channelListSchema } from '../../../domain/contract/channels';
import { systemClock } from '../../../monitor/base/clock';
import { PasswordStore } from '../../../monitor/secrets/password-store';
import { SecretConsents } from '../../../monitor/secrets/secret-consents';
import { AppChannels, type AppChannelsDependencies } from '../../../monitor/usecases/app-channels';
import { startReceiver, type HttpReceiver } from '../../fixtures/channels/http-receiver';
import { madeNotice } from '../../fixtures/channels/notice';

let receiver: HttpReceiver;
let folder: string;
let passwords: PasswordStore;
const running: AppChannels[] = [];

const at = (name: string) => path.join(folder, name);
/** Reverses the text: stored text is not the secret, as with a keychain. */
const cipher = {
  protection: () => 'keychain' as const,
  encrypt: (text: string) => Buffer.from([...text].reverse().join('')),
  decrypt: (encrypted: Buffer) => [...encrypted.toString()].reverse().join(''),
};
const monitored: ReturnType<AppChannelsDependencies['monitor']> = {
  alerts: { list: () => ({ atMs: 0, alerts: [], silences: [] }) },
  snapshot: () => ({ monitor: { state: 'ok', edgesPolled: 1, edgesAnswered: 1 } }),
} as unknown as ReturnType<AppChannelsDependencies['monitor']>;

beforeEach(async () => {
  receiver = await startReceiver();
  folder = mkdtempSync(path.join(os.tmpdir(), 'heron-app-channels-'));
  passwords = new PasswordStore(at('passwords.json'), cipher);
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((channels) => channels.stop()));
  await receiver.close();
});

function open(more: Partial<AppChannelsDependencies> = {}): AppChannels {
  const channels = new AppChannels({
    file: at('channels.json'),
    outboxFile: at('outbox.json'),
    clock: systemClock,
    random: () => 0.5,
    passwords,
    consents: new SecretConsents(at('consents.json')),
    secrets: {
      resolve: (source) =>
        Promise.resolve(
          'env' in source ? { found: true, value: 'of-the-environment' } : passwords.get(source.secret),
        ),
    },
    isSet: () => true,
    isAllowedHost: () => true,
    monitor: () => monitored,
    ...more,
  });
  running.push(channels);
  return channels;
}

const token = 'channel/token-1';
const hook = (more: object = {}) =>
  channelSchema.parse({
    ...{ kind: 'webhook', name: 'ops', format: 'slack', url: `${receiver.base}/hook` },
    auth: { kind: 'bearer', token: { secret: token } },
    ...more,
  });
const plain = (more: object = {}) => hook({ auth: undefined, ...more });
const typed = [{ secret: token, value: 's3cret-token', keep: 'stored' as const }];

async function listed(channels: AppChannels) {
  return channelListSchema.parse(await channels.handlers()['channels.list']());
}

describe('the channels of the app', () => {
  it('keep the time after which alerts are escalated, also when channels change and after a restart', async () => {
    const first = open();
    expect((await listed(first)).escalateMs).toBe(300_000);
    await first.handlers()['channels.escalateAfter']({ escalateMs: 600_000 });
    const none = { previousName: null, secrets: [] };
    await first.handlers()['channels.save']({ ...none, channel: plain() });
    await first.handlers()['channels.remove']({ name: 'ops' });
    expect(first.escalateMs).toBe(600_000);
    const second = open();
    expect((await listed(second)).escalateMs).toBe(600_000);
  });

  it('deliver with a secret that is in no file and no answer, also after a restart', async () => {
    const first = open();
    await first.handlers()['channels.save']({ previousName: null, channel: hook(), secrets: typed });
    first.take(madeNotice());
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1), 10_000);
    expect(receiver.received[0]?.headers.authorization).toBe('Bearer s3cret-token');
    await vi.waitFor(
      async () => expect((await listed(first)).channels[0]?.status.state).toBe('working'),
      10_000,
    );
    const list = await listed(first);
    expect(list.channels[0]?.secrets).toEqual([{ part: 'token', place: 'stored' }]);
    expect(await first.handlers()['channels.deliveries']({ groupId: 'g1' })).toMatchObject([
      { channel: 'ops', state: 'delivered' },
    ]);
    const texts = [JSON.stringify(list), readFileSync(at('channels.json'), 'utf8')];
    expect([...texts, readFileSync(at('outbox.json'), 'utf8')].join()).not.toContain('s3cret-token');
    await first.stop();
    const again = await listed(open());
    expect(again.channels[0]?.status).toMatchObject({
      state: 'working',
      lastSuccessMs: list.channels[0]?.status.lastSuccessMs,
    });
  });

  it('send a stored secret to no other server than the one it was typed for', async () => {
    const channels = open();
    const save = channels.handlers()['channels.save'];
    await save({ previousName: null, channel: hook(), secrets: typed });
    const other = hook({ url: 'https://elsewhere.example.net/hook' });
    const saveOther = () => Promise.resolve(save({ previousName: 'ops', channel: other, secrets: [] }));
    await expect(async () => saveOther()).rejects.toThrow(/not sent to a server that it was not entered for/);
    // A file that somebody else wrote over the settings is not obeyed, either.
    await channels.stop();
    const stranger = await startReceiver();
    writeFileSync(at('channels.json'), JSON.stringify({ channels: [hook({ url: stranger.base })] }));
    const next = open();
    await expect(next.handlers()['channels.test']({ name: 'ops' })).rejects.toThrow(/another server/);
    expect(stranger.received).toEqual([]);
    await stranger.close();
  });

  it('use no password of the inventory, and no variable outside HERON_', async () => {
    passwords.put('noc auth', 'snmp-password', false);
    const save = open().handlers()['channels.save'];
    const saved = (source: object, secrets: typeof typed = []) =>
      Promise.resolve().then(() =>
        save({ previousName: null, channel: hook({ auth: { kind: 'bearer', token: source } }), secrets }),
      );
    await expect(saved({ secret: 'noc auth' })).rejects.toThrow(/not entered for/);
    await expect(saved({ env: 'AWS_SECRET_ACCESS_KEY' })).rejects.toThrow(/not one of Heron's/);
    await expect(saved({ env: 'HERON_TOKEN' }, typed)).rejects.toThrow(/does not use this secret/);
    await expect(saved({ env: 'HERON_TOKEN' })).resolves.toBeUndefined();
    expect(receiver.received).toEqual([]);
  });

  it('obey the policy of the computer when saved, and when they deliver', async () => {
    const save = open({ isAllowedHost: () => false }).handlers()['channels.save'];
    const asked = async () => save({ previousName: null, channel: plain(), secrets: [] });
    await expect(asked).rejects.toThrow(/policy of this computer does not allow alerts to 127.0.0.1/);
    writeFileSync(at('channels.json'), JSON.stringify({ channels: [plain()] }));
    const channels = open({ isAllowedHost: () => false });
    await expect(channels.handlers()['channels.test']({ name: 'ops' })).rejects.toThrow(/policy/);
    expect(receiver.received).toEqual([]);
  });

  it('keep what waits when a channel is renamed, and forget secrets with the channel', async () => {
    receiver.answer = (response) => response.writeHead(503).end();
    const channels = open();
    const { 'channels.save': save, 'channels.remove': remove } = channels.handlers();
    await save({ previousName: null, channel: hook(), secrets: typed });
    channels.take(madeNotice());
    await vi.waitFor(async () => expect((await listed(channels)).channels[0]?.status.tries).toBe(1), 10_000);
    await save({ previousName: 'ops', channel: hook({ name: 'desk' }), secrets: [] });
    expect((await listed(channels)).channels[0]?.status).toMatchObject({ name: 'desk', waiting: 1 });
    await remove({ name: 'desk' });
    expect(await listed(channels)).toMatchObject({ channels: [], undelivered: [] });
    expect(passwords.place(token)).toBe('none');
    await expect(async () => remove({ name: 'desk' })).rejects.toThrow(/no channel of this name/);
  });

  it('name what was given up, send it again, and forget it', async () => {
    receiver.answer = (response) => response.writeHead(404).end();
    const channels = open();
    const handlers = channels.handlers();
    await handlers['channels.save']({ previousName: null, channel: plain(), secrets: [] });
    channels.take(madeNotice());
    await vi.waitFor(async () => expect((await listed(channels)).undelivered).toHaveLength(1), 10_000);
    expect(await handlers['channels.deliveries']({ groupId: 'g1' })).toMatchObject([{ state: 'failed' }]);
    receiver.answer = (response) => response.writeHead(200).end();
    await handlers['channels.sendAgain']({ channel: 'ops', noticeId: 'g1-1' });
    await vi.waitFor(async () => expect((await listed(channels)).undelivered).toEqual([]), 10_000);
    await vi.waitFor(() => expect(receiver.received).toHaveLength(2), 10_000);
    await expect(async () =>
      handlers['channels.forget']({ channel: 'ops', noticeId: 'g1-1' }),
    ).rejects.toThrow(/not in the list/);
  });

  it('deliver nothing of a demo fleet, and say so', async () => {
    const channels = open({ monitor: () => null });
    await channels.handlers()['channels.save']({ previousName: null, channel: plain(), secrets: [] });
    channels.take(madeNotice());
    expect(await listed(channels)).toMatchObject({
      channels: [{ status: { waiting: 0, state: 'unused' } }],
      pausedWords: expect.stringMatching(/not delivered now/) as unknown,
    });
    await channels.handlers()['channels.test']({ name: 'ops' });
    expect(receiver.received.map(({ body }) => body)).toEqual([expect.stringMatching(/This is a test/)]);
  });

  it('leave a file that cannot be read as it is, and say what to do', async () => {
    writeFileSync(at('channels.json'), '{"channels": [{"kind": "pigeon"}]}');
    const channels = open();
    await expect(listed(channels)).rejects.toThrow(/channels\[0\]\.kind/);
    const save = async () =>
      channels.handlers()['channels.save']({ previousName: null, channel: plain(), secrets: [] });
    await expect(save).rejects.toThrow(/It has errors/);
    expect(readFileSync(at('channels.json'), 'utf8')).toContain('pigeon');
  });

  it('replace all channels by an imported file, whose secrets the person confirmed', async () => {
    const channels = open();
    channels.importSettings(
      channelSettingsSchema.parse({
        channels: [hook({ name: 'imported', auth: { kind: 'bearer', token: { env: 'HERON_TOKEN' } } })],
      }),
    );
    await channels.handlers()['channels.test']({ name: 'imported' });
    expect(receiver.received[0]?.headers.authorization).toBe('Bearer of-the-environment');
  });
});
