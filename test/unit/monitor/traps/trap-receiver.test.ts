import type * as dgram from 'node:dgram';
import { createSocket, type Socket } from 'node:dgram';
import { afterEach, expect, it, vi } from 'vitest';
import { listenForTraps, type ListeningReceiver } from '../../../fixtures/traps/receiver';
import { packetOf } from '../../../fixtures/traps/senders';
import { v3 } from '../../../fixtures/sources/credentials';

vi.mock('node:dgram', async (original) => {
  const real = await original<typeof dgram>();
  return { ...real, createSocket: vi.fn(real.createSocket) };
});

let here: ListeningReceiver | null = null;
afterEach(async () => {
  await here?.receiver.close();
});

it('handles a packet from port 0, to which nothing can be sent, like any other', async () => {
  here = await listenForTraps([v3('noc', 'sha1', 'aes128')]);
  const socket = vi.mocked(createSocket).mock.results.at(-1)?.value as Socket;
  const discovery = packetOf({
    type: 'get',
    engineId: Buffer.alloc(0),
    boots: 0,
    time: 0,
    level: 0,
    user: '',
  });
  const from = { address: '127.0.0.1', family: 'IPv4' as const, port: 0, size: discovery.length };
  expect(() => socket.emit('message', discovery, from)).not.toThrow();
  expect(here.receiver.counts()).toMatchObject({ received: 1, discoveries: 1 });
});
