import { z } from 'zod';
import type { WebhookChannel } from '../../domain/alerts/delivery/channel-settings';
import type { LabelMatcher } from '../../domain/alerts/delivery/shared-silences';
import { asJson } from '../base/as-json';
import type { SecretResolver } from '../secrets/secret-resolver';
import { DeliveryFailure } from './delivery-failure';
import { exchange } from './exchange';
import { authorization, urlOf, type AllowedHost } from './send-webhook';

/** About 30,000 silences. */
const mostBytes = 16 << 20;
const time = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

/** A silence as Alertmanager's v2 API gives it (its OpenAPI description, gettableSilence). */
const silenceSchema = z.object({
  id: z.string().min(1).max(100),
  status: z.object({ state: z.enum(['expired', 'active', 'pending']) }),
  matchers: z
    .array(
      z.object({
        name: z.string(),
        value: z.string(),
        isRegex: z.boolean(),
        isEqual: z.boolean().default(true),
      }),
    )
    .max(1000),
  startsAt: time,
  endsAt: time,
  createdBy: z.string(),
  comment: z.string(),
});
export type RemoteSilence = z.infer<typeof silenceSchema>;

export interface PostedSilence {
  /** Of the silence that is changed; left out: a new one. */
  id?: string;
  matchers: LabelMatcher[];
  startsMs: number;
  endsMs: number;
  createdBy: string;
  comment: string;
}

/** The silences of one Alertmanager. Each method throws a DeliveryFailure. */
export class Alertmanager {
  constructor(
    private readonly channel: WebhookChannel,
    private readonly secrets: SecretResolver,
    private readonly isAllowedHost: AllowedHost,
  ) {}

  /** Those in force. One that cannot be understood is left out. */
  async silences(): Promise<RemoteSilence[]> {
    const value = asJson(await this.#call('GET', '/api/v2/silences', undefined));
    if (!Array.isArray(value))
      throw new DeliveryFailure('its list of silences is none: is this the URL of an Alertmanager?', true);
    return value
      .flatMap((one) => silenceSchema.safeParse(one).data ?? [])
      .filter(({ status }) => status.state === 'active');
  }

  /** Adds or changes one; resolves to its id. */
  async put({ id, startsMs, endsMs, ...silence }: PostedSilence): Promise<string> {
    const times = { startsAt: new Date(startsMs).toISOString(), endsAt: new Date(endsMs).toISOString() };
    const body = JSON.stringify({ ...(id === undefined ? {} : { id }), ...silence, ...times });
    const answer = z
      .object({ silenceID: z.string().min(1).max(100) })
      .safeParse(asJson(await this.#call('POST', '/api/v2/silences', body)));
    if (!answer.success) throw new DeliveryFailure('it names no id of the silence that was added', true);
    return answer.data.silenceID;
  }

  async expire(id: string): Promise<void> {
    await this.#call('DELETE', `/api/v2/silence/${encodeURIComponent(id)}`, undefined);
  }

  async #call(method: 'GET' | 'POST' | 'DELETE', path: string, body: string | undefined): Promise<string> {
    const { channel, secrets, isAllowedHost } = this;
    const url = `${await urlOf(channel, secrets, isAllowedHost)}${path}`;
    const headers = await authorization(channel, secrets);
    const { caFile } = channel;
    return exchange({ method, url, headers, caFile, mostBytes, ...(body === undefined ? {} : { body }) });
  }
}
