import os from 'node:os';
import type { TrapPortStatus } from '../../domain/contract/trap-port';
import type { Inventory } from '../../domain/inventory/inventory';
import type { TrapEvidence } from '../../domain/traps/evidence';
import { systemClock } from '../base/clock';
import type { AddressResolver } from '../names/address-resolver';
import type { SecretResolver } from '../secrets/secret-resolver';
import type { EngineNotion } from '../snmp/client/engine-clock';
import type { Refusal, TrapCounts } from './trap-counters';
import { TrapPortError, TrapReceiver } from './trap-receiver';

/** Whose traps are received, and where they go. */
export interface TrapSubject {
  inventory: Inventory;
  /** The SNMP engine that polling found at an edge; null before its first answer. */
  engineOf: (edgeId: string) => EngineNotion | null;
  names: AddressResolver;
  onEvidence: (evidence: TrapEvidence) => void;
}

/** Receives traps for the edges that are monitored. */
export interface TrapListener {
  /** Receives for `subject` from now on; null: for none. */
  listen(subject: TrapSubject | null): Promise<void>;
}

/** An open port. */
export interface OpenPort {
  counts(): Pick<TrapCounts, 'received' | 'traps' | 'informs'>;
  refusals(): Pick<Refusal, 'words' | 'count'>[];
  close(): Promise<void>;
}

/** Opens a port for a subject. @throws TrapPortError */
export type OpenTrapPort = (port: number, subject: TrapSubject) => Promise<OpenPort>;

const maxRefusals = 8;

/**
 * The app's trap port, on the number set by the user, for the current inventory. A port that cannot be opened never keeps
 * Heron from monitoring: it is a state with a reason.
 */
export class TrapPort implements TrapListener {
  private subject: TrapSubject | null = null;
  private opened: OpenPort | null = null;
  private failure: string | null = null;
  /** Opening and closing, one after another. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    private port: number | null,
    private readonly open: OpenTrapPort,
    private readonly addresses: () => string[] = localAddresses,
  ) {}

  /** Never rejects: a port that cannot be opened is a state. */
  listen(subject: TrapSubject | null): Promise<void> {
    return this.reopen(() => (this.subject = subject));
  }

  /** Opens another port, or none; resolves to the status afterwards. */
  async set(port: number | null): Promise<TrapPortStatus> {
    await this.reopen(() => (this.port = port));
    return this.status();
  }

  status(): TrapPortStatus {
    const counts = this.opened?.counts();
    return {
      port: this.port,
      ...this.state(),
      addresses: this.addresses(),
      received: counts?.received ?? 0,
      taken: counts ? counts.traps + counts.informs : 0,
      refusals: (this.opened?.refusals() ?? [])
        .slice(0, maxRefusals)
        .map(({ words, count }) => ({ words, count })),
    };
  }

  private state(): Pick<TrapPortStatus, 'state' | 'words'> {
    if (this.port === null) return { state: 'off', words: 'No port is open: Heron relies on polling alone.' };
    if (this.failure !== null) return { state: 'failed', words: this.failure };
    if (this.opened === null)
      return { state: 'waiting', words: 'The port opens as soon as edges are monitored.' };
    return { state: 'open', words: `Traps and informs are received on UDP port ${this.port}.` };
  }

  private reopen(change: () => void): Promise<void> {
    const result = this.turn.then(async () => {
      await this.opened?.close();
      this.opened = null;
      this.failure = null;
      change();
      if (this.port === null || this.subject === null) return;
      try {
        this.opened = await this.open(this.port, this.subject);
      } catch (fault) {
        if (!(fault instanceof TrapPortError)) throw fault;
        this.failure = fault.message;
      }
    });
    this.turn = result.catch(() => undefined);
    return result;
  }
}

/** Opens real ports. `onRefusal` is called with the words for each refused sender. */
export function trapReceivers(secrets: SecretResolver, onRefusal: (words: string) => void): OpenTrapPort {
  return (port, { inventory, engineOf, names, onEvidence }) =>
    TrapReceiver.open({
      inventory,
      secrets,
      clock: systemClock,
      port,
      engineOf,
      names,
      onEvidence,
      onRefusal,
    });
}

/** This computer's addresses that others can send to. */
function localAddresses(): string[] {
  return Object.values(os.networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);
}
