import type { Cluster, Credential, Edge } from '../../domain/inventory/inventory';
import type { Reading, SourceResult } from '../../domain/model/reading';
import { systemClock, type Clock } from '../base/clock';
import type { SecretResolver } from '../secrets/secret-resolver';
import type { EdgeSource } from './edge-source';
import { HttpSource } from '../http/http-source';
import { AddressResolver } from '../names/address-resolver';
import { SnmpSource } from '../snmp/snmp-source';
import { TcpSource } from '../tcp/tcp-source';
import { staleNames } from './stale-names';

/** What a reader of real edges needs. */
export interface EdgeReaderParts {
  /** A credential of the inventory by name; looked up for every poll, so that a changed inventory takes effect at once. */
  credentialOf: (name: string) => Credential | undefined;
  secrets: SecretResolver;
  /** The witness that the inventory names for a cluster, by its id; looked up for every role poll. */
  witnessOf?: (clusterId: string) => Cluster['witness'];
  clock?: Clock;
  /** By default one of its own. Closed with the reader. */
  names?: AddressResolver;
}

const notPolled: SourceResult<never> = { outcome: 'not-asked' };

/** Reads real edges: SNMP, HTTP and a TCP port side by side. */
export class EdgeReader implements EdgeSource {
  private readonly snmp: SnmpSource;
  private readonly http: HttpSource;
  private readonly tcp: TcpSource;
  private readonly names: AddressResolver;
  private readonly clock: Clock;
  /** Edges whose health page reported a role: their role polls include the page. */
  private readonly pagesWithRole = new Set<string>();

  constructor(parts: EdgeReaderParts) {
    const { credentialOf, secrets, witnessOf } = parts;
    this.clock = parts.clock ?? systemClock;
    this.names = parts.names ?? new AddressResolver();
    this.snmp = new SnmpSource(credentialOf, secrets, (id) => witnessOf?.(id) === 'traffic', this.names);
    this.http = new HttpSource(this.names);
    this.tcp = new TcpSource(this.names);
  }

  /** UDP sockets in use by all SNMP sessions. */
  get socketCount(): number {
    return this.snmp.socketCount;
  }

  readHealth(edge: Edge, deadlineMs: number): Promise<Reading> {
    return this.read(edge, 'health', deadlineMs);
  }

  readRole(edge: Edge, deadlineMs: number): Promise<Reading> {
    return this.read(edge, 'role', deadlineMs);
  }

  /** The SNMPv3 engine that answered for an edge, with its clock: what its traps are known by. */
  engineOf(edgeId: string): ReturnType<SnmpSource['engineOf']> {
    return this.snmp.engineOf(edgeId);
  }

  forget(edgeId: string): void {
    this.snmp.forget(edgeId);
    this.pagesWithRole.delete(edgeId);
  }

  async close(): Promise<void> {
    this.names.close();
    this.snmp.close();
    await this.http.close();
  }

  private async read(edge: Edge, kind: Reading['kind'], deadlineMs: number): Promise<Reading> {
    const startedAtMs = this.clock.nowMs();
    const startedMonotonicMs = this.clock.monotonicMs();
    const pollPage = kind === 'health' || this.pagesWithRole.has(edge.id);
    const reading = this.snmp.read(edge, kind, deadlineMs);
    const hasService = (pollPage && edge.http) || (kind === 'health' && edge.tcp);
    // Most edges are polled by SNMP only, which saves combining promises.
    const [snmp, http, tcp] = !hasService
      ? [await reading, notPolled, notPolled]
      : await Promise.all([
          reading,
          pollPage ? this.http.read(edge, deadlineMs) : notPolled,
          kind === 'health' ? this.tcp.read(edge, deadlineMs) : notPolled,
        ]);
    if (kind === 'health' && http.outcome === 'answered') {
      if (http.value.roles.length > 0) this.pagesWithRole.add(edge.id);
      else this.pagesWithRole.delete(edge.id);
    }
    const stale = staleNames(edge, this.names);
    return {
      edgeId: edge.id,
      kind,
      startedAtMs,
      finishedAtMs: this.clock.nowMs(),
      startedMonotonicMs,
      finishedMonotonicMs: this.clock.monotonicMs(),
      snmp,
      http,
      tcp,
      ...(stale.length > 0 ? { staleNames: stale } : {}),
    };
  }
}
