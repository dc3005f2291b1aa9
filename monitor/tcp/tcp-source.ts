import { connect, type LookupFunction, type TcpNetConnectOpts } from 'node:net';
import type { Edge } from '../../domain/inventory/inventory';
import type { SourceResult, TcpReading } from '../../domain/model/reading';
import { HttpFailure, toHttpFailure } from '../http/http-failure';
import { Semaphore } from '../base/semaphore';
import { formatWait } from '../base/network-errors';
import type { AddressResolver } from '../names/address-resolver';
import { nodeLookup } from '../names/node-lookup';

/** Connections at a time over all edges. */
const maxConnections = 256;

/** Tries whether an edge's port accepts a connection; nothing is sent, and it is closed at once. */
export class TcpSource {
  private readonly connections = new Semaphore(maxConnections);
  private readonly lookup: LookupFunction;

  constructor(names: AddressResolver) {
    this.lookup = nodeLookup(names);
  }

  /** Connects within `deadlineMs` from now. Never throws. */
  async read(edge: Edge, deadlineMs: number): Promise<SourceResult<TcpReading>> {
    if (!edge.tcp) return { outcome: 'not-asked' };
    const { host = edge.proxyIp, port } = edge.tcp;
    const where = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    const startedAt = performance.now();
    const ended = new AbortController();
    const timer = setTimeout(() => ended.abort(), deadlineMs);
    try {
      const release = await this.connections.acquire(ended.signal);
      try {
        await accepted({ host, port, lookup: this.lookup, signal: ended.signal });
      } finally {
        release();
      }
      return { outcome: 'answered', latencyMs: performance.now() - startedAt, value: { host, port } };
    } catch (error) {
      const latencyMs = performance.now() - startedAt;
      const failure = ended.signal.aborted
        ? new HttpFailure('timeout', `no connection to ${where} within ${formatWait(latencyMs)}`)
        : toHttpFailure(error, where);
      return { outcome: 'unreachable', latencyMs, code: failure.code, words: failure.words };
    } finally {
      clearTimeout(timer);
    }
  }
}

function accepted(to: TcpNetConnectOpts & { signal: AbortSignal }): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(to);
    socket.once('connect', () => {
      // A reset leaves no connection in TIME_WAIT, of which thousands of ports would make many.
      socket.resetAndDestroy();
      resolve();
    });
    socket.once('error', reject);
  });
}
