import { createHash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { faultRequestSchema } from '../faults/fault';
import { FaultRefused, type DemoFleet } from '../fleet/demo-fleet';
import { describeFault, describeFleet, describeTruth } from './descriptions';

const mostBodyBytes = 16_384;
const requestTimeoutMs = 10_000;

/** An answer that states what was wrong and what to do. */
class ControlError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export interface ControlSettings {
  fleet: DemoFleet;
  ports: ReadonlyMap<string, { snmp: number; http: number }>;
  token: string;
  /** 0: any free port. */
  port: number;
  now(): number;
}

/** The control API on loopback: causes faults and reports the truth to tests and demonstrations, never to the monitor itself. */
export class ControlServer {
  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** Listens on 127.0.0.1. Rejects when the port is taken. */
  static async listen(settings: ControlSettings): Promise<ControlServer> {
    const server = createServer((request, response) => {
      respond(request, settings)
        .then((body) => send(response, 200, body))
        .catch((error: unknown) => refuse(response, error));
    });
    server.requestTimeout = requestTimeoutMs;
    server.listen({ host: '127.0.0.1', port: settings.port });
    await once(server, 'listening');
    return new ControlServer(server, `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  }

  /** Stops listening and closes all connections. */
  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }
}

async function respond(request: IncomingMessage, settings: ControlSettings): Promise<object> {
  checkToken(request, settings.token);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const { fleet, ports } = settings;
  switch (`${request.method ?? ''} ${url.pathname}`) {
    case 'POST /faults': {
      const wanted = parse(faultRequestSchema, await jsonBody(request));
      return { faults: fleet.request(wanted, settings.now()).map(describeFault) };
    }
    case 'DELETE /faults':
      return { restored: fleet.restoreAll(settings.now()).map(describeFault) };
    case 'GET /truth': {
      const { since } = parse(truthQuerySchema, Object.fromEntries(url.searchParams));
      const nowMs = settings.now();
      fleet.advanceTo(nowMs);
      return describeTruth(fleet, since, nowMs);
    }
    case 'GET /fleet': {
      const nowMs = settings.now();
      fleet.advanceTo(nowMs);
      return describeFleet(fleet, ports, nowMs);
    }
    default:
      throw new ControlError(
        404,
        `${request.method ?? ''} ${url.pathname} is not here. Use POST /faults, DELETE /faults, GET /truth?since=MS or GET /fleet.`,
      );
  }
}

const truthQuerySchema = z.strictObject({ since: z.coerce.number().int().min(0).default(0) });

function checkToken(request: IncomingMessage, token: string): void {
  const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(digest(given), digest(token))) {
    throw new ControlError(
      401,
      'The token is missing or wrong. Send "Authorization: Bearer TOKEN" with the text of the token file.',
    );
  }
}

async function jsonBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > mostBodyBytes)
      throw new ControlError(413, `The body is larger than ${String(mostBodyBytes)} bytes. Send one fault.`);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch (error) {
    throw new ControlError(
      400,
      `The body is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ControlError(400, z.prettifyError(parsed.error));
}

function refuse(response: ServerResponse, error: unknown): void {
  const status = error instanceof ControlError ? error.status : error instanceof FaultRefused ? 422 : 500;
  const message = error instanceof Error ? error.message : String(error);
  send(response, status, { error: message });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify(body)}\n`);
}
