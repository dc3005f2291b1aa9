import { createSocket } from 'node:dgram';
import { randomInt } from 'node:crypto';
import { isIPv6 } from 'node:net';
import os from 'node:os';
import type { ReachFacts } from '../../domain/doctor/facts';
import { discoveryRequest } from '../snmp/client/sent-request';
import { guarded } from '../log/guard';
import type { Peer } from '../snmp/client/shared-sockets';
import { readMessage } from '../snmp/codec/message';

/** When discoveries are sent: a lost packet is no silence. */
const sendAtMs = [0, 400, 1_000];

/** What an agent's report to a discovery says of its engine, and when it came (`performance.now()`). */
export interface DiscoveredEngine {
  id: Buffer;
  boots: number;
  timeSeconds: number;
  atMs: number;
}

export interface Discovery {
  reach: ReachFacts;
  engine: DiscoveredEngine | null;
}

/**
 * Sends SNMPv3 discoveries from a connected socket, which alone receives ICMP "port unreachable" and knows the local address. Never
 * throws; ends at the first answer, or after `waitMs`.
 */
export function discover(peer: Peer, waitMs: number): Promise<Discovery> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(peer.address) ? 'udp6' : 'udp4');
    const timers: NodeJS.Timeout[] = [];
    const startedAt = performance.now();
    const id = randomInt(1, 2 ** 30);
    const reach: ReachFacts = {
      ...{ port: peer.port, outcome: 'silent', words: '', latencyMs: null },
      ...{ localAddress: null, localInterface: null },
    };
    let isOpen = true;
    const finish = (found: Partial<ReachFacts>, engine: DiscoveredEngine | null): void => {
      if (!isOpen) return;
      isOpen = false;
      for (const timer of timers) clearTimeout(timer);
      socket.close();
      resolve({ reach: { ...reach, ...found }, engine });
    };
    const failed = (error: Error): void => {
      const code = 'code' in error ? String(error.code) : error.message;
      if (code === 'ECONNREFUSED') finish({ outcome: 'refused' }, null);
      else finish({ outcome: 'failed', words: code }, null);
    };
    socket.on('error', failed);
    // An answer that meets an error in Heron counts as none: `waitMs` ends the wait.
    const onMessage = guarded('the handling of an answer to a discovery', (packet: Buffer) => {
      const message = readMessage(packet);
      if (typeof message === 'string' || message.version !== 3 || message.id !== id) return;
      const { engineId, boots, time: timeSeconds } = message;
      const atMs = performance.now();
      const found = { outcome: 'answers' as const, latencyMs: atMs - startedAt };
      finish(found, engineId.length === 0 ? null : { id: Buffer.from(engineId), boots, timeSeconds, atMs });
    });
    socket.on('message', onMessage);
    timers.push(setTimeout(() => finish({}, null), waitMs));
    const onConnected = guarded('the sending of a discovery', (error?: Error) => {
      if (error) return failed(error);
      if (!isOpen) return;
      Object.assign(reach, localEnd(socket.address().address));
      const { packet } = discoveryRequest(id);
      const send = (): void => {
        if (isOpen) socket.send(packet, (fault) => (fault ? failed(fault) : undefined));
      };
      for (const delayMs of sendAtMs) timers.push(setTimeout(send, delayMs));
    });
    socket.connect(peer.port, peer.address, onConnected);
  });
}

function localEnd(address: string): Pick<ReachFacts, 'localAddress' | 'localInterface'> {
  const [plain] = address.split('%');
  for (const [name, own = []] of Object.entries(os.networkInterfaces()))
    if (own.some((one) => one.address === plain)) return { localAddress: address, localInterface: name };
  return { localAddress: address, localInterface: null };
}
