import type { IncomingHttpHeaders } from 'node:http';
import { request, type Dispatcher } from 'undici';
import { toHttpFailure } from './http-failure';

/** A complete answer: its status, text, headers, where a redirect leads, and Retry-After in milliseconds. */
export interface BoundedAnswer {
  status: number;
  text: string;
  headers: IncomingHttpHeaders;
  location: string | null;
  retryAfterMs: number | null;
}

export interface RequestLimits {
  deadlineMs: number;
  maxBytes: number;
}

/** Why there is no complete answer. `words`: without a full stop. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';

  constructor(
    readonly kind: 'late' | 'too-large' | 'unreachable',
    readonly words: string,
  ) {
    super(words);
  }
}

/** Sends one request. Redirects are not followed: what authorises it belongs to the host it was meant for. @throws NoAnswer */
export async function boundedRequest(
  url: string,
  options: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string },
  { deadlineMs, maxBytes }: RequestLimits,
  { dispatcher, signal }: { dispatcher?: Dispatcher | undefined; signal?: AbortSignal | undefined } = {},
): Promise<BoundedAnswer> {
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const answer = await request(url, {
      ...options,
      headers: { accept: 'application/json', 'user-agent': 'heron', ...options.headers },
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
      ...(dispatcher ? { dispatcher } : {}),
    });
    const text = await limitedText(answer.body, maxBytes);
    const { location } = answer.headers;
    return {
      status: answer.statusCode,
      text,
      headers: answer.headers,
      location: typeof location === 'string' ? location : null,
      retryAfterMs: retryAfterOf(answer.headers['retry-after']),
    };
  } catch (fault) {
    if (fault instanceof NoAnswer) throw fault;
    const isLate = fault instanceof DOMException && fault.name === 'TimeoutError';
    if (isLate) throw new NoAnswer('late', `no complete answer within ${deadlineMs / 1000} s`);
    throw new NoAnswer('unreachable', toHttpFailure(fault, new URL(url).host).words);
  }
}

async function limitedText(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > maxBytes) {
      body.on('error', () => undefined).destroy();
      throw new NoAnswer('too-large', `the answer is larger than ${maxBytes / 1024 / 1024} MB`);
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
