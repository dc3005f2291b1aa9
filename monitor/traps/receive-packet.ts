import type { RemoteInfo, Socket } from 'node:dgram';
import { canonicalAddress } from '../../domain/inventory/host-address';
import type { TrapEvidence } from '../../domain/traps/evidence';
import type { Clock } from '../base/clock';
import type { TrapHandler } from './trap-handler';

/** Handles one packet, sends its answer and publishes its evidence. Never throws for what a packet holds or where it comes from. */
export function receivePacket(
  socket: Socket,
  handler: TrapHandler,
  { clock, onEvidence }: { clock: Clock; onEvidence: (evidence: TrapEvidence) => void },
  packet: Buffer,
  from: RemoteInfo,
): void {
  const { reply, evidence } = handler.handle({
    packet,
    address: canonicalAddress(from.address) ?? from.address,
    nowMs: clock.nowMs(),
    monotonicMs: clock.monotonicMs(),
  });
  // Nothing can be sent to port 0, which a forged packet may come from: send() would throw.
  if (reply && from.port !== 0) socket.send(reply, from.port, from.address, () => undefined);
  if (evidence) onEvidence(evidence);
}
