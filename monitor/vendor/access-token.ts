import type { Dispatcher } from 'undici';
import { z } from 'zod';
import { asJson } from '../base/as-json';
import type { Clock } from '../base/clock';
import { sendRequest } from './send-request';
import { VendorFailure } from './vendor-failure';

/** The audience that the vendor documents for its APIs. */
const audience = 'https://api.zscaler.com';
/** A token is renewed this long before it expires. */
const marginMs = 60_000;

const answerSchema = z.object({
  access_token: z
    .string()
    .max(16_384)
    .regex(/^[\x21-\x7e]+$/),
  expires_in: z
    .number()
    .min(0)
    .max(86_400 * 7)
    .default(3600),
});

/** An access token by OAuth client credentials (RFC 6749 section 4.4), renewed before it expires. */
export class AccessToken {
  #token: { value: string; renewAtMonotonicMs: number } | null = null;

  constructor(
    private readonly tokenUrl: string,
    private readonly client: { id: string; secret: string },
    private readonly clock: Clock,
    private readonly how: { dispatcher?: Dispatcher | undefined; signal?: AbortSignal | undefined } = {},
  ) {}

  /** The token, requested where there is none that is valid. @throws VendorFailure */
  async get(): Promise<string> {
    if (this.#token && this.clock.monotonicMs() < this.#token.renewAtMonotonicMs) return this.#token.value;
    this.#token = await this.#request();
    return this.#token.value;
  }

  /** Forgets a token that the vendor refused. */
  discard(): void {
    this.#token = null;
  }

  async #request(): Promise<{ value: string; renewAtMonotonicMs: number }> {
    const where = new URL(this.tokenUrl).host;
    const body = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: this.client.id,
      client_secret: this.client.secret,
      audience,
    }).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await sendRequest(this.tokenUrl, { method: 'POST', headers, body }, this.how);
    if (answer.status !== 200) throw refusal(answer.status, where, answer.retryAfterMs);
    const parsed = answerSchema.safeParse(asJson(answer.text));
    if (!parsed.success) {
      throw new VendorFailure(
        'The vendor’s answer holds no access token.',
        where,
        'Check the vanity name and the cloud.',
        true,
      );
    }
    const { access_token: value, expires_in: seconds } = parsed.data;
    return { value, renewAtMonotonicMs: this.clock.monotonicMs() + Math.max(0, seconds * 1000 - marginMs) };
  }
}

function refusal(status: number, where: string, retryAfterMs: number | null): VendorFailure {
  if (status === 400 || status === 401 || status === 403) {
    const what = `The vendor refused the client id or the client secret (${status}).`;
    return new VendorFailure(
      what,
      where,
      'Check both, and that the API client is enabled and not expired.',
      false,
    );
  }
  const isPassing = status === 429 || status >= 500;
  const todo = isPassing ? 'Try again later.' : 'Check the vanity name and the cloud.';
  return new VendorFailure(
    `The vendor gave no access token (${status}).`,
    where,
    todo,
    isPassing,
    retryAfterMs,
  );
}
