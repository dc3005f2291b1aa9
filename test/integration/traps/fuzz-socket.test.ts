import { spawnSync } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock, type Clock } from '../../../monitor/base/clock';
import { guardedFaults } from '../../../monitor/log/guard';
import { fuzzDeadlineMs, fuzzInputs, fuzzShares, mutate, random } from '../../fixtures/fuzz/mutate';
import { reportFuzz } from '../../fixtures/fuzz/run-fuzz';
import { v2c, v3 } from '../../fixtures/sources/credentials';
import { listenForTraps, type ListeningReceiver } from '../../fixtures/traps/receiver';
import { communityPacket, packetOf } from '../../fixtures/traps/senders';

const packets = fuzzInputs(fuzzShares.trapSocket);
const engineId = Buffer.from('80001f880465646765', 'hex');
/** Fewer than the socket's buffer holds: loopback loses the rest. */
const perBatch = 16;
/** Signed packets are made anew so often, before their time is out of the time window. */
const perTime = 2_000;

const open: { receiver: ListeningReceiver['receiver'] }[] = [];
const sockets: Socket[] = [];
afterEach(async () => {
  for (const { receiver } of open.splice(0)) await receiver.close();
  for (const socket of sockets.splice(0)) socket.close();
});

function sender(): Socket {
  const socket = createSocket('udp4');
  sockets.push(socket);
  return socket;
}

/** Sends without losing packets; resolves when all of them were received, or none came for a while. */
async function sendAll(
  socket: Socket,
  batch: readonly Buffer[],
  { receiver }: ListeningReceiver,
): Promise<void> {
  const wanted = receiver.counts().received + batch.length;
  for (const packet of batch) socket.send(packet, receiver.port, '127.0.0.1');
  const until = performance.now() + 1_000;
  while (receiver.counts().received < wanted && performance.now() < until) await nextTurn();
}

/** 20 ms pass for each look: no packet comes too fast for its sender. */
function fastClock(): Clock {
  let now = 1_000_000;
  return { ...systemClock, monotonicMs: () => (now += 20) };
}

describe('packets on the real trap port', () => {
  it(
    'however mutated, end nothing: each is counted, and a whole one is taken afterwards',
    async () => {
      const clock = fastClock();
      const startMs = clock.monotonicMs();
      const timeNow = (): number => Math.floor((clock.monotonicMs() - startMs) / 1_000);
      const listening = await listenForTraps(
        [v3('noc', 'sha1', 'aes128')],
        () => ({ engineId, boots: 1, time: timeNow(), isAuthentic: true }),
        { clock },
      );
      open.push(listening);
      const { receiver } = listening;
      const [socket, dice] = [sender(), random(71)];
      let whole: Buffer[] = [];
      for (let sent = 0; sent < packets; sent += perBatch) {
        if (sent % perTime < perBatch) {
          const signed = { engineId, boots: 1, time: timeNow() };
          whole = [
            packetOf({ type: 'trap', ...signed, id: sent + 1 }),
            packetOf({ type: 'inform', ...signed, id: sent + 2 }),
            packetOf({ type: 'get', ...signed, id: sent + 3, level: 0 }),
            communityPacket('trap'),
            communityPacket('inform'),
          ];
        }
        const batch = Array.from({ length: perBatch }, (_, at) => mutate(whole[at % whole.length]!, dice));
        await sendAll(socket, batch, listening);
      }
      const { received, failed, ...rest } = receiver.counts();
      reportFuzz('traps-socket', { inputs: received, crashes: failed });
      expect(received).toBeGreaterThan(packets * 0.99);
      expect(failed).toBe(0);
      expect(guardedFaults()).toEqual({});
      expect(Object.values(rest).reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(received);
      // The packets got past the limits and into the parsers.
      expect(rest.tooFast).toBe(0);
      expect(rest.malformed).toBeGreaterThan(received / 20);
      expect(rest.wrongPassword + rest.unknownUser).toBeGreaterThan(received / 20);
      const before = receiver.counts().traps;
      await sendAll(
        socket,
        [packetOf({ type: 'trap', engineId, boots: 1, time: timeNow(), id: 1e6 })],
        listening,
      );
      expect(receiver.counts().traps).toBe(before + 1);
    },
    fuzzDeadlineMs,
  );

  it('whose evidence meets an error in Heron are counted, and the port goes on', async () => {
    let errors = 2;
    const taken: string[] = [];
    const listening = await listenForTraps([v2c()], () => null, {
      onEvidence(evidence) {
        if ((errors -= 1) >= 0) throw new Error('planted in the handler');
        taken.push(evidence.kind);
      },
    });
    open.push(listening);
    const socket = sender();
    for (let sent = 0; sent < 3; sent += 1) await sendAll(socket, [communityPacket('trap')], listening);
    await expect.poll(() => taken).toEqual(['link-down']);
    expect(listening.receiver.counts()).toMatchObject({ received: 3, failed: 2 });
    expect(guardedFaults()['the handling of a packet on the trap port']).toBe(2);
  });
});

/** Sends the packets of its arguments (hex) to a port of 127.0.0.1, with the source port 0. */
const fromPortZero = `
import socket, struct, sys
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_UDP)
port = int(sys.argv[1])
for text in sys.argv[2:]:
    data = bytes.fromhex(text)
    raw.sendto(struct.pack('!HHHH', 0, port, 8 + len(data), 0) + data, ('127.0.0.1', port))
`;
/** Only root may forge a source port, and Node has no raw sockets. */
const canForge =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('python3', ['-c', 'import socket; socket.socket(2, 3, 17)']).status === 0;

describe.runIf(canForge)('packets with the source port 0, forged by root through a raw socket', () => {
  it('are handled like any other: an inform counts, though nothing can acknowledge it', async () => {
    const listening = await listenForTraps([v2c()]);
    open.push(listening);
    const { receiver } = listening;
    const dice = random(72);
    const forged = [
      communityPacket('inform'),
      ...Array.from({ length: 50 }, () => mutate(communityPacket('inform'), dice)),
    ];
    const args = forged.map((packet) => packet.subarray(0, 1_400).toString('hex'));
    const sent = spawnSync('python3', ['-c', fromPortZero, String(receiver.port), ...args], {
      encoding: 'utf8',
    });
    expect(sent).toMatchObject({ status: 0, stderr: '' });
    await expect.poll(() => receiver.counts().received).toBe(forged.length);
    expect(receiver.counts().informs).toBeGreaterThanOrEqual(1);
    expect(receiver.counts().failed).toBe(0);
    await sendAll(sender(), [communityPacket('trap')], listening);
    expect(receiver.counts().traps).toBe(1);
  });
});
