import { allEdges, type Inventory } from '../../domain/inventory/inventory';
import type { TrapEvidence } from '../../domain/traps/evidence';
import { systemClock } from '../../monitor/base/clock';
import type { SecretResolver } from '../../monitor/secrets/secret-resolver';
import type { EdgeReader } from '../../monitor/poll/edge-reader';
import { TrapReceiver } from '../../monitor/traps/trap-receiver';
import { iso, type WatchLine } from './watch-line';

export interface WatchTrapsParts {
  /** Null: no port is opened. */
  port: number | 'standard' | null;
  inventory: Inventory;
  secrets: SecretResolver;
  source: EdgeReader;
  onEvidence: (evidence: TrapEvidence) => void;
  /** Words for people: what is going on, and what is wrong. */
  say: (words: string) => void;
  complain: (words: string) => void;
}

/** Opens the trap port where one was asked for. @throws TrapPortError */
export async function openWatchTraps(parts: WatchTrapsParts): Promise<TrapReceiver | null> {
  const { port, inventory, secrets, source, onEvidence, say, complain } = parts;
  if (port === null) return null;
  const receiver = await TrapReceiver.open({
    inventory,
    secrets,
    clock: systemClock,
    port,
    engineOf: (edgeId) => source.engineOf(edgeId),
    onEvidence,
    onRefusal: complain,
  });
  say(`Traps and informs are received on UDP port ${receiver.port}.`);
  return receiver;
}

/** A notification as a line: what an edge said by itself. */
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
