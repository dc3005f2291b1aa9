import { describe, expect, it } from 'vitest';
import { channelSchema } from '../../../../../domain/alerts/delivery/channel-settings';
import {
  channelOfDraft,
  draftOfChannel,
  newChannelDraft,
  type ChannelDraft,
} from '../../../../../renderer/views/settings/channels/channel-draft';

const save = (draft: ChannelDraft, taken: string[] = []) => channelOfDraft(draft, 'stored', 'u1', taken);
const url = 'https://hooks.example.net/x';
const token = { secret: 'channel/token 1' };

describe('the form of a channel', () => {
  it.each([
    { kind: 'webhook', name: 'a', format: 'slack', urlFrom: { secret: 'channel/url 1' } },
    {
      ...{ kind: 'webhook', name: 'b', format: 'alertmanager-api', url, sharesSilences: true },
      ...{ auth: { kind: 'bearer', token }, signature: { env: 'HERON_KEY' }, onlyEscalated: true },
      ...{ only: [{ site: 'Frankfurt', rule: 'no-*' }], minSeverity: 'info', caFile: '/etc/ca.pem' },
      quietHours: { from: '22:00', to: '06:00', zone: 'Europe/Berlin' },
    },
    {
      ...{ kind: 'webhook', name: 'c', format: 'alertmanager-webhook', url },
      auth: { kind: 'basic', user: 'heron', password: { env: 'HERON_P' } },
    },
    {
      ...{ kind: 'mail', name: 'd', host: 'smtp.example.net', port: 2525, security: 'tls' },
      ...{ user: 'heron', password: token, from: 'h@example.net', to: ['a@example.net', 'b@example.net'] },
    },
    { kind: 'dead-man', name: 'e', url, intervalMs: 30_000 },
  ])('changes nothing that the person leaves alone: $name', (given) => {
    const channel = channelSchema.parse(given);
    expect(save(draftOfChannel(channel, 'UTC'))).toEqual({ ok: true, channel, secrets: [] });
  });

  it('keeps a typed secret out of the channel', () => {
    const draft = { ...newChannelDraft('UTC'), name: 'ops' };
    draft.secrets.url.value = url;
    const secret = 'channel/url u1';
    expect(save(draft)).toMatchObject({
      ok: true,
      channel: { urlFrom: { secret } },
      secrets: [{ secret, value: url, keep: 'stored' }],
    });
  });

  it('names each field that is missing or wrong', () => {
    const faultsOf = (change: Partial<ChannelDraft>, taken: string[] = []) => {
      const result = save({ ...newChannelDraft('UTC'), ...change }, taken);
      return result.ok ? [] : [...result.faults.keys()].sort();
    };
    expect(faultsOf({})).toEqual(['name', 'url']);
    expect(faultsOf({ type: 'mail', name: 'm', auth: 'basic', port: 'x' })).toEqual(
      ['from', 'host', 'password', 'port', 'to', 'user'].sort(),
    );
    expect(faultsOf({ name: 'ops', isUrlSecret: false, url: 'http://other.example.net' }, ['ops'])).toEqual([
      'name',
      'url',
    ]);
    expect(
      faultsOf({ name: 'q', isUrlSecret: false, url, isQuiet: true, quietFrom: '25:00', quietZone: 'Mars' }),
    ).toEqual(['quiet from', 'quiet zone']);
  });
});
