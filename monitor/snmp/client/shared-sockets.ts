import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { readPacketHead, type PacketHead } from '../codec/packet-head';

/** Sessions one UDP socket serves: 16,000 edges need 63 sockets, each with a receive buffer of its own for bursts. */
const sessionsPerSocket = 256;
/** Asked of the kernel, which caps it at net.core.rmem_max: answers wait there while the event loop is busy. */
const receiveBufferBytes = 4 * 1024 * 1024;

/** What an answer must have to count: the level the request had. Lower ones may only be reports (RFC 3412 section 7.1). */
export interface AnswerLevel {
  version: 1 | 3;
  authenticated: boolean;
  encrypted: boolean;
}

export interface Peer {
  address: string;
  port: number;
}

/** A request whose answers come to it directly, by its message id. */
export interface Waiting {
  readonly peer: Peer;
  take(packet: Buffer, head: PacketHead): void;
}

/** A session with a place on a socket. */
export interface PlacedSession {
  readonly peer: Peer;
  /** Packets from the peer that are not SNMP, or that could not be taken. */
  noise: number;
  /** Whether a packet with this head may answer one of its requests. */
  expects(head: PacketHead): boolean;
  deliver(packet: Buffer): void;
}

/**
 * A few UDP sockets for any number of SNMP sessions. An answer reaches a session only when it comes from the address
 * and port that was asked, carries the id of one of its requests, and has the security level the request had.
 */
export class SharedSockets {
  private readonly sockets: SharedSocket[] = [];

  /** How many UDP sockets are open. */
  get size(): number {
    return this.sockets.length;
  }

  /** A socket with room for one more session. */
  attach(session: PlacedSession): SharedSocket {
    const shared = this.reserve(session.peer);
    shared.add(session);
    return shared;
  }

  /** A place on a socket for requests by id; `release()` gives it back. */
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

/** One UDP socket and who has a place on it. */
export class SharedSocket {
  private readonly socket: Socket;
  private readonly sessions = new Map<string, Set<PlacedSession>>();
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;
  broken = false;

  constructor(
    readonly family: 'udp4' | 'udp6',
    private readonly onClosed: (socket: SharedSocket) => void,
  ) {
    this.socket = createSocket({
      type: family,
      // Addresses are resolved before a session is made: nothing is looked up per packet.
      lookup: (address, _options, callback) => {
        (callback as unknown as (error: null, address: string, family: number) => void)(null, address, 4);
      },
    });
    this.socket.on('message', (packet, from) => this.receive(packet, from));
    this.socket.on('error', () => this.retire());
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
    return !this.broken && this.count < sessionsPerSocket;
  }

  add(session: PlacedSession): void {
    const key = peerKey(session.peer.address, session.peer.port);
    const known = this.sessions.get(key);
    if (known) known.add(session);
    else this.sessions.set(key, new Set([session]));
  }

  reserve(): void {
    this.count += 1;
  }

  /** Gives a place back; the last one closes the socket. */
  release(): void {
    this.count -= 1;
    if (this.count === 0) this.retire();
  }

  /** Answers with this message id from its peer go to `waiting`, until `forget`. */
  expect(id: number, waiting: Waiting): void {
    this.waiting.set(id, waiting);
  }

  forget(id: number): void {
    this.waiting.delete(id);
  }

  remove(session: PlacedSession): void {
    const key = peerKey(session.peer.address, session.peer.port);
    const known = this.sessions.get(key);
    if (!known?.delete(session)) return;
    if (known.size === 0) this.sessions.delete(key);
    this.release();
  }

  send(packet: Buffer, peer: Peer, callback: (error: Error | null, bytes: number) => void): void {
    this.socket.send(packet, peer.port, peer.address, callback);
  }

  private receive(packet: Buffer, from: RemoteInfo): void {
    const head = readPacketHead(packet);
    const waiting = head ? this.waiting.get(head.id) : undefined;
    if (head && waiting && waiting.peer.port === from.port && waiting.peer.address === from.address) {
      waiting.take(packet, head);
      return;
    }
    const sessions = this.sessions.get(peerKey(from.address, from.port));
    if (!sessions) return;
    for (const session of sessions) {
      if (head === null) session.noise += 1;
      else if (session.expects(head)) session.deliver(packet);
    }
  }

  private retire(): void {
    if (this.broken) return;
    this.broken = true;
    this.onClosed(this);
    try {
      this.socket.close();
    } catch {
      // Closing a socket that never got a handle throws; it is gone either way.
      this.sessions.clear();
    }
  }
}

function peerKey(address: string, port: number): string {
  return `${address} ${port}`;
}
