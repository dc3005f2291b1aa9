import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { identifyInventory } from '../../../domain/inventory/inventory';
import { inventoryFileSchema } from '../../../domain/inventory/inventory-file';
import { systemClock } from '../../../electron/polling/clock';
import { TrapPortError, TrapReceiver } from '../../../electron/sources/traps/trap-receiver';
import { testSecrets, v3 } from '../../fixtures/sources/credentials';
import { listenForTraps, type ListeningReceiver } from '../../fixtures/traps/receiver';
import { packetOf } from '../../fixtures/traps/senders';

const engineId = Buffer.from('80001f880465646765', 'hex');
const packets = 30_000;
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
    }));
    here = listening;
    const { receiver } = listening;
    const socket = createSocket('udp4');
    const forged = packetOf({ type: 'trap', engineId, boots: 1, time: 2, authPassword: 'a-wrong-password' });
    const kinds = [Buffer.alloc(300, 0x30), Buffer.from('hello'), forged, Buffer.alloc(1400, 0xff)];
    const sentBefore = process.memoryUsage().rss;
    const startedAt = performance.now();
    for (let sent = 0; sent < packets;) {
      const due = Math.min(packets, (performance.now() - startedAt) * perMs);
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

  it('that is taken is said to be, with what to do', async () => {
    here = await listenForTraps([v3('noc', 'sha1', 'aes128')]);
    const opening = TrapReceiver.open({
      inventory: identifyInventory(inventoryFileSchema.parse({}), null),
      secrets: testSecrets,
      clock: systemClock,
      port: here.receiver.port,
      engineOf: () => null,
      onEvidence: () => undefined,
      onRefusal: () => undefined,
    });
    await expect(opening).rejects.toThrow(TrapPortError);
    await expect(opening).rejects.toThrow(/is taken.*name another one/);
  });
});
