import { createCipheriv, createDecipheriv, createHmac, createSecretKey, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { systemClock } from '../../../monitor/base/clock';

/** Octets of a poll's request and answer, and of the scoped PDU in each, for an edge of the usual kind. */
const octets = { request: 330, requestPdu: 260, answer: 380, answerPdu: 310 };
const inFlight = 32;
const warmUpPolls = 5_000;
const polls = 30_000;

const cipher = 'aes-128-cfb';
const privKey = createSecretKey(randomBytes(16));
const authKey = createSecretKey(randomBytes(20));
const vector = randomBytes(16);

/**
 * The least that a poll takes in JavaScript, microseconds of processor time: AES-128 and HMAC-SHA1 of a request and of an answer, one
 * packet sent and one received. Nothing is encoded, decoded or judged. The socket sends to itself.
 */
export async function floorMicrosPerPoll(): Promise<number> {
  const socket = createSocket({
    type: 'udp4',
    lookup: (address, _options, callback) => {
      (callback as unknown as (error: null, address: string, family: number) => void)(null, address, 4);
    },
  });
  // The look-up answers at once, so the event comes before bind() returns.
  const listening = once(socket, 'listening');
  socket.bind(0, '127.0.0.1');
  await listening;
  try {
    await exchange(socket, warmUpPolls);
    const before = process.cpuUsage();
    const exchanged = await exchange(socket, polls);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / exchanged;
  } finally {
    socket.close();
  }
}

/** So many packets to itself; resolves to how many came back. */
async function exchange(socket: Socket, count: number): Promise<number> {
  const plain = randomBytes(octets.requestPdu);
  const { port } = socket.address();
  let sent = 0;
  let received = 0;
  const send = (): void => {
    sent += 1;
    const packet = Buffer.alloc(octets.answer);
    createCipheriv(cipher, privKey, vector).update(plain).copy(packet);
    createHmac('sha1', authKey).update(packet.subarray(0, octets.request)).digest().copy(packet);
    socket.send(packet, port, '127.0.0.1');
  };
  const receive = (packet: Buffer): void => {
    received += 1;
    createHmac('sha1', authKey).update(packet).digest();
    createDecipheriv(cipher, privKey, vector).update(packet.subarray(0, octets.answerPdu));
    if (sent < count) send();
  };
  socket.on('message', receive);
  for (let at = 0; at < inFlight; at += 1) send();
  await new Promise<void>((resolve) => {
    // A packet of loopback is hardly ever lost; what is lost is not waited for.
    let before = -1;
    const check = (): void => {
      if (received >= count || received === before) return resolve();
      before = received;
      systemClock.after(100, check);
    };
    check();
  });
  socket.off('message', receive);
  return received;
}
