import { createHmac } from 'node:crypto';
import { isAllowedUrl, type WebhookChannel } from '../../domain/alerts/delivery/channel-settings';
import {
  alertmanagerMessage,
  postableAlerts,
  slackMessage,
} from '../../domain/alerts/delivery/channel-texts';
import type { AlertNotice } from '../../domain/model/alert';
import type { SecretResolver } from '../secrets/secret-resolver';
import { secretOf } from './channel-secrets';
import { DeliveryFailure } from './delivery-failure';
import { exchange } from './exchange';

/** Whether alerts may be sent to a host; a policy of the machine may restrict it. */
export type AllowedHost = (host: string) => boolean;

/** Delivers a notice to a webhook. The same notice has the same Idempotency-Key, also after a restart. @throws DeliveryFailure */
export async function sendWebhook(
  notice: AlertNotice,
  channel: WebhookChannel,
  secrets: SecretResolver,
  isAllowedHost: AllowedHost,
  nowMs: number,
): Promise<void> {
  const url = await urlOf(channel, secrets, isAllowedHost);
  const body = JSON.stringify(bodyOf(notice, channel));
  const headers = {
    'idempotency-key': `${channel.name}/${notice.id}`.replace(/[^\x21-\x7e]/g, '_'),
    ...(await authorization(channel, secrets)),
    ...(await signature(body, channel, secrets, nowMs)),
  };
  const path = channel.format === 'alertmanager-api' ? '/api/v2/alerts' : '';
  await exchange({ method: 'POST', url: `${url}${path}`, headers, body, caFile: channel.caFile });
}

/** The URL of a channel, checked where it comes from a secret. @throws DeliveryFailure */
export async function urlOf(
  { url, urlFrom }: Pick<WebhookChannel, 'url' | 'urlFrom'>,
  secrets: SecretResolver,
  isAllowedHost: AllowedHost,
): Promise<string> {
  const text = url ?? (await secretOf(urlFrom, secrets)) ?? '';
  if (!URL.canParse(text) || !isAllowedUrl(text))
    throw new DeliveryFailure('its URL is not https (http: only for this computer itself)', false);
  const { hostname } = new URL(text);
  if (!isAllowedHost(hostname))
    throw new DeliveryFailure(`the policy of this computer does not allow alerts to ${hostname}`, false);
  return text.replace(/\/+$/, '');
}

function bodyOf(notice: AlertNotice, { format }: WebhookChannel): unknown {
  if (format === 'alertmanager-api') return postableAlerts(notice);
  return format === 'slack' ? slackMessage(notice) : alertmanagerMessage(notice);
}

export async function authorization(
  { auth }: Pick<WebhookChannel, 'auth'>,
  secrets: SecretResolver,
): Promise<Record<string, string>> {
  if (!auth) return {};
  if (auth.kind === 'bearer')
    return { authorization: `Bearer ${headerValue(await secretOf(auth.token, secrets))}` };
  const pair = `${auth.user}:${(await secretOf(auth.password, secrets)) ?? ''}`;
  return { authorization: `Basic ${Buffer.from(pair, 'utf8').toString('base64')}` };
}

/** A value that a header may carry. @throws DeliveryFailure */
function headerValue(value: string | null): string {
  if (value !== null && /^[\x21-\x7e]+$/.test(value)) return value;
  throw new DeliveryFailure('its token has characters that no HTTP header may carry', true);
}

/** HMAC-SHA256 over `time.body`; the time lets the receiver refuse repeated messages. */
async function signature(
  body: string,
  channel: WebhookChannel,
  secrets: SecretResolver,
  nowMs: number,
): Promise<Record<string, string>> {
  const key = await secretOf(channel.signature, secrets);
  if (key === null) return {};
  const seconds = Math.floor(nowMs / 1000);
  const code = createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
  return { 'heron-signature': `t=${seconds},v1=${code}` };
}
