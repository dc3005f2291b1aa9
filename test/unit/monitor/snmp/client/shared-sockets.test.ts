import { createSocket } from 'node:dgram';
import os from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  SharedSockets,
  type PendingAnswer,
  type Peer,
} from '../../../../../monitor/snmp/client/shared-sockets';
import { probeSilence } from '../../../../../monitor/snmp/client/silence-probe';
import { discover } from '../../../../../monitor/doctor/discover';
import { guardedFaults } from '../../../../../monitor/log/guard';
import { startLoopbackAgent } from '../../../../fixtures/snmp/loopback-agent';

const closing: { close(): unknown }[] = [];
afterEach(() => {
  for (const one of closing.splice(0)) one.close();
});

/** A v2c GET or RESPONSE with this request ID and no objects. */
function packet(id: number, tag = 0xa0): Buffer {
  const request = Buffer.from(
    `301902010104067075626c6963${tag.toString(16)}0c020400000000020100020100`,
    'hex',
  );
  request.writeUInt32BE(id, request.indexOf(Buffer.from('020400000000', 'hex')) + 2);
  request[1] = request.length - 2;
  request[request.indexOf(tag) + 1] = request.length - request.indexOf(tag) - 2;
  return request;
}

function waitingFor(peer: Peer): PendingAnswer & {
  messages: number[];
  elsewhere: (Peer | null)[];
  noise: number;
  strays: number;
  closed: boolean;
} {
  return {
    peer,
    owner: {},
    messages: [],
    elsewhere: [],
    noise: 0,
    strays: 0,
    closed: false,
    onMessage(message, from) {
      this.messages.push(message.id);
      this.elsewhere.push(from);
    },
    onStray() {
      this.strays += 1;
    },
    onNoise() {
      this.noise += 1;
    },
    onClosed() {
      this.closed = true;
    },
  };
}

const sent = () => undefined;

describe('SharedSockets', () => {
  it('serves a thousand sessions with a handful of sockets, and closes them with the last session', async () => {
    const pool = new SharedSockets();
    const agent = await startLoopbackAgent((request) => [request]);
    closing.push(agent);
    const sessions = Array.from({ length: 1000 }, (_, at) => {
      const pending = waitingFor(agent.peer);
      const socket = pool.reserve(agent.peer);
      socket.expect(at + 1, pending);
      return { socket, pending, id: at + 1 };
    });
    // In portions: the one agent of this test has one receive buffer.
    for (let at = 0; at < sessions.length; at += 100) {
      const some = sessions.slice(at, at + 100);
      for (const { socket, id } of some) socket.send(packet(id), agent.peer, sent);
      await vi.waitFor(() =>
        expect(some.filter(({ pending }) => pending.messages.length === 1)).toHaveLength(100),
      );
    }
    expect(sessions.filter(({ pending, id }) => pending.messages[0] !== id)).toEqual([]);
    expect(pool.size).toBe(4);
    for (const { socket } of sessions) socket.release();
    expect(pool.size).toBe(0);
  });

  it('hands an answer over by its ID, and says where it came from', async () => {
    const pool = new SharedSockets();
    const ports: number[] = [];
    const agent = await startLoopbackAgent((_, from) => {
      ports.push(from.port);
      return [];
    });
    const stranger = createSocket('udp4');
    closing.push(agent, stranger);
    const socket = pool.reserve(agent.peer);
    const [first, second] = [waitingFor(agent.peer), waitingFor(agent.peer)];
    socket.expect(7, first);
    socket.expect(8, second);
    socket.send(packet(7), agent.peer, sent);
    await vi.waitFor(() => expect(ports).toHaveLength(1));
    stranger.send(packet(7, 0xa2), ports[0], '127.0.0.1');
    stranger.send('garbage', ports[0], '127.0.0.1');
    agent.socket.send(packet(9, 0xa2), ports[0], '127.0.0.1');
    agent.socket.send('garbage', ports[0], '127.0.0.1');
    agent.socket.send(packet(8, 0xa2), ports[0], '127.0.0.1');
    await vi.waitFor(() => expect(second.messages).toEqual([8]));
    const { port } = stranger.address();
    expect(first).toMatchObject({ messages: [7], elsewhere: [{ port }], noise: 1, strays: 1 });
    expect(second.elsewhere).toEqual([null]);
    socket.closePending(first.owner);
    expect([first.closed, second.closed]).toEqual([true, false]);
    socket.release();
  });

  it('reports what the system refuses to send, and throws nothing', async () => {
    const pool = new SharedSockets();
    const socket = pool.reserve({ address: '127.0.0.1', port: 161 });
    const errors: (Error | null)[] = [];
    socket.send(packet(1), { address: '127.0.0.1', port: 0 }, (error) => errors.push(error));
    socket.send(packet(1), { address: '127.0.0.1', port: 70_000 }, (error) => errors.push(error));
    await vi.waitFor(() => expect(errors).toHaveLength(2));
    expect(errors.every((error) => error instanceof Error)).toBe(true);
    socket.release();
  });

  it('goes on when a request throws at its answer, and when one throws at having been sent', async () => {
    const pool = new SharedSockets();
    const agent = await startLoopbackAgent((asked) => [asked]);
    closing.push(agent);
    const socket = pool.reserve(agent.peer);
    const [faulty, sound] = [waitingFor(agent.peer), waitingFor(agent.peer)];
    faulty.onMessage = () => {
      throw new Error('planted at the answer');
    };
    socket.expect(7, faulty);
    socket.expect(8, sound);
    socket.send(packet(7, 0xa2), agent.peer, () => {
      throw new Error('planted at the sending');
    });
    socket.send(packet(8, 0xa2), agent.peer, sent);
    await vi.waitFor(() => expect(sound.messages).toEqual([8]));
    await vi.waitFor(() =>
      expect(guardedFaults()).toMatchObject({
        'the handling of an SNMP answer': 1,
        'the report that an SNMP request was sent': 1,
      }),
    );
    socket.release();
  });
});

describe('probeSilence', () => {
  it('goes on when the one that wanted to know throws', async () => {
    const agent = await startLoopbackAgent((asked) => [asked]);
    closing.push(agent);
    probeSilence(agent.peer, () => {
      throw new Error('planted');
    });
    const where = 'the report of a probe of a silent address';
    await vi.waitFor(() => expect(guardedFaults()[where]).toBe(1));
  });
});

describe('discover', () => {
  it('takes what it cannot send for silence, and ends when it should', async () => {
    const agent = await startLoopbackAgent(() => [Buffer.from('garbage')]);
    closing.push(agent);
    vi.spyOn(os, 'networkInterfaces').mockImplementation(() => {
      throw new Error('planted');
    });
    const found = await discover(agent.peer, 50);
    vi.restoreAllMocks();
    expect(found).toMatchObject({ reach: { outcome: 'silent' }, engine: null });
    expect(guardedFaults()['the sending of a discovery']).toBe(1);
  });
});
