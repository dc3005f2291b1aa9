import { createSocket, type Socket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { SessionSocket } from '../../../../../monitor/snmp/client/session-socket';
import { SharedSockets } from '../../../../../monitor/snmp/client/shared-sockets';

const level = { version: 1 as const, authenticated: false, encrypted: false };
const opened: (Socket | SessionSocket)[] = [];

afterEach(() => {
  for (const socket of opened.splice(0)) socket.close();
});

/** A v2c GET or RESPONSE with this request-id and no objects. */
function packet(id: number, tag = 0xa0): Buffer {
  const request = Buffer.from(
    `301902010104067075626c6963${tag.toString(16)}0c020400000000020100020100`,
    'hex',
  );
  request.writeUInt32BE(id, request.indexOf(Buffer.from('020400000000', 'hex')) + 2);
  return request;
}

async function bound(answer: (socket: Socket, message: Buffer, port: number) => void): Promise<number> {
  const socket = createSocket('udp4');
  opened.push(socket);
  socket.on('message', (message, from) => answer(socket, message, from.port));
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return socket.address().port;
}

function session(pool: SharedSockets, port: number): { socket: SessionSocket; got: Buffer[] } {
  const socket = new SessionSocket({ address: '127.0.0.1', port }, level, pool);
  opened.push(socket);
  const got: Buffer[] = [];
  socket.on('message', (message: Buffer) => got.push(message));
  return { socket, got };
}

const send = (socket: SessionSocket, message: Buffer) =>
  new Promise<void>((resolve, reject) => {
    socket.send(message, 0, message.length, 0, '', (error) => (error ? reject(error) : resolve()));
  });
const until = async (done: () => boolean) => {
  for (let waited = 0; !done() && waited < 2000; waited += 5)
    await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('SharedSockets', () => {
  it('serves a thousand sessions with a handful of sockets, and closes them with the last session', async () => {
    const pool = new SharedSockets();
    const port = await bound((socket, message, from) => socket.send(message, from, '127.0.0.1'));
    const sessions = Array.from({ length: 1000 }, () => session(pool, port));
    // In portions: the one agent of this test has one receive buffer.
    for (let at = 0; at < sessions.length; at += 100) {
      const some = sessions.slice(at, at + 100);
      await Promise.all(some.map(({ socket }, offset) => send(socket, packet(at + offset + 1))));
      await until(() => some.every(({ got }) => got.length === 1));
    }
    expect(sessions.filter(({ got }) => got.length !== 1)).toHaveLength(0);
    expect(pool.size).toBe(4);
    for (const { socket } of sessions) socket.close();
    expect(pool.size).toBe(0);
  });

  it('hands an answer over only to the session that asked, by id and by address', async () => {
    const pool = new SharedSockets();
    const askers: number[] = [];
    const port = await bound((_, __, from) => askers.push(from));
    const stranger = createSocket('udp4');
    opened.push(stranger);
    const { socket, got } = session(pool, port);
    const neighbour = session(pool, port);
    await send(socket, packet(7));
    await send(neighbour.socket, packet(8));
    await until(() => askers.length === 2);
    stranger.send(packet(7, 0xa2), askers[0], '127.0.0.1');
    const agent = opened.find((one): one is Socket => 'address' in one && one !== stranger);
    agent?.send(packet(9, 0xa2), askers[0], '127.0.0.1');
    agent?.send(Buffer.from('garbage'), askers[0], '127.0.0.1');
    agent?.send(packet(8, 0xa2), askers[1], '127.0.0.1');
    await until(() => neighbour.got.length === 1 && socket.noise > 0);
    expect(got).toHaveLength(0);
    expect(neighbour.got).toHaveLength(1);
    expect(socket.noise).toBe(1);
  });

  it('wants the level the request had; only reports may be less', () => {
    const pool = new SharedSockets();
    const socket = new SessionSocket(
      { address: '127.0.0.1', port: 9 },
      { version: 3, authenticated: true, encrypted: true },
      pool,
    );
    const request = Buffer.from(
      '3038020103300e020101020300ffe30401040201030410300e0400020100020100040004000400' +
        '301104000400a00b0201010201000201003000',
      'hex',
    );
    opened.push(socket);
    socket.send(request, 0, request.length, 9, '', () => undefined);
    const head = { version: 3 as const, id: 1, authenticated: true, encrypted: true, pdu: null };
    expect(socket.expects(head)).toBe(true);
    expect(socket.expects({ ...head, id: 2 })).toBe(false);
    expect(socket.expects({ ...head, version: 1 })).toBe(false);
    expect(socket.expects({ ...head, encrypted: false, pdu: 0xa2 })).toBe(false);
    expect(socket.expects({ ...head, authenticated: false, encrypted: false, pdu: 0xa2 })).toBe(false);
    expect(socket.expects({ ...head, authenticated: false, encrypted: false, pdu: 0xa8 })).toBe(true);
  });
});
