import { request, type Dispatcher } from 'undici';
import { toHttpFailure } from '../http/http-failure';
import { readingCancelled, VendorFailure } from './vendor-failure';

/** An answer of the vendor: its status, text, and Retry-After in milliseconds. */
export interface VendorAnswer {
  status: number;
  text: string;
  retryAfterMs: number | null;
}

const deadlineMs = 30_000;
/** A page of 100 clusters with 16 edges each has about 300 KB. */
const maxAnswerBytes = 8 * 1024 * 1024;

/** Sends one request. Redirects are not followed: a token belongs to the host it was meant for. @throws VendorFailure */
export async function sendRequest(
  url: string,
  options: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string },
  { dispatcher, signal }: { dispatcher?: Dispatcher | undefined; signal?: AbortSignal | undefined } = {},
): Promise<VendorAnswer> {
  const where = new URL(url).host;
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const answer = await request(url, {
      ...options,
      headers: { accept: 'application/json', 'user-agent': 'heron', ...options.headers },
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
      ...(dispatcher ? { dispatcher } : {}),
    });
    const text = await limitedText(answer.body, where);
    return { status: answer.statusCode, text, retryAfterMs: retryAfterOf(answer.headers['retry-after']) };
  } catch (fault) {
    if (fault instanceof VendorFailure) throw fault;
    if (signal?.aborted) throw readingCancelled(where);
    const isLate = fault instanceof DOMException && fault.name === 'TimeoutError';
    const words = isLate
      ? `no complete answer within ${deadlineMs / 1000} s`
      : toHttpFailure(fault, where).words;
    throw new VendorFailure(
      `The vendor could not be reached: ${words}.`,
      where,
      'Check the network, the vanity name and the cloud.',
      true,
    );
  }
}

async function limitedText(body: Dispatcher.ResponseData['body'], where: string): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxAnswerBytes) {
      body.on('error', () => undefined).destroy();
      throw new VendorFailure(
        `The vendor's answer is larger than ${maxAnswerBytes / 1024 / 1024} MB.`,
        where,
        'Check that this is the vendor’s API.',
        false,
      );
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Seconds as RFC 9110 section 10.2.3 has them; the vendor also writes `0 seconds`. */
function retryAfterOf(header: string | string[] | undefined): number | null {
  const seconds = /^\s*(\d{1,6})(?:\s*s(?:econds?)?)?\s*$/i.exec(String(header ?? ''))?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}
