import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** `serves`: answers. `refuses`: the port is closed. `silent`: the machine or its link is down, and nothing comes back. */
export type ResponderState = 'serves' | 'refuses' | 'silent';

/** The content of the JSON role page. */
export interface RolePage {
  role: 'MASTER' | 'BACKUP' | 'INIT';
  vhid: number;
  advbase: number;
  advskew: number;
}

export interface ResponderSettings {
  state(): ResponderState;
  /** Undefined: the edge has no load balancer. */
  role(): RolePage | undefined;
}

/** Max. octets of a health page. */
const mostBodyBytes = 1_048_576;
/** Unanswered connections are closed after this long, so that they do not accumulate. */
const silenceMs = 60_000;
const mostConnections = 256;

/** One edge's health page and role page on its own loopback TCP port. The port stays bound while it is down. */
export class EdgeResponder {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** Listens on 127.0.0.1 on a free port. Rejects when there is none. */
  static async listen(settings: ResponderSettings): Promise<EdgeResponder> {
    const http = createHttpServer((request, response) => {
      // A connection opened earlier gets the current state.
      const state = settings.state();
      if (state === 'serves') answer(request, response, settings);
      else if (state === 'refuses') request.socket.resetAndDestroy();
    });
    const server = createServer();
    server.maxConnections = mostConnections;
    server.listen({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    const responder = new EdgeResponder(server, (server.address() as AddressInfo).port);
    server.on('connection', (socket) => {
      responder.keep(socket);
      const state = settings.state();
      if (state === 'refuses') socket.resetAndDestroy();
      else if (state === 'silent') socket.resume();
      else http.emit('connection', socket);
    });
    return responder;
  }

  /** Releases the port and closes all connections. */
  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    // The client may close at any time, which ends this connection only.
    socket.on('error', () => socket.destroy());
    socket.setTimeout(silenceMs, () => socket.destroy());
  }
}

function answer(request: IncomingMessage, response: ServerResponse, settings: ResponderSettings): void {
  const [path, query = ''] = (request.url ?? '').split('?', 2);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return send(response, 405, 'text/plain', 'Only GET\n');
  if (path === '/index.html') return healthPage(response, query);
  const role = path === '/role' ? settings.role() : undefined;
  if (role) return send(response, 200, 'application/json', `${JSON.stringify(role)}\n`);
  send(response, 404, 'text/plain', 'Not found\n');
}

/** `/index.html?=N` answers with N bytes. */
function healthPage(response: ServerResponse, query: string): void {
  const size = /^=(\d{1,7})$/.exec(query)?.[1];
  const bytes = size === undefined ? 0 : Number(size);
  if (size === undefined || bytes > mostBodyBytes) {
    return send(
      response,
      400,
      'text/plain',
      `Ask for /index.html?=N with N from 0 to ${String(mostBodyBytes)}\n`,
    );
  }
  send(response, 200, 'text/html', Buffer.alloc(bytes, 'x'));
}

function send(response: ServerResponse, status: number, type: string, body: string | Buffer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
