import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Inventory } from '../../domain/inventory/inventory';
import type { TrapEvidence } from '../../domain/traps/evidence';
import { every, type Clock } from '../base/clock';
import { countFault, guarded } from '../log/guard';
import type { AddressResolver } from '../names/address-resolver';
import type { SecretResolver } from '../secrets/secret-resolver';
import type { EngineNotion } from '../snmp/client/engine-clock';
import { CredentialRegistry } from './credential-registry';
import { machineSeed, LocalEngine } from './local-engine';
import { RateLimit } from '../base/rate-limit';
import { receivePacket } from './receive-packet';
import { RepeatedMessages } from './repeated-messages';
import { SenderRegistry } from './sender-registry';
import { TrapCounters, type Refusal, type TrapCounts } from './trap-counters';
import { TrapHandler } from './trap-handler';

export interface TrapReceiverDependencies {
  inventory: Inventory;
  secrets: SecretResolver;
  clock: Clock;
  /** A UDP port (0: any free one), or 'standard': 162, and 10162 where that one is not permitted or taken. */
  port: number | 'standard';
  /** The SNMP engine that polling discovered at an edge; null before. */
  engineOf: (edgeId: string) => EngineNotion | null;
  names: AddressResolver;
  onEvidence: (evidence: TrapEvidence) => void;
  /** A sender was refused: called with the words once per sender, and then every ten minutes. */
  onRefusal: (words: string) => void;
}

const standardPorts = [162, 10_162];
const digestsPerSecond = 3_000;
/** Host names and missing passwords are looked up again this often. */
const refreshMs = 30_000;

/** The port cannot be opened; the message says why and what to do. */
export class TrapPortError extends Error {
  override readonly name = 'TrapPortError';
}

/** Receives SNMP traps and informs on a UDP port and publishes what they mean, as evidence. */
export class TrapReceiver {
  private constructor(
    private readonly socket: Socket,
    private readonly counters: TrapCounters,
    private readonly cancelRefresh: () => void,
  ) {}

  /** Resolves when the port listens. @throws TrapPortError */
  static async open(dependencies: TrapReceiverDependencies): Promise<TrapReceiver> {
    const { clock, inventory, secrets, engineOf, names, onRefusal } = dependencies;
    const counters = new TrapCounters(onRefusal);
    const credentials = new CredentialRegistry(inventory.credentials, secrets);
    const senders = new SenderRegistry(inventory, engineOf, names);
    senders.refresh();
    await credentials.refresh();
    const socket = await listen(dependencies.port === 'standard' ? standardPorts : [dependencies.port]);
    const seed = machineSeed(socket.address().port);
    const engine = new LocalEngine(seed, clock.nowMs(), clock.monotonicMs());
    const digests = new RateLimit(digestsPerSecond, digestsPerSecond, 1);
    const repeated = new RepeatedMessages();
    const handler = new TrapHandler({ senders, credentials, counters, repeated, digests }, engine);
    socket.on(
      'message',
      guarded(
        'the handling of a packet on the trap port',
        (packet: Buffer, from: RemoteInfo) => receivePacket(socket, handler, dependencies, packet, from),
        () => (counters.counts.failed += 1),
      ),
    );
    // An ICMP error about a sender that no longer listens must not end the receiver.
    socket.on(
      'error',
      guarded('the report of an error on the trap port', (error: Error) =>
        onRefusal(`The trap port reports: ${error.message}`),
      ),
    );
    const cancelRefresh = every(clock, refreshMs, () => {
      senders.refresh();
      credentials.refresh().catch((fault: unknown) => countFault('the refresh of credentials', fault));
    });
    const unsubscribe = names.onChange(() => senders.refresh());
    return new TrapReceiver(socket, counters, () => {
      cancelRefresh();
      unsubscribe();
    });
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** How many packets came, and how each ended. */
  counts(): TrapCounts {
    return { ...this.counters.counts };
  }

  /** The senders that were refused, newest first; at most 64. */
  refusals(): Refusal[] {
    return this.counters.refusals();
  }

  async close(): Promise<void> {
    this.cancelRefresh();
    await new Promise<void>((resolve) => this.socket.close(() => resolve()));
  }
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
