import { createSocket } from 'node:dgram';
import { expect, it } from 'vitest';
import type { TrapEvidence } from '../../../../domain/traps/evidence';
import { systemClock } from '../../../../monitor/base/clock';
import { receivePacket } from '../../../../monitor/traps/receive-packet';
import { addresses, trapRegistries, trapScene } from '../../../fixtures/traps/trap-handler';
import { packetOf } from '../../../fixtures/traps/senders';

it('handles a packet from port 0, to which nothing can be sent, like any other', async () => {
  const { handler, counters, engine } = trapScene(await trapRegistries());
  const { engineId, boots } = engine;
  const inform = packetOf({ type: 'inform', engineId, boots, time: 0 });
  const from = { address: addresses.own, family: 'IPv4' as const, port: 0, size: inform.length };
  const clock = { ...systemClock, monotonicMs: () => 1_000_000 };
  const evidence: TrapEvidence[] = [];
  const socket = createSocket('udp4');
  try {
    const onEvidence = (one: TrapEvidence) => evidence.push(one);
    expect(() => receivePacket(socket, handler, { clock, onEvidence }, inform, from)).not.toThrow();
  } finally {
    socket.close();
  }
  expect(counters.counts).toMatchObject({ received: 1, informs: 1 });
  expect(evidence).toMatchObject([{ edgeId: 'e3', notification: 'inform' }]);
});
