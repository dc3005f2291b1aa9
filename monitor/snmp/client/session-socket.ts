import type { SessionDatagramSocket } from 'net-snmp';
import { readPacketHead, reportPdu, type PacketHead } from '../codec/packet-head';
import type { AnswerLevel, Peer, PlacedSession, SharedSocket, SharedSockets } from './shared-sockets';

/** Ids of a session's latest requests, retries included: enough for every request that can be waiting. */
const rememberedIds = 16;

/** One session's share of a socket, with the methods net-snmp calls on a datagram socket, as its `dgramModule` hands them out. */
export class SessionSocket implements SessionDatagramSocket, PlacedSession {
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
  expects(head: PacketHead): boolean {
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
