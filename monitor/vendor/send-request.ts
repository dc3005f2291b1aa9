import type { Dispatcher } from 'undici';
import { boundedRequest, NoAnswer, type BoundedAnswer } from '../http/bounded-request';
import { readingCancelled, VendorFailure } from './vendor-failure';

/** An answer of the vendor: its status, text, and Retry-After in milliseconds. */
export type VendorAnswer = Pick<BoundedAnswer, 'status' | 'text' | 'retryAfterMs'>;

/** A page of 100 clusters with 16 edges each has about 300 KB. */
const limits = { deadlineMs: 30_000, maxBytes: 8 * 1024 * 1024 };

/** Sends one request. Redirects are not followed: a token belongs to the host it was meant for. @throws VendorFailure */
export async function sendRequest(
  url: string,
  options: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string },
  by: { dispatcher?: Dispatcher | undefined; signal?: AbortSignal | undefined } = {},
): Promise<VendorAnswer> {
  const where = new URL(url).host;
  try {
    return await boundedRequest(url, options, limits, by);
  } catch (fault) {
    if (!(fault instanceof NoAnswer)) throw fault;
    if (by.signal?.aborted) throw readingCancelled(where);
    if (fault.kind === 'too-large') {
      const what = `The vendor's answer is larger than ${limits.maxBytes / 1024 / 1024} MB.`;
      throw new VendorFailure(what, where, 'Check that this is the vendor’s API.', false);
    }
    throw new VendorFailure(
      `The vendor could not be reached: ${fault.words}.`,
      where,
      'Check the network, the vanity name and the cloud.',
      true,
    );
  }
}
