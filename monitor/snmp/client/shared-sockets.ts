import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { guarded } from '../../log/guard';
import { readMessage, type Message } from '../codec/message';

/** Sessions per UDP socket: 16,000 edges need 63 sockets, each with its own receive buffer for bursts. */
const sessionsPerSocket = 256;
/** Requested from the kernel, which caps it at net.core.rmem_max: answers wait there while the event loop is busy. */
const receiveBufferBytes = 4 * 1024 * 1024;

export interface Peer {
  address: string;
  port: number;
}

/** A request whose answers are recognised by their message ID. */
export interface PendingAnswer {
  readonly peer: Peer;
  /** The session that sent it. */
  readonly owner: object;
  /**
   * A message with the request's ID; nothing of it is verified yet. `from`: where it came from, if that is not the peer. Must not throw.
   */
  onMessage(message: Message, from: Peer | null): void;
  /** A message from the peer with an ID that no request has. */
  onStray(): void;
  /** A packet from the peer that is not SNMP. */
  onNoise(): void;
  /** The session gives up its socket. */
  onClosed(): void;
}

/** A few UDP sockets for any number of SNMP sessions. */
export class SharedSockets {
  private readonly sockets: SharedSocket[] = [];

  /** How many UDP sockets are open. */
  get size(): number {
    return this.sockets.length;
  }

  /** A socket with room for one more session; `release()` gives the place back. */
  reserve(peer: Peer): SharedSocket {
    const family = isIPv6(peer.address) ? 'udp6' : 'udp4';
    let shared = this.sockets.find((socket) => socket.family === family && socket.hasRoom);
    if (!shared) {
      shared = new SharedSocket(family, (closed) => {
        const at = this.sockets.indexOf(closed);
        if (at >= 0) this.sockets.splice(at, 1);
      });
      this.sockets.push(shared);
    }
    shared.reserve();
    return shared;
  }
}

/** One UDP socket, and the requests that wait for an answer on it. */
export class SharedSocket {
  private readonly socket: Socket;
  private readonly pending = new Map<number, PendingAnswer>();
  private sessions = 0;
  broken = false;

  constructor(
    readonly family: 'udp4' | 'udp6',
    private readonly onRetired: (socket: SharedSocket) => void,
  ) {
    this.socket = createSocket({
      type: family,
      // Addresses are resolved before a session is made: nothing is looked up per packet.
      lookup: (address, _options, callback) => {
        (callback as unknown as (error: null, address: string, family: number) => void)(null, address, 4);
      },
    });
    this.socket.on(
      'message',
      guarded('the handling of an SNMP answer', (packet: Buffer, from: RemoteInfo) =>
        this.receive(packet, from),
      ),
    );
    this.socket.on(
      'error',
      guarded('the closing of an SNMP socket', () => this.retire()),
    );
    this.socket.once('listening', () => {
      try {
        this.socket.setRecvBufferSize(receiveBufferBytes);
      } catch {
        // The default size works too, only with less room for bursts.
        this.socket.unref();
      }
    });
    this.socket.unref();
  }

  get hasRoom(): boolean {
    return !this.broken && this.sessions < sessionsPerSocket;
  }

  reserve(): void {
    this.sessions += 1;
  }

  /** Gives a session's place back; the last one closes the socket. */
  release(): void {
    this.sessions -= 1;
    if (this.sessions === 0) this.retire();
  }

  /** Whether a request with this ID waits already. */
  expects(id: number): boolean {
    return this.pending.has(id);
  }

  /** Answers with this message ID go to `pending`, until `forget`. */
  expect(id: number, pending: PendingAnswer): void {
    this.pending.set(id, pending);
  }

  forget(id: number): void {
    this.pending.delete(id);
  }

  /** Ends the requests of a session. */
  closePending(owner: object): void {
    for (const one of [...this.pending.values()]) if (one.owner === owner) one.onClosed();
  }

  /** Sends a packet; `done` gets the error of the system, if any. Never throws. */
  send(packet: Buffer, peer: Peer, done: (error: Error | null) => void): void {
    const report = guarded('the report that an SNMP request was sent', done);
    try {
      this.socket.send(packet, peer.port, peer.address, report);
    } catch (error) {
      report(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Hands a packet to the request with its message ID. */
  private receive(packet: Buffer, from: RemoteInfo): void {
    const message = readMessage(packet);
    if (typeof message === 'string') {
      for (const one of this.pending.values()) if (isFrom(one.peer, from)) one.onNoise();
      return;
    }
    const pending = this.pending.get(message.id);
    if (pending) {
      const elsewhere = isFrom(pending.peer, from) ? null : { address: from.address, port: from.port };
      pending.onMessage(message, elsewhere);
      return;
    }
    for (const one of this.pending.values()) if (isFrom(one.peer, from)) one.onStray();
  }

  private retire(): void {
    if (this.broken) return;
    this.broken = true;
    this.onRetired(this);
    try {
      this.socket.close();
    } catch {
      // Closing a socket that never got a handle throws; it is closed either way.
      this.pending.clear();
    }
  }
}

function isFrom(peer: Peer, from: RemoteInfo): boolean {
  return peer.port === from.port && peer.address === from.address;
}
