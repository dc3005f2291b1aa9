import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { Peer } from './shared-sockets';

/** What a silent address does when asked who it is: nothing listens there, an agent answers, or still nothing. */
export type ProbeOutcome = 'refused' | 'agent-answers' | 'silent';

/** Probes under way at a time, one socket each; more silent edges than that are simply called silent. */
const maxProbes = 32;
let running = 0;

/** An SNMPv3 discovery request (RFC 3414 section 4): no user, no engine id, no object; agents answer with a report. */
const discovery = Buffer.from(
  '3038020103300e020101020300ffe30401040201030410300e0400020100020100040004000400' +
    '301104000400a00b0201010201000201003000',
  'hex',
);

/**
 * Asks a silent address by a connected UDP socket: only that learns of ICMP "port unreachable", which the shared sockets
 * never see. `done` is called at most once; the returned function ends the probe.
 */
export function probeSilence(peer: Peer, done: (outcome: ProbeOutcome) => void): () => void {
  if (running >= maxProbes) return () => undefined;
  running += 1;
  const socket = createSocket(isIPv6(peer.address) ? 'udp6' : 'udp4');
  let open = true;
  const stop = (): void => {
    if (!open) return;
    open = false;
    running -= 1;
    socket.close();
  };
  const finish = (outcome: ProbeOutcome): void => {
    if (!open) return;
    stop();
    done(outcome);
  };
  const failed = (error: Error | null | undefined): void => {
    if (error) finish('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : 'silent');
  };
  socket.unref();
  socket.on('error', failed);
  socket.on('message', () => finish('agent-answers'));
  socket.connect(peer.port, peer.address, (error?: Error) => {
    if (error) failed(error);
    else if (open) socket.send(discovery, failed);
  });
  return stop;
}
