import { Agent, request, type Dispatcher } from 'undici';
import { readAuthority } from '../base/read-authority';
import { toHttpFailure } from '../http/http-failure';
import { DeliveryFailure } from './delivery-failure';

const deadlineMs = 10_000;
/** Where only the status counts, an answer is read as far as this. */
const ignoredBytes = 16 * 1024;
const longestWaitMs = 60 * 60_000;

export interface ExchangeOptions {
  method: 'GET' | 'POST' | 'DELETE';
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** PEM file of the authority that the server's certificate comes from. */
  caFile?: string | undefined;
  /** The most bytes of an answer that is read; left out: only its status counts. */
  mostBytes?: number;
}

/**
 * One request and its answer. TLS is verified, redirects are not followed, and only a status from 200 to 299 counts. Resolves to the text of the
 * answer where that is wanted. @throws DeliveryFailure
 */
export async function exchange(options: ExchangeOptions): Promise<string> {
  const { method, url, headers, body, caFile, mostBytes } = options;
  const where = new URL(url).host;
  const agent = new Agent({ connect: { timeout: deadlineMs, ...authorityOf(caFile) } });
  try {
    const answer = await request(url, {
      method,
      dispatcher: agent,
      headers: {
        'user-agent': 'heron',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(deadlineMs),
    });
    const { statusCode } = answer;
    const isGood = statusCode >= 200 && statusCode < 300;
    if (isGood && mostBytes !== undefined) return await textOf(answer.body, mostBytes, where);
    await answer.body.dump({ limit: ignoredBytes }).catch(() => undefined);
    if (isGood) return '';
    throw refusal(where, statusCode, answer.headers['retry-after']);
  } catch (fault) {
    throw asFailure(fault, where);
  } finally {
    await agent.destroy();
  }
}

async function textOf(
  body: Dispatcher.ResponseData['body'],
  mostBytes: number,
  where: string,
): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes)
      throw new DeliveryFailure(`${where} answers more than ${mostBytes >> 20} MB`, true);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function refusal(where: string, status: number, retryAfter: string | string[] | undefined): DeliveryFailure {
  if (status >= 300 && status < 400)
    return new DeliveryFailure(
      `${where} redirects (HTTP ${status}), which Heron does not follow: enter the final URL`,
      false,
    );
  const isPassing = status === 408 || status === 425 || status === 429 || status >= 500;
  const seconds = /^\s*(\d{1,6})\s*$/.exec(String(retryAfter ?? ''))?.[1];
  const waitMs = seconds === undefined ? null : Math.min(Number(seconds) * 1000, longestWaitMs);
  return new DeliveryFailure(`${where} answers HTTP ${status}`, isPassing, waitMs);
}

function asFailure(fault: unknown, where: string): DeliveryFailure {
  if (fault instanceof DeliveryFailure) return fault;
  if (fault instanceof DOMException && fault.name === 'TimeoutError')
    return new DeliveryFailure(`${where} does not answer within ${deadlineMs / 1000} s`, true);
  return new DeliveryFailure(toHttpFailure(fault, where).words, true);
}

/** What trusts the authority of a channel's file. @throws DeliveryFailure */
export function authorityOf(caFile: string | undefined): { ca?: string } {
  if (caFile === undefined) return {};
  try {
    return { ca: readAuthority(caFile) };
  } catch (fault) {
    const words = fault instanceof Error ? fault.message : String(fault);
    throw new DeliveryFailure(`the file of the certificate authority cannot be used: ${words}`, true);
  }
}
