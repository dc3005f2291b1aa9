import { allEdges, type Inventory } from '../../domain/inventory/inventory';
import type { TrapEvidence } from '../../domain/traps/evidence';
import { systemClock } from '../../monitor/base/clock';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';
import type { TrapCounts } from '../../monitor/traps/trap-counters';
import type { TrapListener } from '../../monitor/traps/trap-port';
import { TrapReceiver } from '../../monitor/traps/trap-receiver';
import { iso, type WatchLine } from './watch-line';

export interface WatchTrapsOptions {
  port: number | 'standard';
  secrets: SecretResolver;
  onEvidence: (evidence: TrapEvidence) => void;
  progress: (words: string) => void;
  complain: (words: string) => void;
}

/** The trap port of one run. A port that cannot be opened ends the run: `listen` rejects with a TrapPortError. */
export class WatchTraps implements TrapListener {
  #receiver: TrapReceiver | null = null;

  constructor(private readonly options: WatchTrapsOptions) {}

  async listen(subject: Parameters<TrapListener['listen']>[0]): Promise<void> {
    const { port, secrets, onEvidence, progress, complain } = this.options;
    if (subject === null) return this.#receiver?.close();
    const { inventory, engineOf, names } = subject;
    const receiver = await TrapReceiver.open({
      inventory,
      secrets,
      clock: systemClock,
      port,
      engineOf,
      names,
      onEvidence(evidence) {
        onEvidence(evidence);
        subject.onEvidence(evidence);
      },
      onRefusal: complain,
    });
    this.#receiver = receiver;
    progress(`Traps and informs are received on UDP port ${receiver.port}.`);
  }

  /** Also after the port was closed. */
  counts(): TrapCounts | null {
    return this.#receiver?.counts() ?? null;
  }
}

/** A notification that an edge sent, as a line. */
export function trapLine(evidence: TrapEvidence, inventory: Inventory): WatchLine {
  const edge = allEdges(inventory).find(({ id }) => id === evidence.edgeId);
  const cluster = inventory.clusters.find(({ id }) => id === edge?.clusterId);
  const { kind, words, notification, authenticated, role, interfaceIndex } = evidence;
  return {
    type: 'trap',
    time: iso(evidence.atMs),
    recordedAt: iso(evidence.atMs),
    cluster: cluster?.name ?? null,
    edge: edge?.name ?? evidence.edgeId,
    kind,
    words,
    notification,
    authenticated,
    role,
    interfaceIndex,
  };
}
