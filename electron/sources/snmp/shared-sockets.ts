import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { SessionDatagramSocket } from 'net-snmp';
import { readPacketHead, reportPdu } from './packet-head';

/** Sessions one UDP socket serves: 16,000 edges need 63 sockets, each with a receive buffer of its own for bursts. */
const sessionsPerSocket = 256;
/** Asked of the kernel, which caps it at net.core.rmem_max: answers wait there while the event loop is busy. */
const receiveBufferBytes = 4 * 1024 * 1024;
/** Ids of a session's latest requests, retries included: enough for every request that can be waiting. */
const rememberedIds = 16;

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

  /** The socket for one session, as net-snmp's `dgramModule` hands it out. */
  open(peer: Peer, level: AnswerLevel): SessionSocket {
    return new SessionSocket(peer, level, this);
  }

  /** A socket with room for one more session. */
  attach(session: SessionSocket): SharedSocket {
    const family = isIPv6(session.peer.address) ? 'udp6' : 'udp4';
    let shared = this.sockets.find((socket) => socket.family === family && socket.hasRoom);
    if (!shared) {
      shared = new SharedSocket(family, (closed) => {
        const at = this.sockets.indexOf(closed);
        if (at >= 0) this.sockets.splice(at, 1);
      });
      this.sockets.push(shared);
    }
    shared.add(session);
    return shared;
  }
}

class SharedSocket {
  private readonly socket: Socket;
  private readonly sessions = new Map<string, Set<SessionSocket>>();
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

  add(session: SessionSocket): void {
    const key = peerKey(session.peer.address, session.peer.port);
    const known = this.sessions.get(key);
    if (known) known.add(session);
    else this.sessions.set(key, new Set([session]));
    this.count += 1;
  }

  remove(session: SessionSocket): void {
    const key = peerKey(session.peer.address, session.peer.port);
    const known = this.sessions.get(key);
    if (!known?.delete(session)) return;
    if (known.size === 0) this.sessions.delete(key);
    this.count -= 1;
    if (this.count === 0) this.retire();
  }

  send(packet: Buffer, peer: Peer, callback: (error: Error | null, bytes: number) => void): void {
    this.socket.send(packet, peer.port, peer.address, callback);
  }

  private receive(packet: Buffer, from: RemoteInfo): void {
    const sessions = this.sessions.get(peerKey(from.address, from.port));
    if (!sessions) return;
    const head = readPacketHead(packet);
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

/** One session's share of a socket, with the methods net-snmp calls on a datagram socket. */
export class SessionSocket implements SessionDatagramSocket {
  private shared: SharedSocket | null = null;
  private readonly ids: number[] = [];
  private nextId = 0;
  private onMessage: ((packet: Buffer) => void) | null = null;
  private onClose: (() => void) | null = null;
  private closed = false;
  /** Packets from the peer that are not SNMP, or that net-snmp could not take. */
  noise = 0;

  constructor(
    readonly peer: Peer,
    private readonly level: AnswerLevel,
    private readonly pool: SharedSockets,
  ) {}

  on(event: 'message', listener: (packet: Buffer) => void): this;
  on(event: 'close', listener: () => void): this;
  on(event: 'error', listener: (error: Error) => void): this;
  on(event: string, listener: ((packet: Buffer) => void) | (() => void) | ((error: Error) => void)): this {
    if (event === 'message') this.onMessage = listener as (packet: Buffer) => void;
    else if (event === 'close') this.onClose = listener as () => void;
    return this;
  }

  send(
    packet: Buffer,
    _offset: number,
    _length: number,
    _port: number,
    _address: string,
    callback: (error: Error | null, bytes: number) => void,
  ): void {
    if (this.closed) {
      callback(new Error('The session is closed.'), 0);
      return;
    }
    const head = readPacketHead(packet);
    if (head) {
      this.ids[this.nextId] = head.id;
      this.nextId = (this.nextId + 1) % rememberedIds;
    }
    if (!this.shared || this.shared.broken) this.shared = this.pool.attach(this);
    this.shared.send(packet, this.peer, callback);
  }

  /** Whether a packet from the peer may answer one of this session's requests. */
  expects(head: {
    version: 1 | 3;
    id: number;
    authenticated: boolean;
    encrypted: boolean;
    pdu: number | null;
  }): boolean {
    if (head.version !== this.level.version || !this.ids.includes(head.id)) return false;
    const asSecure =
      (head.authenticated || !this.level.authenticated) && (head.encrypted || !this.level.encrypted);
    return asSecure || head.pdu === reportPdu;
  }

  deliver(packet: Buffer): void {
    try {
      this.onMessage?.(packet);
    } catch {
      // net-snmp throws on some malformed packets. The read that waits has its own deadline.
      this.noise += 1;
    }
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.shared?.remove(this);
    this.shared = null;
    this.onClose?.();
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
