import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { channelSettingsSchema, type WebhookChannel } from '../../../domain/alerts/delivery/channel-settings';
import { systemClock } from '../../../monitor/base/clock';
import { Alertmanager } from '../../../monitor/channels/alertmanager';
import { Channels } from '../../../monitor/channels/channels';
import { SilenceSharing } from '../../../monitor/channels/silence-sharing';
import { environmentSecrets } from '../../../monitor/secrets/environment-secrets';
import { Desk } from '../../fixtures/alerts/desk';
import {
  hasAlertmanager,
  startAlertmanager,
  whyAlertmanagerIsMissing,
  type RunningAlertmanager,
} from '../../fixtures/channels/alertmanager';
import { startReceiver } from '../../fixtures/channels/http-receiver';

const isThere = hasAlertmanager();
if (!isThere) process.stderr.write(whyAlertmanagerIsMissing);

const hourMs = 3_600_000;
const secrets = environmentSecrets({});

function settingsOf(url: string, sharesSilences: boolean) {
  const channel = { kind: 'webhook', name: 'am', format: 'alertmanager-api', url, sharesSilences };
  return channelSettingsSchema.parse({ channels: [channel] });
}

function sharingWith(url: string): SilenceSharing {
  const [channel] = settingsOf(url, true).channels;
  return new SilenceSharing(new Alertmanager(channel as WebhookChannel, secrets, () => true), systemClock);
}

describe.skipIf(!isThere)('a real Alertmanager', () => {
  let manager: RunningAlertmanager;
  const running: Channels[] = [];

  beforeAll(async () => {
    manager = await startAlertmanager();
  }, 70_000);
  afterEach(async () => {
    await Promise.all(running.splice(0).map((channels) => channels.stop()));
    for (const id of manager.amtool('silence', 'query', '-q').split(/\s+/).filter(Boolean))
      manager.amtool('silence', 'expire', id);
  });
  afterAll(() => manager.stop());

  function channelsOf(desk: Desk): Channels {
    const channels = new Channels({
      settings: settingsOf(manager.url, false),
      secretsOf: () => secrets,
      clock: systemClock,
      random: Math.random,
      outboxFile: null,
      isAllowedHost: () => true,
      alerts: () => desk.service,
      monitor: () => null,
    });
    running.push(channels);
    return channels;
  }
  const alertsThere = async () =>
    (await manager.get('/api/v2/alerts')) as {
      labels: Record<string, string>;
      annotations: Record<string, string>;
      status: { state: string };
    }[];

  it('has one alert of two desks, with labels and evidence, and none when it is over', async () => {
    const desks = [new Desk(), new Desk()];
    for (const desk of desks) {
      const channels = channelsOf(desk);
      for (const notice of desk.world.notices) channels.take(notice);
    }
    await vi.waitFor(async () => expect(await alertsThere()).toHaveLength(1), 20_000);
    const [alert] = await alertsThere();
    expect(alert?.labels).toMatchObject({
      ...{ alertname: 'No active LB', rule: 'no-active-lb', severity: 'critical', cluster: 'fra-01' },
    });
    expect(alert?.annotations['summary']).toMatch(/Users are cut off/);
    const [desk] = desks;
    desk?.world.setRow('fra-01', { health: 'up', reasons: [] });
    desk?.world.pass(30_000);
    const [channels] = running;
    for (const notice of desk?.world.notices ?? []) channels?.take(notice);
    await vi.waitFor(async () => expect(await alertsThere()).toEqual([]), 20_000);
  }, 60_000);

  it('shows our silence, suppresses the alert, and ends it everywhere when amtool does', async () => {
    const [first, second] = [new Desk(), new Desk()];
    const channels = channelsOf(first);
    for (const notice of first.world.notices) channels.take(notice);
    const matcher = { cluster: 'FRA-*', rule: 'no-active-lb' };
    const endsMs = Date.now() + hourMs;
    first.service.addSilence({ matcher, author: 'EU desk', reason: 'Switch work', endsMs });
    const [ours, theirs] = [sharingWith(manager.url), sharingWith(manager.url)];
    await ours.synchronise(first.service);
    await vi.waitFor(async () => expect((await alertsThere())[0]?.status.state).toBe('suppressed'), 20_000);
    expect(manager.amtool('silence', 'query', '-o', 'extended')).toMatch(/EU desk\s+Switch work/);
    await theirs.synchronise(second.service);
    expect(second.service.list().silences).toMatchObject([
      {
        matcher: { cluster: 'FRA-*', rule: 'no-active-lb' },
        author: 'EU desk',
        reason: 'Switch work',
        endsMs,
      },
    ]);
    // Nothing comes back as another silence.
    await ours.synchronise(first.service);
    await theirs.synchronise(second.service);
    expect(first.service.list().silences).toHaveLength(1);
    expect(manager.amtool('silence', 'query', '-q').split('\n')).toHaveLength(1);
    manager.amtool('silence', 'expire', manager.amtool('silence', 'query', '-q'));
    await ours.synchronise(first.service);
    await theirs.synchronise(second.service);
    expect([first, second].map(({ service }) => service.list().silences)).toEqual([[], []]);
  }, 60_000);

  it('lets two desks see each other’s acknowledgement, and its end', async () => {
    const [first, second] = [new Desk(), new Desk()];
    const [ours, theirs] = [sharingWith(manager.url), sharingWith(manager.url)];
    const input = {
      ...{ ids: [first.alert.id], by: 'EU desk', words: 'Provider is informed', assignee: null },
      ...{ until: { kind: 'recovers' as const }, sticky: true, withdrawn: false },
    };
    first.service.acknowledge(input);
    await ours.synchronise(first.service);
    await theirs.synchronise(second.service);
    expect(second.alert.acknowledged).toMatchObject({
      ...{ by: 'EU desk', words: 'Provider is informed', until: { kind: 'recovers' }, sticky: true },
    });
    expect(manager.amtool('silence', 'query')).toMatch(/cluster="fra-01"/);
    second.service.acknowledge({ ...input, ids: [second.alert.id], by: 'US desk', withdrawn: true });
    await theirs.synchronise(second.service);
    await ours.synchronise(first.service);
    expect([first.alert.acknowledged, second.alert.acknowledged]).toEqual([null, null]);
    expect(manager.amtool('silence', 'query', '-q')).toBe('');
  }, 60_000);

  it('gives us what karma and amtool silence, until a person ends it here', async () => {
    const desk = new Desk();
    const sharing = sharingWith(manager.url);
    const matchers = ['cluster=~fra-.*', 'alertname=No active LB'];
    manager.amtool('silence', 'add', '-a', 'karma', '-c', 'from outside', '-d', '1h', ...matchers);
    manager.amtool('silence', 'add', '-a', 'other', '-c', 'another system', 'job=node');
    await sharing.synchronise(desk.service);
    expect(desk.service.list().silences).toMatchObject([
      { matcher: { cluster: 'fra-*', rule: 'no-active-lb' }, author: 'karma', reason: 'from outside' },
    ]);
    const [silence] = desk.service.list().silences;
    desk.service.endSilence(silence?.id ?? '', 'EU desk');
    await sharing.synchronise(desk.service);
    await sharing.synchronise(desk.service);
    expect(desk.service.list().silences).toEqual([]);
    expect(manager.amtool('silence', 'query')).not.toMatch(/from outside/);
  }, 60_000);
});

