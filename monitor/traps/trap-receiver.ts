import { createSocket, type Socket } from 'node:dgram';
import type { Inventory } from '../../domain/inventory/inventory';
import type { TrapEvidence } from '../../domain/traps/evidence';
import { every, type Clock } from '../base/clock';
import type { SecretResolver } from '../secrets/secret-resolver';
import { CredentialBook } from './credential-registry';
import { machineSeed, OwnEngine } from './local-engine';
import { RateLimit } from '../base/rate-limit';
import { RemoteEngines, type EngineNotion } from './remote-engines';
import { SenderBook } from './sender-registry';
import { TrapBook, type Refusal, type TrapCounts } from './trap-counts';
import { TrapDesk } from './trap-handler';

export interface TrapReceiverParts {
  inventory: Inventory;
  secrets: SecretResolver;
  clock: Clock;
  /** A UDP port (0: any free one), or 'standard': 162, and 10162 where that one is not permitted or taken. */
  port: number | 'standard';
  /** The SNMP engine that polling has met at an edge; null before. */
  engineOf: (edgeId: string) => EngineNotion | null;
  onEvidence: (evidence: TrapEvidence) => void;
  /** Somebody was refused, in words: once for each, and then every ten minutes. */
  onRefusal: (words: string) => void;
}

const standardPorts = [162, 10_162];
const digestsPerSecond = 3_000;
/** Host names and missing passwords are looked up again this often. */
const refreshMs = 30_000;

/** The port cannot be had; the message says why and what to do. */
export class TrapPortError extends Error {
  override readonly name = 'TrapPortError';
}

/** Receives SNMP traps and informs on a UDP port and hands on what they mean, as evidence. */
export class TrapReceiver {
  private constructor(
    private readonly socket: Socket,
    private readonly book: TrapBook,
    private readonly cancelRefresh: () => void,
  ) {}

  /** Resolves when the port listens. @throws TrapPortError */
  static async open(parts: TrapReceiverParts): Promise<TrapReceiver> {
    const { clock } = parts;
    const book = new TrapBook(parts.onRefusal);
    const credentials = new CredentialBook(parts.inventory.credentials, parts.secrets);
    const senders = new SenderBook(parts.inventory, parts.engineOf);
    const refresh = async (): Promise<void> => {
      await Promise.all([credentials.refresh(), senders.refresh()]);
    };
    await refresh();
    const socket = await listen(parts.port === 'standard' ? standardPorts : [parts.port]);
    const seed = machineSeed(socket.address().port);
    const engine = new OwnEngine(seed, clock.nowMs(), clock.monotonicMs());
    const desk = new TrapDesk(
      {
        senders,
        credentials,
        book,
        engines: new RemoteEngines(),
        crypto: new RateLimit(digestsPerSecond, digestsPerSecond, 1),
      },
      engine,
    );
    socket.on('message', (packet, from) => {
      const address = plainAddress(from.address);
      const { reply, evidence } = desk.take({
        packet,
        address,
        nowMs: clock.nowMs(),
        monotonicMs: clock.monotonicMs(),
      });
      if (reply) socket.send(reply, from.port, from.address);
      if (evidence) parts.onEvidence(evidence);
    });
    // An asker that has gone away must not end the receiver.
    socket.on('error', (error) => parts.onRefusal(`The trap port reports: ${error.message}`));
    return new TrapReceiver(
      socket,
      book,
      every(clock, refreshMs, () => void refresh()),
    );
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** What became of everything that came in. */
  counts(): TrapCounts {
    return { ...this.book.counts };
  }

  /** Who was refused, newest first; the first 64 that were. */
  refusals(): Refusal[] {
    return this.book.refusals();
  }

  async close(): Promise<void> {
    this.cancelRefresh();
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }
}

/** An IPv4 address as IPv4, also where the socket serves both families. */
function plainAddress(address: string): string {
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
}

async function listen(ports: readonly number[]): Promise<Socket> {
  let failure: NodeJS.ErrnoException | null = null;
  for (const port of ports) {
    for (const type of ['udp6', 'udp4'] as const) {
      try {
        return await bound(type, port);
      } catch (error) {
        failure = error as NodeJS.ErrnoException;
        // Only a machine without IPv6 is tried again with IPv4 alone.
        if (failure.code !== 'EAFNOSUPPORT' && failure.code !== 'EADDRNOTAVAIL') break;
      }
    }
  }
  const port = ports.join(' nor ');
  if (failure?.code === 'EACCES')
    throw new TrapPortError(`UDP port ${port} needs more rights: name one above 1023, such as 10162.`);
  if (failure?.code === 'EADDRINUSE')
    throw new TrapPortError(
      `UDP port ${port} is taken, perhaps by snmptrapd or another Heron: name another one.`,
    );
  throw new TrapPortError(`UDP port ${port} cannot be opened: ${failure?.message ?? 'unknown'}.`);
}

function bound(type: 'udp4' | 'udp6', port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createSocket({ type, ipv6Only: false });
    const failed = (error: Error): void => {
      socket.close();
      reject(error);
    };
    socket.once('error', failed);
    socket.bind({ port, exclusive: true }, () => {
      socket.off('error', failed);
      resolve(socket);
    });
  });
}
