import { Agent, request, type Dispatcher } from 'undici';
import type { Edge } from '../../domain/inventory/inventory';
import type { HttpReading, SourceResult } from '../../domain/model/reading';
import { formatWait } from '../base/network-errors';
import type { AddressResolver } from '../names/address-resolver';
import { nodeLookup } from '../names/node-lookup';
import { defaultHealthUrl, expectedBodyBytes } from './health-url';
import { HttpFailure, toHttpFailure } from './http-failure';
import { rolesFromJson } from './json-role';
import { Semaphore } from '../base/semaphore';

/** A body may be this much larger than its URL asks for before reading stops. */
const allowanceBytes = 64 * 1024;
/** Connections at a time over all edges. */
const maxConnections = 256;
/** A connection attempt is given up in time for the next poll. */
const connectTimeoutMs = 2_000;

type Result = SourceResult<HttpReading>;

/** Reads edges' health pages. Redirects are not followed, TLS is verified, no connection outlives its answer. */
export class HttpSource {
  private readonly agent: Agent;
  private readonly connections = new Semaphore(maxConnections);

  constructor(names: AddressResolver) {
    this.agent = new Agent({
      connections: 1,
      pipelining: 0,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: { timeout: connectTimeoutMs, lookup: nodeLookup(names) },
    });
  }

  /** Reads one edge's page within `deadlineMs` from now. Never throws. */
  async read(edge: Edge, deadlineMs: number): Promise<Result> {
    if (!edge.http) return { outcome: 'not-asked' };
    const startedAt = performance.now();
    const url = new URL(edge.http.url ?? defaultHealthUrl(edge.proxyIp));
    const where = url.port === '' ? url.hostname : url.host;
    const ended = new AbortController();
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      ended.abort();
    }, deadlineMs);
    try {
      const release = await this.connections.acquire(ended.signal);
      try {
        const value = await this.get(url, where, ended.signal);
        return { outcome: 'answered', latencyMs: performance.now() - startedAt, value };
      } finally {
        release();
      }
    } catch (error) {
      const latencyMs = performance.now() - startedAt;
      const failure = late ? tooLate(where, latencyMs, error) : toHttpFailure(error, where);
      return { outcome: 'unreachable', latencyMs, code: failure.code, words: failure.words };
    } finally {
      clearTimeout(timer);
      ended.abort();
    }
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }

  private async get(url: URL, where: string, signal: AbortSignal): Promise<HttpReading> {
    const response = request(url, {
      dispatcher: this.agent,
      signal,
      reset: true,
      headers: { accept: '*/*', 'user-agent': 'heron' },
    });
    // undici observes the signal only once there is a connection.
    const answer = await Promise.race([response, abortOf(signal)]);
    const expected = expectedBodyBytes(url);
    const limit = (expected ?? 0) + allowanceBytes;
    const body = await readBody(answer, limit, where);
    return {
      status: answer.statusCode,
      bodyBytes: body.length,
      bodyAsExpected: expected === null ? null : body.length === expected,
      roles: answer.statusCode === 200 ? rolesFromJson(body.toString('utf8')) : [],
    };
  }
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

async function readBody(answer: Dispatcher.ResponseData, limit: number, where: string): Promise<Buffer> {
  const announced = Number(answer.headers['content-length']);
  const tooLarge = (): HttpFailure =>
    new HttpFailure(
      'too-large',
      `${where} answers with more than ${limit} bytes, which is no health page: reading stopped`,
    );
  const chunks: Buffer[] = [];
  let bytes = 0;
  if (announced > limit) {
    // Destroying the body emits an error on it.
    answer.body.on('error', () => undefined).destroy();
    throw tooLarge();
  }
  for await (const chunk of answer.body as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLate(where: string, elapsedMs: number, error: unknown): HttpFailure {
  if (error instanceof HttpFailure) return error;
  return new HttpFailure('timeout', `no complete answer from ${where} within ${formatWait(elapsedMs)}`);
}