describe('an Alertmanager that answers oddly', () => {
  const silence = (id: string, more: object = {}) => ({
    ...{ id, status: { state: 'active' }, createdBy: 'x', comment: 'y' },
    matchers: [{ name: 'cluster', value: `c-${id}`, isRegex: false, isEqual: true }],
    startsAt: new Date().toISOString(),
    endsAt: new Date(Date.now() + hourMs).toISOString(),
    ...more,
  });
  const answering = async (text: string, check: (desk: Desk, sharing: SilenceSharing) => Promise<void>) => {
    const receiver = await startReceiver();
    receiver.answer = (response) => response.writeHead(200).end(text);
    try {
      await check(new Desk(), sharingWith(receiver.base));
    } finally {
      await receiver.close();
    }
  };

  it('has 10,000 silences: as many are taken as can be shown, once', async () => {
    const all = Array.from({ length: 10_000 }, (_, index) => silence(String(index)));
    await answering(JSON.stringify(all), async (desk, sharing) => {
      await sharing.synchronise(desk.service);
      await sharing.synchronise(desk.service);
      expect(desk.service.list().silences).toHaveLength(500);
    });
  });

  it.each([
    ['no JSON', '<html>', /none/],
    ['more than can be read', `[${' '.repeat(17 << 20)}]`, /more than 16 MB/],
  ])('answers %s: it is refused', async (_, text, words) => {
    await answering(text, async (desk, sharing) => {
      await expect(sharing.synchronise(desk.service)).rejects.toThrow(words);
    });
  });

  it('has silences that Heron cannot express: they are left out', async () => {
    const matchers = (name: string, value: string, isRegex: boolean, isEqual = true) => ({
      matchers: [{ name, value, isRegex, isEqual }],
    });
    const odd = [
      silence('a', matchers('cluster', 'fra-01|gru-01', true)),
      silence('b', matchers('cluster', 'fra-01', false, false)),
      silence('c', matchers('severity', 'critical', false)),
      silence('d', { matchers: [] }),
      silence('e', { endsAt: 'tomorrow' }),
      { id: 1 },
    ];
    await answering(JSON.stringify(odd), async (desk, sharing) => {
      await sharing.synchronise(desk.service);
      expect(desk.service.list().silences).toEqual([]);
    });
  });
});
