import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { SnmpEngine } from './engine';
import type { ObjectTable } from './object-table';

export interface UdpAgentSettings {
  engine: SnmpEngine;
  table: ObjectTable;
  /** UTC milliseconds; called once per datagram, so that all values of an answer are of one time. */
  now(): number;
  /** False: the host is off and does not answer. Its port stays bound, so that no other process gets it. */
  answers(nowMs: number): boolean;
}

/** One edge's SNMP agent on its own loopback UDP port. */
export class UdpAgent {
  private constructor(
    private readonly socket: Socket,
    readonly port: number,
  ) {}

  /** Listens on 127.0.0.1 on a free port. Rejects when there is none. */
  static async listen(settings: UdpAgentSettings): Promise<UdpAgent> {
    const socket = createSocket('udp4');
    socket.on('message', (datagram, sender) => {
      const nowMs = settings.now();
      if (!settings.answers(nowMs)) return;
      const answer = settings.engine.handle(datagram, settings.table, nowMs);
      if (answer) socket.send(answer, sender.port, sender.address);
    });
    socket.bind({ address: '127.0.0.1', port: 0, exclusive: true });
    await once(socket, 'listening');
    // An ICMP error about a client that no longer listens must not end the fleet.
    socket.on('error', () => undefined);
    return new UdpAgent(socket, socket.address().port);
  }

  /** Releases the port. */
  async close(): Promise<void> {
    this.socket.close();
    await once(this.socket, 'close');
  }
}
