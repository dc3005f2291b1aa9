import type { Edge } from '../../inventory/inventory';
import type { Health, Reason } from '../../model/health';
import type { Reading } from '../../model/reading';
import { answerParts } from './answer-parts';
import type { EdgeTrack, SourceTrack } from './edge-track';

/** When readings of an edge last showed that it serves users, and that it does not. UTC milliseconds: when the reading began. */
export interface ServiceSeen {
  /** Before the first such reading: when it was first read. */
  servingMs: number;
  /** Null: no reading ever showed it. */
  downMs: number | null;
}

/** Which readings of one row's edges showed that they serve, and that they do not: what bounds an outage, however often they are polled. */
export class ServiceEvidence {
  readonly #edges = new Map<string, ServiceSeen>();

  of(edgeId: string): ServiceSeen | null {
    return this.#edges.get(edgeId) ?? null;
  }

  /** Notes what the reading shows of its edge. `track`: with the reading applied. `judged`: by this reading and those before it. */
  note(edge: Edge, reading: Reading, track: EdgeTrack, judged: { health: Health; reasons: Reason[] }): void {
    const atMs = Math.floor(reading.startedAtMs);
    const { servingMs, downMs } = this.#edges.get(edge.id) ?? { servingMs: atMs, downMs: null };
    const isServing = showsServing(edge, reading, track, judged);
    const isDown = judged.health === 'down' && judged.reasons.some(({ code }) => shows(code, edge, reading));
    this.#edges.set(edge.id, {
      servingMs: isServing ? atMs : servingMs,
      downMs: isDown ? atMs : downMs,
    });
  }

  retainFrom(previous: ServiceEvidence, edgeIds: ReadonlySet<string>): void {
    for (const id of edgeIds) {
      const seen = previous.of(id);
      if (seen) this.#edges.set(id, seen);
    }
  }
}

/** Whether every answer arrived that would show that the edge is down. An edge in doubt is judged as before, which shows nothing. */
function showsServing(
  edge: Edge,
  { kind }: Reading,
  { snmp, http, tcp, parts }: EdgeTrack,
  { health, reasons }: { health: Health; reasons: Reason[] },
): boolean {
  if (kind !== 'health' || (health !== 'up' && health !== 'degraded')) return false;
  const isRead = answersOrNeverDid(snmp) || reasons[0]?.code === 'snmp-silent';
  const isPortDecisive = !edge.snmp && !edge.http;
  return (
    isRead &&
    answersOrNeverDid(http) &&
    (!isPortDecisive || answersOrNeverDid(tcp)) &&
    answerParts.every((part) => parts[part].missed === 0 || parts[part].lostSinceMs !== null)
  );
}

function answersOrNeverDid({ failures, answeredOnce }: SourceTrack): boolean {
  return failures === 0 || !answeredOnce;
}

/** Whether this reading, and not only those before it, shows the reason why an edge is down. */
function shows(code: string, edge: Edge, { kind, snmp, http, tcp }: Reading): boolean {
  switch (code) {
    case 'silent':
      // A role poll leaves the service out, which may answer again before the agent does.
      return (
        snmp.outcome === 'unreachable' &&
        (!edge.http || http.outcome === 'unreachable') &&
        (!edge.tcp || tcp.outcome === 'unreachable')
      );
    case 'proxy-silent':
      return http.outcome === 'unreachable';
    case 'port-closed':
      return !edge.snmp && !edge.http && tcp.outcome === 'unreachable';
    case 'proxy-no-link':
    case 'ca-edge-down':
      return kind === 'health' && snmp.outcome === 'answered' && (snmp.value.unanswered ?? []).length === 0;
    default:
      return false;
  }
}
