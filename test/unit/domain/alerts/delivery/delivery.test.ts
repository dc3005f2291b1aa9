import { describe, expect, it } from 'vitest';
import {
  channelSettingsSchema,
  type NoticeChannel,
} from '../../../../../domain/alerts/delivery/channel-settings';
import { postableAlerts, slackMessage, subjectOf } from '../../../../../domain/alerts/delivery/channel-texts';
import { quietWaitMs, wantedAlerts, wantedNotice } from '../../../../../domain/alerts/delivery/wanted-notice';
import type { AlertNotice } from '../../../../../domain/model/alert';
import { madeAlert } from '../../../../fixtures/fake-bridge/alerts';

const atMs = Date.UTC(2026, 10, 30, 12);
const critical = madeAlert('no-active-lb', 'gru-01', atMs);
const warning = madeAlert('no-redundancy', 'fra-01', atMs, { severity: 'warning' });

const noticeOf = (change: Partial<AlertNotice> = {}): AlertNotice => ({
  id: 'g-1',
  groupId: 'g',
  kind: 'opened',
  isLoud: true,
  atMs,
  severity: 'critical',
  title: 'No active LB: gru-01',
  text: 'Users are cut off.',
  link: 'heron://cluster/gru-01',
  alerts: [critical, warning],
  alertCount: 2,
  clusterCount: 2,
  suppressed: 0,
  ...change,
});

function channelOf(more: object = {}): NoticeChannel {
  const base = { kind: 'webhook', name: 'ops', format: 'slack', url: 'https://hooks.example.net/x' };
  const [channel] = channelSettingsSchema.parse({ channels: [{ ...base, ...more }] }).channels;
  if (channel?.kind !== 'webhook') throw new Error('a webhook was described');
  return channel;
}

describe('what a channel delivers', () => {
  it('is what is at least as severe as it wants', () => {
    expect(wantedNotice(noticeOf({ severity: 'info' }), channelOf())).toBeNull();
    expect(wantedNotice(noticeOf({ severity: 'warning' }), channelOf())).not.toBeNull();
    expect(
      wantedNotice(noticeOf({ severity: 'warning' }), channelOf({ minSeverity: 'critical' })),
    ).toBeNull();
    expect(wantedAlerts([critical, warning], channelOf({ minSeverity: 'critical' }))).toEqual([critical]);
  });

  it('is what one of its patterns matches', () => {
    const fra = channelOf({ only: [{ cluster: 'fra-*' }] });
    expect(wantedNotice(noticeOf(), fra)?.alerts).toEqual([warning]);
    expect(wantedNotice(noticeOf({ alerts: [critical] }), fra)).toBeNull();
    expect(wantedAlerts([critical, warning], fra)).toEqual([warning]);
  });

  it('is only what was escalated where it is a second channel, and its end', () => {
    const second = channelOf({ onlyEscalated: true });
    expect(wantedNotice(noticeOf(), second)).toBeNull();
    const escalated = { ...critical, escalation: { afterMs: 300_000, dueMs: atMs, escalatedMs: atMs + 1 } };
    const alerts = [escalated, warning];
    expect(wantedNotice(noticeOf({ kind: 'escalated', alerts }), second)?.alerts).toEqual([escalated]);
    expect(wantedNotice(noticeOf({ kind: 'cleared', alerts }), second)?.alerts).toEqual([escalated]);
    expect(wantedAlerts(alerts, second)).toEqual([escalated]);
  });

  it('waits for the end of the quiet hours by the clocks of their zone, unless it is critical', () => {
    const quiet = channelOf({ quietHours: { from: '22:00', to: '06:00', zone: 'Europe/Berlin' } });
    const waitMinutes = (utc: number, severity: AlertNotice['severity'] = 'warning') =>
      quietWaitMs({ severity }, quiet, utc) / 60_000;
    expect(waitMinutes(Date.UTC(2026, 0, 15, 20, 59))).toBe(0);
    expect(waitMinutes(Date.UTC(2026, 0, 15, 21, 0))).toBe(8 * 60);
    expect(waitMinutes(Date.UTC(2026, 0, 16, 4, 59, 30))).toBe(0.5);
    expect(waitMinutes(Date.UTC(2026, 0, 16, 5, 0))).toBe(0);
    expect(waitMinutes(Date.UTC(2026, 6, 15, 20, 0))).toBe(8 * 60);
    expect(waitMinutes(Date.UTC(2026, 0, 15, 21, 0), 'critical')).toBe(0);
  });
});

describe('the texts of a channel', () => {
  it('give Alertmanager labels that stay, and an end once there is one', () => {
    const [open] = postableAlerts(noticeOf());
    const [cleared] = postableAlerts(
      noticeOf({ kind: 'cleared', alerts: [{ ...critical, clearedMs: atMs + 5_000 }] }),
    );
    expect(open?.endsAt).toBeUndefined();
    expect(cleared?.labels).toEqual(open?.labels);
    expect(cleared?.endsAt).toBe(new Date(atMs + 5_000).toISOString());
  });

  it('let no name address people in a chat, or add a header to a mail', () => {
    const hostile = noticeOf({ title: '<!channel> & \r\nBcc: a@b.c' });
    expect(slackMessage(hostile).text).toContain('&lt;!channel&gt; &amp;');
    expect(subjectOf(hostile)).not.toMatch(/[\r\n]/);
  });
});

describe('the file of channels', () => {
  const refusal = (channel: object) =>
    channelSettingsSchema
      .safeParse({ channels: [channel] })
      .error?.issues.map(({ message }) => message)
      .join();

  it.each([
    [{ url: 'http://hooks.example.net/x' }, /must be https/],
    [{ url: 'https://user:pass@hooks.example.net/x' }, /use auth/],
    [{ url: undefined }, /exactly one of the two/],
    [{ urlFrom: { env: 'HERON_URL' } }, /exactly one of the two/],
    [{ quietHours: { from: '25:00', to: '06:00', zone: 'UTC' } }, /is not a time/],
    [{ quietHours: { from: '22:00', to: '06:00', zone: 'Mars/One' } }, /time zone/],
    [{ token: 'a' }, /Unrecognized key/],
  ])('refuses %j', (change, words) => {
    const base = { kind: 'webhook', name: 'ops', format: 'slack', url: 'https://hooks.example.net/x' };
    expect(refusal({ ...base, ...change })).toMatch(words);
  });

  it('refuses mail in the clear to another computer, and addresses that could add headers', () => {
    const mail = { kind: 'mail', name: 'm', host: 'smtp.example.net', from: 'a@b.c', to: ['d@e.f'] };
    expect(refusal({ ...mail, security: 'none' })).toMatch(/another computer/);
    expect(refusal({ ...mail, to: ['d@e.f\r\nBcc: x@y.z'] })).toMatch(/is not an address/);
    expect(refusal(mail)).toBeUndefined();
  });
});
