import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { guarded } from '../../log/guard';
import type { Peer } from './shared-sockets';

/** How a silent address reacts to a discovery: the port is closed, an agent answers, or nothing comes. */
export type ProbeOutcome = 'refused' | 'agent-answers' | 'silent';

/** Max. probes at a time, one socket each; further silent edges are not probed. */
const maxProbes = 32;
let running = 0;

/** An SNMPv3 discovery request (RFC 3414 section 4): no user, no engine id, no object; agents answer with a report. */
const discovery = Buffer.from(
  '3038020103300e020101020300ffe30401040201030410300e0400020100020100040004000400' +
    '301104000400a00b0201010201000201003000',
  'hex',
);

/**
 * Probes a silent address by a connected UDP socket, which alone receives ICMP "port unreachable". `done` is called at most
 * once; the returned function ends the probe.
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
  const report = guarded('the report of a probe of a silent address', done);
  const finish = (outcome: ProbeOutcome): void => {
    if (!open) return;
    stop();
    report(outcome);
  };
  const failed = (error: Error | null | undefined): void => {
    if (error) finish('code' in error && error.code === 'ECONNREFUSED' ? 'refused' : 'silent');
  };
  socket.unref();
  socket.on('error', failed);
  socket.on('message', () => finish('agent-answers'));
  const onConnected = (error?: Error): void => {
    if (error) failed(error);
    else if (open) socket.send(discovery, failed);
  };
  const unsent = (): void => finish('silent');
  socket.connect(peer.port, peer.address, guarded('the probe of a silent address', onConnected, unsent));
  return stop;
}
