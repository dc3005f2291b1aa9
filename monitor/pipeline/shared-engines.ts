import type { Edge } from '../../domain/inventory/inventory';
import type { HeronEvent } from '../../domain/model/event';
import type { Reason } from '../../domain/model/health';
import type { EngineNotion } from '../snmp/client/engine-clock';

interface Owner {
  name: string;
  agent: string;
  isReported: boolean;
}

/** The names listed in a finding; an image may have been cloned many times. */
const maxNamed = 4;
const remedy =
  'Edges cloned from one image share it, and keys and traps of one then pass for the other’s. On the clone, stop snmpd, remove the line ' +
  'oldEngineID from its persistent file (net-snmp: snmpd.conf in /var/lib/snmp or /var/net-snmp) or set another engineID, create its users ' +
  'again, and start snmpd.';

/** Finds edges whose agents report the same SNMP engine ID (RFC 3411 section 3.1.1 requires it to be unique). */
export class SharedEngines {
  readonly #owners = new Map<string, Map<string, Owner>>();
  readonly #lastSeen = new Map<string, Buffer>();

  /** Notes the engine that answered for an edge; returns findings for edges that are newly known to share it, each edge once. */
  observe(edge: Edge, engine: EngineNotion | null): { edgeId: string; reason: Reason }[] {
    if (!engine?.isAuthentic || this.#lastSeen.get(edge.id) === engine.engineId) return [];
    this.forget(edge.id);
    this.#lastSeen.set(edge.id, engine.engineId);
    const id = engine.engineId.toString('hex');
    const owners = this.#owners.get(id) ?? new Map<string, Owner>();
    this.#owners.set(id, owners);
    owners.set(edge.id, { name: edge.name, agent: agentOf(edge), isReported: false });
    // Two entries for one agent share its engine ID rightly.
    if (new Set([...owners.values()].map(({ agent }) => agent)).size < 2) return [];
    return [...owners]
      .filter(([, owner]) => !owner.isReported)
      .map(([edgeId, owner]) => {
        owner.isReported = true;
        return { edgeId, reason: sharedReason(owner, [...owners.values()], id) };
      });
  }

  /** Discards what is known of an edge, because it is no longer polled or polled differently. */
  forget(edgeId: string): void {
    const before = this.#lastSeen.get(edgeId)?.toString('hex');
    this.#lastSeen.delete(edgeId);
    if (before === undefined) return;
    const owners = this.#owners.get(before);
    owners?.delete(edgeId);
    if (owners?.size === 0) this.#owners.delete(before);
  }
}

/** The event that reports a finding about an edge. */
export function findingEvent(
  { id, name }: Edge,
  cluster: { id: string; name: string } | null,
  reason: Reason,
  nowMs: number,
): HeronEvent {
  return {
    type: 'finding',
    timeMs: nowMs,
    recordedAtMs: nowMs,
    clusterId: cluster?.id ?? null,
    clusterName: cluster?.name ?? null,
    edgeId: id,
    edgeName: name,
    reason,
  };
}

function sharedReason(owner: Owner, owners: readonly Owner[], engineId: string): Reason {
  const others = owners.filter((other) => other !== owner && other.agent !== owner.agent);
  const named = others.slice(0, maxNamed).map(({ name }) => name);
  const more = others.length > named.length ? ` and ${others.length - named.length} more` : '';
  return {
    code: 'shared-engine-id',
    fact: `${owner.name} reports the same SNMP engine ID as ${named.join(', ')}${more} (0x${engineId}): cloned?`,
    detail: remedy,
  };
}

function agentOf({ snmp, managementIp, proxyIp }: Edge): string {
  return `${snmp?.host ?? managementIp ?? proxyIp} ${snmp?.port ?? ''}`;
}
