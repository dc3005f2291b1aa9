import { createSocket } from 'node:dgram';
import { AddressResolver } from '../../../monitor/names/address-resolver';
import { afterEach, describe, expect, it } from 'vitest';
import { identifyInventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import { systemClock } from '../../../monitor/base/clock';
import { TrapPortError, TrapReceiver } from '../../../monitor/traps/trap-receiver';
import { testSecrets, v3 } from '../../fixtures/sources/credentials';
import { listenForTraps, type ListeningReceiver } from '../../fixtures/traps/receiver';
import { packetOf } from '../../fixtures/traps/senders';

const engineId = Buffer.from('80001f880465646765', 'hex');
const packets = 30_000;
/** Sender and receiver share this process: on a busy machine the sender must not catch up at the receiver's cost. */
const maxAtOnce = 50;
const perMs = 10;

let here: ListeningReceiver | null = null;
afterEach(async () => {
  await here?.receiver.close();
  here = null;
});

describe('the trap port', () => {
  it('goes on under 10,000 packets of garbage a second, in bounded memory, and takes a trap afterwards', async () => {
    const listening = await listenForTraps([v3('noc', 'sha1', 'aes128')], () => ({
      engineId,
      boots: 1,
      time: 1,
      isAuthentic: true,
    }));
    here = listening;
    const { receiver } = listening;
    const socket = createSocket('udp4');
    const forged = packetOf({ type: 'trap', engineId, boots: 1, time: 2, authPassword: 'a-wrong-password' });
    const kinds = [Buffer.alloc(300, 0x30), Buffer.from('hello'), forged, Buffer.alloc(1400, 0xff)];
    const sentBefore = process.memoryUsage().rss;
    const startedAt = performance.now();
    for (let sent = 0; sent < packets;) {
      const due = Math.min(packets, sent + maxAtOnce, (performance.now() - startedAt) * perMs);
      for (; sent < due; sent += 1) socket.send(kinds[sent % kinds.length]!, receiver.port, '127.0.0.1');
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const quiet = packetOf({ type: 'trap', engineId, boots: 1, time: 3 });
    const sendingAgain = setInterval(() => socket.send(quiet, receiver.port, '127.0.0.1'), 100);
    try {
      expect(await listening.next(() => true)).toMatchObject({ edgeId: 'e1', authenticated: true });
    } finally {
      clearInterval(sendingAgain);
      socket.close();
    }
    const { received, ...rest } = receiver.counts();
    // Loopback loses what its buffer cannot hold; what came in is all accounted for.
    expect(received).toBeGreaterThan(packets / 10);
    expect(Object.values(rest).reduce((sum, count) => sum + count, 0)).toBe(received);
    expect(rest.tooFast).toBeGreaterThan(received / 2);
    expect(process.memoryUsage().rss - sentBefore).toBeLessThan(150 * 2 ** 20);
    expect(listening.words.length).toBeLessThan(10);
  });

  it('accepts a valid trap among 10,000 unknown and forged packets a second, within a second', async () => {
    const listening = await listenForTraps([v3('noc', 'sha1', 'aes128')], () => ({
      engineId,
      boots: 1,
      time: 1,
      isAuthentic: true,
    }));
    here = listening;
    const { receiver } = listening;
    const [edge, stranger] = [createSocket('udp4'), createSocket('udp4')];
    await new Promise<void>((resolve) => stranger.bind(0, '127.0.0.9', resolve));
    const kinds = [Buffer.alloc(300, 0x30), Buffer.from('hello'), Buffer.alloc(1400, 0xff)];
    const forged = packetOf({ type: 'trap', engineId, boots: 1, time: 2, authPassword: 'a-wrong-password' });
    const startedAt = performance.now();
    let sent = 0;
    const flooding = setInterval(() => {
      const due = Math.min(sent + maxAtOnce, (performance.now() - startedAt) * perMs);
      for (; sent < due; sent += 1) stranger.send(kinds[sent % kinds.length]!, receiver.port, '127.0.0.1');
      if (sent % 50 === 0) edge.send(forged, receiver.port, '127.0.0.1');
    }, 1);
    try {
      await expect.poll(() => receiver.counts().received, { timeout: 10_000 }).toBeGreaterThan(3_000);
      const askedAt = performance.now();
      const good = packetOf({ type: 'trap', engineId, boots: 1, time: 3 });
      // Loopback may lose one when its buffer is full, as any network may.
      const sending = setInterval(() => edge.send(good, receiver.port, '127.0.0.1'), 100);
      const evidence = await listening.next(() => true).finally(() => clearInterval(sending));
      expect(evidence).toMatchObject({ edgeId: 'e1', authenticated: true });
      expect(performance.now() - askedAt).toBeLessThan(1_000);
      expect(receiver.counts().unknownSender).toBeGreaterThan(2_000);
    } finally {
      clearInterval(flooding);
      edge.close();
      stranger.close();
    }
  });

  it('that is in use is named, with a remedy', async () => {
    here = await listenForTraps([v3('noc', 'sha1', 'aes128')]);
    const opening = TrapReceiver.open({
      inventory: identifyInventory(inventoryFileSchema.parse({}), null),
      secrets: testSecrets,
      clock: systemClock,
      port: here.receiver.port,
      engineOf: () => null,
      names: new AddressResolver(),
      onEvidence: () => undefined,
      onRefusal: () => undefined,
    });
    await expect(opening).rejects.toThrow(TrapPortError);
    await expect(opening).rejects.toThrow(/is taken.*name another one/);
  });
});
